// SPDX-License-Identifier: GPL-3.0-or-later
#include "fake_helper.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

size_t fake_block = 480;
void (*fake_trouble)(struct host *host, int64_t frame);
float       *fake_sound;
float        fake_echo, fake_voice;
int64_t      fake_delay;
const char  *fake_record, *fake_microphone, *fake_script;
bool         fake_keep;
char *const *fake_arguments;
int64_t      fake_frames, fake_breaks;

static int64_t fake_room;
static char    folder[] = "/tmp/rollcall-fake-XXXXXX";

struct fake {
    struct host  host;
    host_render *render;
    void        *ctx;
    int64_t      done;
};

static enum status
fake_open(struct host **out, const struct host_config *config,
          host_render *render, void *ctx, struct diag *diag);

static void
keep(const float *out, size_t count)
{
    if (fake_frames + (int64_t)count > fake_room) {
        fake_room  = 2 * fake_room + RATE;
        fake_sound = realloc(fake_sound, (size_t)fake_room * sizeof *out);
        assert_non_null(fake_sound);
    }
    memcpy(fake_sound + fake_frames, out, count * sizeof *out);
    fake_frames += (int64_t)count;
}

static void
hear(float *in, size_t count)
{
    static unsigned noise = 1;

    for (size_t i = 0; i < count; i++) {
        int64_t at = fake_frames + (int64_t)i - fake_delay;
        noise      = noise * 1664525U + 1013904223U;
        in[i]      = 1e-4F * ((float)(noise >> 8) / 8388608.0F - 1);
        if (fake_echo > 0 && at >= 0 && at < fake_frames)
            in[i] += fake_echo * fake_sound[at];
        in[i] += at / 40 % 2 ? fake_voice : -fake_voice;
    }
}

static enum status
fake_run(struct host *host, int64_t frames, struct diag *diag)
{
    static float in[FAKE_MOST], out[FAKE_MOST];
    struct fake *own = (struct fake *)host;

    (void)frames;
    (void)diag;
    if (fake_trouble) fake_trouble(host, own->done);
    if (fake_breaks && own->done >= fake_breaks) return STATUS_FAILED;
    memset(in, 0, sizeof in);
    if (fake_echo > 0 || fake_voice > 0) hear(in, fake_block);
    own->render(own->ctx, in, out, fake_block);
    keep(out, fake_block);
    own->done += (int64_t)fake_block;
    return STATUS_OK;
}

static enum status
fake_close(struct host *host, struct diag *diag)
{
    (void)diag;
    free(host);
    return STATUS_OK;
}

const struct host_ops fake_host = {"fake", fake_open, fake_run, fake_close};

static enum status
fake_open(struct host **out, const struct host_config *config,
          host_render *render, void *ctx, struct diag *diag)
{
    struct fake *own = calloc(1, sizeof *own);

    (void)diag;
    assert_non_null(own);
    own->host   = (struct host){.ops   = &fake_host,
                                .rate  = config->rate,
                                .live  = true,
                                .hears = config->listen};
    own->render = render;
    own->ctx    = ctx;
    *out        = &own->host;
    fake_frames = 0;
    return STATUS_OK;
}

int
fake_set_up(void **state)
{
    struct player_result result;
    (void)state;
    if (!mkdtemp(folder)) return -1;
    setenv("XDG_CACHE_HOME", folder, 1);
    setenv("XDG_DATA_HOME", folder, 1); // what others played is not offered
    json_decref(fake_play(&fake_host, false, &result));
    return 0;
}

int
fake_tear_down(void **state)
{
    char command[96];
    (void)state;
    free(fake_sound);
    snprintf(command, sizeof command, "rm -r '%s'", folder);
    return system(command);
}

const char *
fake_path(const char *name)
{
    static char path[96];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static json_t *
read_events(const char *path)
{
    json_t *events = json_array();
    FILE   *file   = fopen(path, "r");
    char    line[4096];

    assert_non_null(file);
    while (fgets(line, sizeof line, file))
        json_array_append_new(events, json_loads(line, 0, NULL));
    fclose(file);
    return events;
}

json_t *
fake_play(const struct host_ops *host, bool listen,
          struct player_result *result)
{
    char sound[96];
    snprintf(sound, sizeof sound, "%s", fake_path("s.wav"));

    struct player_options options = {
        .prepare   = {.routine   = "lats",
                      .screening = SCREENING_NEVER,
                      .plan      = {.level = LEVEL_STANDARD,
                                    .sets  = 1,
                                    .talk  = TALK_QUIET}},
        .host      = host,
        .sound     = {.path = sound, .microphone = fake_microphone},
        .listen    = listen,
        .high_pass = PLAYER_HIGH_PASS,
        .record    = fake_record,
        .script    = fake_script,
        .keep      = fake_keep,
        .arguments = fake_arguments,
        .events    = fake_path("e.jsonl"),
    };
    struct report report = {0};
    struct diag   diag   = {""};

    if (player_run(&options, result, &report, &diag) != STATUS_OK &&
        !fake_breaks)
        fail_msg("%s", diag.text);
    report_release(&report);
    json_t *events = read_events(fake_path("e.jsonl"));
    unlink(fake_path("e.jsonl"));
    return events;
}

bool
fake_is(const json_t *event, const char *kind)
{
    const json_t *name = json_object_get(event, "event");
    return strcmp(json_string_value(name), kind) == 0;
}
