// SPDX-License-Identifier: GPL-3.0-or-later
#include "listen/cepstra.h"

#include "base/path.h"
#include <pocketsphinx.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#if !__has_include(<pocketsphinx/endpointer.h>)
#include <sphinxbase/cmd_ln.h>
#include <sphinxbase/err.h>
#include <sphinxbase/fe.h>

#define SLOPE 2 // frames to each side
#define BEND  3

struct cepstra {
    cmd_ln_t *config;
    fe_t     *fe;
};

// "1s_c_d_dd" in three streams, with the mean of the utterance taken out.
static bool
is_usable(cmd_ln_t *config)
{
    const char *kind    = cmd_ln_str_r(config, "-feat");
    const char *streams = cmd_ln_str_r(config, "-svspec");
    return kind && strcmp(kind, "1s_c_d_dd") == 0 && streams &&
           strcmp(streams, "0-12/13-25/26-38") == 0;
}

struct cepstra *
cepstra_open(const char *model)
{
    char            path[PATH_SIZE];
    struct cepstra *c = calloc(1, sizeof *c);
    if (!c) return NULL;
    err_set_logfp(NULL); // it prints some hundred lines otherwise
    if (path_join(path, model, "feat.params"))
        c->config = cmd_ln_parse_file_r(NULL, ps_args(), path, FALSE);
    if (c->config && is_usable(c->config)) {
        cmd_ln_set_boolean_r(c->config, "-remove_silence", FALSE);
        c->fe = fe_init_auto_r(c->config);
    }
    if (c->fe && fe_get_output_size(c->fe) == CEPSTRA_COUNT) return c;
    cepstra_close(c);
    return NULL;
}

void
cepstra_close(struct cepstra *c)
{
    if (!c) return;
    if (c->fe) fe_free(c->fe);
    if (c->config) cmd_ln_free_r(c->config);
    free(c);
}

// The cepstra themselves, in the first values of each frame.
static int
analyse(struct cepstra *c, const int16_t *samples, size_t count,
        float (*frames)[CEPSTRA_VALUES], int most)
{
    int done = 0;
    if (fe_start_utt(c->fe) < 0) return 0;
    while (done < most) {
        float   values[CEPSTRA_COUNT];
        mfcc_t *row[1] = {values};
        int32   made   = 1, first;
        if (fe_process_frames(c->fe, &samples, &count, row, &made, &first) < 0)
            break;
        if (made == 0) break;
        memcpy(frames[done++], values, sizeof values);
    }
    float tail[CEPSTRA_COUNT];
    int32 made = 0;
    fe_end_utt(c->fe, tail, &made);
    if (made > 0 && done < most) memcpy(frames[done++], tail, sizeof tail);
    return done;
}

// Frames without any energy do not count.
static void
take_out_mean(float (*frames)[CEPSTRA_VALUES], int count)
{
    float mean[CEPSTRA_COUNT] = {0};
    int   counted             = 0;
    for (int t = 0; t < count; t++) {
        if (frames[t][0] < 0) continue;
        for (int i = 0; i < CEPSTRA_COUNT; i++) mean[i] += frames[t][i];
        counted++;
    }
    for (int t = 0; t < count && counted > 0; t++)
        for (int i = 0; i < CEPSTRA_COUNT; i++)
            frames[t][i] -= mean[i] / (float)counted;
}

static const float *
at(float (*frames)[CEPSTRA_VALUES], int count, int t)
{
    return frames[t < 0 ? 0 : t >= count ? count - 1 : t];
}

int
cepstra_make(struct cepstra *c, const int16_t *samples, size_t count,
             float (*frames)[CEPSTRA_VALUES], int most)
{
    int made = analyse(c, samples, count, frames, most);
    take_out_mean(frames, made);
    for (int t = 0; t < made; t++) {
        const float *before = at(frames, made, t - SLOPE);
        const float *after  = at(frames, made, t + SLOPE);
        const float *a      = at(frames, made, t - BEND);
        const float *b      = at(frames, made, t - BEND + SLOPE);
        const float *d      = at(frames, made, t + BEND - SLOPE);
        const float *e      = at(frames, made, t + BEND);
        float       *slope  = frames[t] + CEPSTRA_COUNT;
        float       *bend   = slope + CEPSTRA_COUNT;
        for (int i = 0; i < CEPSTRA_COUNT; i++) {
            slope[i] = after[i] - before[i];
            bend[i]  = (e[i] - b[i]) - (d[i] - a[i]);
        }
    }
    return made;
}

#else // PocketSphinx 5.x

struct cepstra *
cepstra_open(const char *model)
{
    (void)model;
    return NULL;
}

void
cepstra_close(struct cepstra *cepstra)
{
    (void)cepstra;
}

int
cepstra_make(struct cepstra *cepstra, const int16_t *samples, size_t count,
             float (*frames)[CEPSTRA_VALUES], int most)
{
    (void)cepstra;
    (void)samples;
    (void)count;
    (void)frames;
    (void)most;
    return 0;
}
#endif
