// SPDX-License-Identifier: GPL-3.0-or-later
// rollcall listen: which commands are heard in recordings.
#include "app/interrupt.h"
#include "app/meter.h"
#include "audio/clip.h"
#include "audio/tape.h"
#include "base/path.h"
#include "cli/commands.h"
#include "listen/listener.h"
#include <argp.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define CHUNK 1024 // frames fed at a time

struct options {
    bool        json, verbose;
    const char *state, *input, *voice;
    bool        recorded;
    char      **files;
    int         count;
};

static const struct argp_option option_list[] = {
    {"json", 'j', 0, 0, "One JSON object a line for each command", 0},
    {"state", 's', "STATE", 0,
     "Only the commands of a state: idle, ready, playing, paused, question", 0},
    {"input", 'i', "DEVICE", 0, "Part of the microphone's name", 0},
    {"voice", 'p', "FILE", 0,
     "Know the person whose voice 'rollcall setup' keeps in FILE", 0},
    {"recorded", 'r', 0, 0,
     "The files are of 'rollcall play --record': the microphone, and what was "
     "played, which is taken out as it was then",
     0},
    {"verbose", 'v', 0, 0,
     "Say why other sounds were not taken, and how late the loudspeaker was "
     "heard (stderr)",
     0},
    {0}};

static error_t
parse(int key, char *arg, struct argp_state *state)
{
    struct options *options = state->input;
    switch (key) {
    case 'j': options->json = true; return 0;
    case 's': options->state = arg; return 0;
    case 'r': options->recorded = true; return 0;
    case 'v': options->verbose = true; return 0;
    case 'p': options->voice = arg; return 0;
    case ARGP_KEY_ARGS:
        options->files = state->argv + state->next;
        options->count = state->argc - state->next;
        return 0;
    case 'i': options->input = arg; return 0;
    default: return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp argp = {
    option_list,
    parse,
    "[FILE...]",
    "Prints the commands heard in sound files of any format and rate. Without "
    "a file it listens to the microphone until Ctrl-C: how loud it is, when "
    "somebody is heard, what was heard, and why it was taken or not.",
    0,
    0,
    0};

// What is the same for every result of a file.
struct source {
    const char *file;
    double      rate;
};

static double
seconds(const struct source *source, int64_t frames)
{
    return (double)frames / source->rate;
}

static void
print_json(const struct source *source, const struct heard *heard)
{
    json_t *object = json_pack(
        "{s:s, s:f, s:f, s:f, s:s, s:s, s:f}", "file", source->file, "from",
        seconds(source, heard->from), "to", seconds(source, heard->to),
        "decided", seconds(source, heard->decided), "command", heard->command,
        "phrase", heard->phrase, "confidence", heard->confidence);
    json_dumpf(object, stdout, JSON_COMPACT | JSON_REAL_PRECISION(6));
    json_decref(object);
    putchar('\n');
    fflush(stdout);
}

static void
print_heard(const struct options *options, const struct source *source,
            const struct heard *heard)
{
    if (heard->accepted && options->json) {
        print_json(source, heard);
    } else if (heard->accepted) {
        printf("%s: %.2f to %.2f s: %s (\"%s\", %.0f %% sure)\n", source->file,
               seconds(source, heard->from), seconds(source, heard->to),
               heard->command, heard->phrase, 100 * heard->confidence);
    } else if (options->verbose || heard->failed) {
        fprintf(stderr, "%s: %.2f to %.2f s: %s", source->file,
                seconds(source, heard->from), seconds(source, heard->to),
                heard->reason);
        if (*heard->phrase)
            fprintf(stderr, " (\"%s\", %.0f %% sure)", heard->phrase,
                    100 * heard->confidence);
        fputc('\n', stderr);
    }
}

static void
print_waiting(const struct options *options, const struct source *source,
              struct listener *listener)
{
    struct heard heard;
    while (listener_next(listener, &heard))
        print_heard(options, source, &heard);
}

static void
hear(const struct options *options, const struct source *source,
     struct listener *listener, const struct pcm *pcm, const struct pcm *played)
{
    for (int64_t at = 0; at < pcm->frames; at += CHUNK) {
        int64_t left = pcm->frames - at;
        listener_feed(listener, pcm->samples + at,
                      played ? played->samples + at : NULL,
                      (size_t)(left < CHUNK ? left : CHUNK));
        print_waiting(options, source, listener);
    }
    listener_finish(listener);
    print_waiting(options, source, listener);
    if (played && options->verbose && listener_delay(listener) >= 0)
        fprintf(stderr, "%s: the loudspeaker is heard %.0f ms late\n",
                source->file, 1000 * listener_delay(listener));
}

static enum status
narrow(struct listener *listener, const char *state, struct diag *diag)
{
    uint64_t allowed = UINT64_MAX;
    if (state && !listener_state(listener, state, &allowed)) {
        diag_set(diag, NULL, "there is no state \"%s\": see commands.yaml",
                 state);
        return STATUS_BAD_INPUT;
    }
    listener_allow(listener, allowed);
    return STATUS_OK;
}

static void
know_person(struct listener *listener, const char *voice)
{
    struct diag diag = {""};
    if (voice && listener_know(listener, voice, &diag) != STATUS_OK)
        fprintf(stderr, "rollcall: listening to anybody: %s\n", diag.text);
}

static enum status
hear_file(const struct options *options, const char *file, struct diag *diag)
{
    struct listener *listener = NULL;
    struct pcm      *pcm      = NULL;
    struct pcm      *played   = NULL;
    char             share[PATH_SIZE], voices[PATH_SIZE];
    enum status      status = options->recorded
                                  ? tape_read(&pcm, &played, file, diag)
                                  : clip_read(&pcm, file, 0, diag);
    if (status != STATUS_OK) return status;
    if (!path_share(share) || !path_join(voices, share, "voices/en-us")) {
        diag_set(diag, NULL, "rollcall's own files cannot be found");
        pcm_drop(pcm);
        pcm_drop(played);
        return STATUS_NOT_FOUND;
    }
    struct listener_config config = {
        .voices = voices, .rate = pcm->rate, .cancel_echo = played != NULL};
    status = listener_open(&listener, &config, diag);
    if (status == STATUS_OK) status = narrow(listener, options->state, diag);
    if (status == STATUS_OK) {
        struct source source = {.file = file, .rate = pcm->rate};
        know_person(listener, options->voice);
        hear(options, &source, listener, pcm, played);
    }
    listener_close(listener);
    pcm_drop(pcm);
    pcm_drop(played);
    return status;
}

static void
print_live(void *ctx, const struct heard *heard, double rate)
{
    struct source source = {.file = "microphone", .rate = rate};
    if (isatty(STDERR_FILENO)) fputs("\r\033[K", stderr);
    print_heard(ctx, &source, heard);
    fflush(stdout);
}

// "-42 dB [########            ] speech 0.8 s", redrawn on a terminal.
static void
print_level(void *ctx, double decibels, double speaking)
{
    int marks = (int)((decibels + 80) / 3);

    (void)ctx;
    if (!isatty(STDERR_FILENO)) return;
    if (marks < 0) marks = 0;
    if (marks > 26) marks = 26;
    fprintf(stderr, "\r\033[K%4.0f dB [%.*s%*s]", decibels, marks,
            "##########################", 26 - marks, "");
    if (speaking > 0) fprintf(stderr, " speech %.1f s", speaking);
    fflush(stderr);
}

static int
hear_live(const struct options *options)
{
    struct options       all  = *options;
    struct diag          diag = {""};
    struct meter_options live = {.input = options->input,
                                 .state = options->state,
                                 .heard = print_live,
                                 .level = print_level,
                                 .ctx   = &all};

    all.verbose = true;
    interrupt_watch();
    enum status st = meter_run(&live, &diag);
    if (isatty(STDERR_FILENO)) fputs("\r\033[K", stderr);
    if (st)
        fprintf(stderr, "rollcall listen: %s\n",
                diag.text[0] ? diag.text : "there is not enough memory");
    return status_exit(st);
}

int
cmd_listen(int argc, char **argv)
{
    struct options options = {0};
    struct diag    diag    = {""};
    enum status    worst   = STATUS_OK;

    if (argp_parse(&argp, argc, argv, 0, NULL, &options) != 0) return 2;
    if (options.count == 0) return hear_live(&options);
    for (int i = 0; i < options.count; i++) {
        diag.text[0]       = '\0';
        enum status status = hear_file(&options, options.files[i], &diag);
        if (status == STATUS_OK) continue;
        fprintf(stderr, "rollcall: %s\n",
                diag.text[0] ? diag.text : "there is not enough memory");
        worst = status;
    }
    return status_exit(worst);
}
