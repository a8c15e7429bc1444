// SPDX-License-Identifier: GPL-3.0-or-later
#include "sound_helper.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct pcm *
flat(float value, int64_t frames)
{
    return rising(value, 0, frames);
}

struct pcm *
rising(float first, float step, int64_t frames)
{
    struct pcm *pcm = pcm_new(RATE, frames);
    assert_non_null(pcm);
    for (int64_t i = 0; i < frames; i++)
        pcm->samples[i] = first + (float)i * step;
    return pcm;
}

struct engine *
engine_at_rate(void)
{
    struct engine *engine = NULL;
    assert_int_equal(engine_new(&engine, RATE, false), STATUS_OK);
    engine_plain(engine);
    return engine;
}

void
render(struct engine *engine, float *out, size_t frames, size_t block)
{
    while (frames > 0) {
        size_t count = frames < block ? frames : block;
        engine_render(engine, NULL, out, count);
        out += count;
        frames -= count;
    }
}

void
play(struct engine *engine, enum engine_layer layer, struct pcm *pcm,
     int64_t at)
{
    assert_true(engine_play(engine, layer, pcm, at));
    pcm_drop(pcm);
}

void
assert_silent(const float *out, size_t from, size_t to)
{
    assert_level(out, from, to, 0);
}

void
assert_level(const float *out, size_t from, size_t to, float level)
{
    for (size_t i = from; i < to; i++)
        if (out[i] != level)
            fail_msg("frame %zu is %g, not %g", i, (double)out[i],
                     (double)level);
}

static char folder[64];
static char file[128];

const char *
new_file(const char *name)
{
    strcpy(folder, "/tmp/rollcall-audio-XXXXXX");
    assert_non_null(mkdtemp(folder));
    snprintf(file, sizeof file, "%s/%s", folder, name);
    return file;
}

void
remove_file(void)
{
    unlink(file);
    assert_int_equal(rmdir(folder), 0); // nothing else was left there
}
