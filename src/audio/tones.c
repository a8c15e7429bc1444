// SPDX-License-Identifier: GPL-3.0-or-later
#include "audio/tones.h"

#include <math.h>
#include <stddef.h>

enum { NOTES = 4 };

struct note {
    double hz;
    int    from; // ms
    int    last; // ms to its end
};

struct shape {
    const char *name;
    const char *ends;
    double      peak; // dBFS
    struct note notes[NOTES];
};

static const struct shape shapes[TONES] = {
    [TONE_GO]            = {"go", NULL, -14, {{783.99, 0, 240}}},
    [TONE_ZERO_SIDE]     = {"zero", "side", -14, {{523.25, 0, 500}}},
    [TONE_ZERO_SET]      = {"zero",
                            "set",
                            -14,
                            {{659.26, 0, 400}, {523.25, 180, 500}}},
    [TONE_ZERO_EXERCISE] = {"zero",
                            "exercise",
                            -14,
                            {{523.25, 0, 400},
                             {659.26, 160, 400},
                             {783.99, 320, 600}}},
    [TONE_ZERO_SESSION]  = {"zero",
                            "session",
                            -14,
                            {{261.63, 0, 1500},
                             {392.00, 0, 1500},
                             {523.25, 0, 1500},
                             {659.26, 0, 1500}}},
    [TONE_ACCEPTED]      = {"accepted", NULL, -18, {{1567.98, 0, 80}}},
    [TONE_DECLINED]      = {"declined", NULL, -18, {{311.13, 0, 140}}},
    [TONE_UNSURE]        = {"unsure",
                            NULL,
                            -26,
                            {{440.00, 0, 110}, {493.88, 120, 140}}},
    [TONE_PACE_UP]   = {"up", NULL, -32, {{392.00, 0, 90}, {523.25, 70, 150}}},
    [TONE_PACE_DOWN] = {"down",
                        NULL,
                        -32,
                        {{523.25, 0, 90}, {392.00, 70, 150}}},
    [TONE_WAKE]      = {"wake", NULL, -60, {{0, 0, 300}}},
};

static const double pi      = 3.14159265358979323846;
static const double attack  = 0.004; // s
static const double closing = 0.012; // s, of a note's end, falling to nothing

const char *
tone_name(enum tone tone)
{
    return shapes[tone].name;
}

const char *
tone_ends(enum tone tone)
{
    return shapes[tone].ends;
}

static double
raised_cosine(double x) // 0 .. 1
{
    if (x >= 1) return 1;
    return x <= 0 ? 0 : 0.5 - 0.5 * cos(pi * x);
}

// Struck softly: quick to rise, dying away to a hundredth by its end.
static double
note_edges(double t, double seconds)
{
    return raised_cosine(t / attack) * raised_cosine((seconds - t) / closing);
}

// Mostly the fundamental; the octave and the twelfth carry it through small
// loudspeakers, and die away first, to a tenth and a hundredth.  SINE and
// COSINE are the fundamental's.
static double
note_wave(double sine, double cosine, double fresh)
{
    double octave  = 2 * sine * cosine;
    double twelfth = sine * (3 - 4 * sine * sine);
    return sine + 0.4 * fresh * octave + 0.15 * fresh * fresh * twelfth;
}

static void
add_note(struct pcm *pcm, const struct note *note)
{
    int64_t from    = (int64_t)note->from * pcm->rate / 1000;
    int64_t count   = (int64_t)note->last * pcm->rate / 1000;
    double  seconds = (double)count / pcm->rate;
    double  turn    = 2 * pi * note->hz / pcm->rate; // a frame's
    double  turn_s = sin(turn), turn_c = cos(turn);
    double  fading = pow(0.1, 1.0 / (double)count); // a frame's
    double  sine = 0, cosine = 1, fresh = 1;

    for (int64_t i = 0; i < count; i++) { // nothing at 0
        double t    = (double)(i + 1) / pcm->rate;
        double next = sine * turn_c + cosine * turn_s;
        cosine      = cosine * turn_c - sine * turn_s;
        sine        = next;
        fresh *= fading;
        pcm->samples[from + i] +=
            (float)(fresh * fresh * note_edges(t, seconds) *
                    note_wave(sine, cosine, fresh));
    }
}

// Always the same noise, faded at both ends.
static void
add_noise(struct pcm *pcm)
{
    uint32_t random = 2463534242U; // Marsaglia's xorshift32
    double   fade   = (double)pcm->rate / 20;

    for (int64_t i = 0; i < pcm->frames; i++) {
        random ^= random << 13;
        random ^= random >> 17;
        random ^= random << 5;
        double ends = raised_cosine((double)i / fade) *
                      raised_cosine((double)(pcm->frames - 1 - i) / fade);
        pcm->samples[i] = (float)(ends * (random / 2147483648.0 - 1));
    }
}

static void
set_peak(struct pcm *pcm, double decibels)
{
    float peak = 0;
    for (int64_t i = 0; i < pcm->frames; i++)
        peak = fmaxf(peak, fabsf(pcm->samples[i]));
    float gain = (float)pow(10, decibels / 20) / peak;
    for (int64_t i = 0; i < pcm->frames; i++) pcm->samples[i] *= gain;
}

static int64_t
shape_frames(const struct shape *shape, unsigned rate)
{
    int64_t frames = 0;
    for (int i = 0; i < NOTES && shape->notes[i].last > 0; i++) {
        const struct note *note = &shape->notes[i];
        int64_t            end  = (int64_t)note->from * rate / 1000 +
                      (int64_t)note->last * rate / 1000;
        if (end > frames) frames = end;
    }
    return frames;
}

struct pcm *
tone_make(enum tone tone, unsigned rate)
{
    const struct shape *shape = &shapes[tone];
    struct pcm         *pcm   = pcm_new(rate, shape_frames(shape, rate));

    if (!pcm) return NULL;
    for (int i = 0; i < NOTES && shape->notes[i].hz > 0; i++)
        add_note(pcm, &shape->notes[i]);
    if (tone == TONE_WAKE) add_noise(pcm);
    set_peak(pcm, shape->peak);
    return pcm;
}
