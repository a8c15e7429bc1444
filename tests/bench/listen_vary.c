// SPDX-License-Identifier: GPL-3.0-or-later
#include "listen_vary.h"

#include "audio/clip.h"
#include <math.h>
#include <stdbool.h>
#include <string.h>

#define RATE       16000
#define FRAME      160  // samples: 10 ms
#define ROOM_MOST  6400 // samples of a room's answer: 400 ms
#define HISS       2e-4
#define BEFORE     24000 // samples of the room alone
#define BEFORE_OF  64000 // of a noise alone: it is there before anybody speaks
#define AFTER      9600
#define DIRECT     40  // samples of an answer that come straight: 2.5 ms
#define NEAR       0.5 // metres at which a voice peaks at NEAR_LEVEL
#define NEAR_LEVEL 0.3

double
vary_random(uint32_t *random)
{
    *random = *random * 1664525U + 1013904223U;
    return (*random >> 8) / 16777216.0;
}

const struct recording *
vary_pick(const struct corpus *corpus, enum corpus_group group, int fold,
          uint32_t *random)
{
    for (int tries = 0; tries < 20000 && corpus->count > 0; tries++) {
        size_t at = (size_t)(vary_random(random) * (double)corpus->count);
        const struct recording *r = &corpus->recordings[at];
        if (r->group == group && (fold < 0 || r->fold == fold)) return r;
    }
    return NULL;
}

struct vary
vary_any(const struct corpus *corpus, int fold, uint32_t *random)
{
    static const double overs[] = {5, 10, 15, 20, 25};
    struct vary         vary    = {.speed = 0.9 + 0.2 * vary_random(random)};
    if (vary_random(random) < 0.4)
        vary.room = vary_pick(corpus, CORPUS_RIR, fold, random);
    if (vary_random(random) < 0.6)
        vary.noise = vary_pick(corpus, CORPUS_NOISE, fold, random);
    vary.over  = overs[(int)(5 * vary_random(random))];
    vary.level = pow(10, -1.5 * vary_random(random));
    if (vary_random(random) < 0.25) vary.cut = 0.08 * vary_random(random);
    if (vary_random(random) < 0.2) vary.again = 0.3 + 0.5 * vary_random(random);
    return vary;
}

struct vary
vary_far(const struct corpus *corpus, int fold, double metres, double over,
         uint32_t *random)
{
    struct vary vary = {.speed = 1, .over = over, .metres = metres};
    vary.room        = vary_pick(corpus, CORPUS_RIR, fold, random);
    vary.noise       = vary_pick(corpus, CORPUS_NOISE, fold, random);
    vary.level       = NEAR_LEVEL * NEAR / metres;
    return vary;
}

static int64_t
loudest(const struct pcm *pcm)
{
    int64_t at = 0;
    for (int64_t i = 1; i < pcm->frames; i++)
        if (fabsf(pcm->samples[i]) > fabsf(pcm->samples[at])) at = i;
    return at;
}

static double
energy(const float *x, int64_t count)
{
    double sum = 0;
    for (int64_t i = 0; i < count; i++) sum += (double)x[i] * (double)x[i];
    return sum;
}

// The direct sound comes at once, and the weaker the farther the voice is.
static void
add_room(struct pcm *to, const struct pcm *dry, struct pcm *room, double metres,
         int64_t at)
{
    int64_t first = loudest(room);
    int64_t count = room->frames - first;
    if (count > ROOM_MOST) count = ROOM_MOST;
    float *answer = room->samples + first;
    for (int64_t k = 0; k < DIRECT && k < count && metres > 0; k++)
        answer[k] *= (float)(NEAR / metres);
    float gain = (float)(1 / sqrt(energy(answer, count) + 1e-12));
    for (int64_t i = 0; i < dry->frames; i++) {
        float   x    = gain * dry->samples[i];
        int64_t left = to->frames - at - i;
        float  *out  = to->samples + at + i;
        for (int64_t k = 0; k < (count < left ? count : left); k++)
            out[k] += x * answer[k];
    }
}

static struct pcm *
at_speed(const struct vary *vary, const struct pcm *pcm)
{
    double      speed  = vary->speed > 0 ? vary->speed : 1;
    int64_t     frames = (int64_t)((double)pcm->frames / speed);
    struct pcm *to     = pcm_new(RATE, frames);
    for (int64_t i = 0; to && i < frames; i++) {
        double  x      = (double)i * speed;
        int64_t n      = (int64_t)x;
        float   part   = (float)(x - (double)n);
        float   next   = n + 1 < pcm->frames ? pcm->samples[n + 1] : 0;
        to->samples[i] = pcm->samples[n] * (1 - part) + next * part;
    }
    if (to && vary->cut > 0) {
        int64_t kept = to->frames - (int64_t)(vary->cut * RATE);
        for (int64_t i = kept > 0 ? kept : 0; i < to->frames; i++)
            to->samples[i] = 0;
    }
    return to;
}

// Twice, with a pause between; NULL: no memory.
static struct pcm *
said_again(const struct vary *vary, struct pcm *once)
{
    int64_t later = once ? once->frames + (int64_t)(vary->again * RATE) : 0;
    if (!once || vary->again <= 0) return once;
    struct pcm *twice = pcm_new(RATE, later + once->frames);
    size_t      size  = (size_t)once->frames * sizeof *once->samples;
    if (twice) {
        memset(twice->samples, 0, (size_t)later * sizeof *twice->samples);
        memcpy(twice->samples, once->samples, size);
        memcpy(twice->samples + later, once->samples, size);
    }
    pcm_drop(once);
    return twice;
}

static void
scale(struct pcm *pcm, double level)
{
    float peak = fabsf(pcm->samples[loudest(pcm)]) + 1e-9F;
    for (int64_t i = 0; i < pcm->frames; i++)
        pcm->samples[i] *= (float)level / peak;
}

double
vary_level(const float *x, int64_t count)
{
    double most = 1e-12, sum = 0, frames = 0;
    for (int64_t i = 0; i + FRAME <= count; i += FRAME)
        most = fmax(most, energy(x + i, FRAME));
    for (int64_t i = 0; i + FRAME <= count; i += FRAME) {
        double e = energy(x + i, FRAME);
        if (e < most / 316) continue;
        sum += e / FRAME;
        frames++;
    }
    return frames > 0 ? sqrt(sum / frames) : 1e-6;
}

static void
add_noise(struct pcm *to, const struct pcm *noise, double over, double voice)
{
    double own  = vary_level(noise->samples, noise->frames);
    float  gain = (float)(voice / own * pow(10, -over / 20));
    for (int64_t i = 0; i < to->frames && noise->frames > 0; i++)
        to->samples[i] += gain * noise->samples[i % noise->frames];
}

static int64_t
before(const struct vary *vary)
{
    return vary->noise ? BEFORE_OF : BEFORE;
}

static bool
fill(const struct vary *vary, struct pcm *to, const struct pcm *dry)
{
    struct pcm *room = NULL, *noise = NULL;
    double      voice = vary_level(dry->samples, dry->frames);
    double      peak  = fabsf(dry->samples[loudest(dry)]);
    bool        fine  = true;
    if (vary->room)
        fine = clip_read(&room, vary->room->path, RATE, NULL) == STATUS_OK;
    if (room)
        add_room(to, dry, room, vary->metres, before(vary));
    else
        memcpy(to->samples + before(vary), dry->samples,
               (size_t)dry->frames * sizeof *dry->samples);
    if (fine && vary->noise)
        fine = clip_read(&noise, vary->noise->path, RATE, NULL) == STATUS_OK;
    if (noise) add_noise(to, noise, vary->over, voice);
    if (fine) scale(to, vary->level > 0 ? vary->level : peak);
    pcm_drop(room);
    pcm_drop(noise);
    return fine;
}

struct pcm *
vary_make(const struct vary *vary, const struct pcm *pcm, uint32_t *random)
{
    struct pcm *dry = said_again(vary, at_speed(vary, pcm));
    struct pcm *to  = dry && dry->frames > 0
                          ? pcm_new(RATE, dry->frames + before(vary) + AFTER)
                          : NULL;
    if (to) memset(to->samples, 0, (size_t)to->frames * sizeof *to->samples);
    if (to && !fill(vary, to, dry)) {
        pcm_drop(to);
        to = NULL;
    }
    pcm_drop(dry);
    for (int64_t i = 0; to && i < to->frames; i++)
        to->samples[i] += (float)(HISS * (2 * vary_random(random) - 1));
    return to;
}
