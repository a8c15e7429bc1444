// SPDX-License-Identifier: GPL-3.0-or-later
// The echo canceller's linear output only: suppression of the residue hurts a
// recogniser more than the residue does (108 of 152 commands against 48 with
// WebRTC's, on simulated rooms).
#include "listen/front.h"

#include "listen/reach.h"
#include "listen/residue.h"
#include <limits.h>
#include <math.h>
#include <speex/speex_echo.h>
#include <speex/speex_resampler.h>
#include <stdlib.h>
#include <string.h>

#define TAIL    4800  // samples: 300 ms of room; see reach.h
#define AUDIBLE 1e-4F // a reference below this is silence
#define NOTCH   0.982 // of speexdsp at this rate: see notch()

struct front {
    SpeexResamplerState *resampler; // NULL at FRONT_RATE
    SpeexEchoState      *echo;      // NULL: off
    struct reach        *reach;
    float                in[2 * 512];           // microphone, reference in turn
    float                made[2 * FRONT_FRAME]; // the same at FRONT_RATE
    size_t               have;                  // pairs in made
    int                  silent; // samples since the reference was audible
    float                out[FRONT_FRAME];
    double               dc[2]; // high-pass: last input, last output
    double               notch[2];
    struct residue      *residue;
    float                left; // dB: what may be left of the loudspeaker
    float                delayed[FRONT_FRAME]; // what was played
    bool                 played;               // it means something
};

struct front *
front_new(unsigned rate, bool cancel_echo)
{
    struct front *front = calloc(1, sizeof *front);
    if (!front) return NULL;
    front->silent = INT_MAX;
    front->left   = RESIDUE_NONE;
    if (rate != FRONT_RATE) {
        front->resampler = speex_resampler_init(2, rate, FRONT_RATE, 4, NULL);
        if (!front->resampler) goto failed;
        speex_resampler_skip_zeros(front->resampler);
    }
    if (cancel_echo) {
        int rate_now   = FRONT_RATE;
        front->echo    = speex_echo_state_init(FRONT_FRAME, TAIL);
        front->reach   = reach_new();
        front->residue = residue_new();
        if (!front->echo || !front->reach || !front->residue) goto failed;
        speex_echo_ctl(front->echo, SPEEX_ECHO_SET_SAMPLING_RATE, &rate_now);
    }
    return front;
failed:
    front_free(front);
    return NULL;
}

void
front_free(struct front *front)
{
    if (!front) return;
    if (front->resampler) speex_resampler_destroy(front->resampler);
    if (front->echo) speex_echo_state_destroy(front->echo);
    reach_free(front->reach);
    residue_free(front->residue);
    free(front);
}

void
front_reset(struct front *front)
{
    if (front->resampler) {
        speex_resampler_reset_mem(front->resampler);
        speex_resampler_skip_zeros(front->resampler);
    }
    if (front->echo) speex_echo_state_reset(front->echo);
    if (front->reach) reach_reset(front->reach);
    front->have   = 0;
    front->silent = INT_MAX;
    front->left   = RESIDUE_NONE;
    if (front->residue) residue_reset(front->residue);
    front->dc[0] = front->dc[1] = 0;
    front->notch[0] = front->notch[1] = 0;
}

// A dead or broken device may give anything.
static float
sane(float x)
{
    if (!isfinite(x)) return 0;
    return x > 1 ? 1 : x < -1 ? -1 : x;
}

static void
pair_up(struct front *front, const float *microphone, const float *reference,
        size_t frames)
{
    for (size_t i = 0; i < frames; i++) {
        front->in[2 * i]     = sane(microphone[i]);
        front->in[2 * i + 1] = reference ? sane(reference[i]) : 0;
    }
}

static void
to_16_bit(const float *from, int16_t *to)
{
    for (int i = 0; i < FRONT_FRAME; i++)
        to[i] = (int16_t)lrintf(sane(from[i]) * 32767);
}

static bool
reference_matters(struct front *front)
{
    int linger = reach_span(front->reach) + TAIL; // the canceller runs on

    for (int i = 0; i < FRONT_FRAME; i++) {
        if (fabsf(front->made[2 * i + 1]) > AUDIBLE) {
            front->silent = 0;
            return true;
        }
    }
    if (front->silent >= linger) return false;
    front->silent += FRONT_FRAME;
    return front->silent < linger;
}

// y[n] = x[n] - x[n-1] + 0.97 y[n-1]: 3 dB down at 77 Hz.
static void
take_out_dc(struct front *front)
{
    double x = front->dc[0], y = front->dc[1];

    for (int i = 0; i < FRONT_FRAME; i++) {
        double in     = front->out[i];
        y             = in - x + 0.97 * y;
        x             = in;
        front->out[i] = sane((float)y);
    }
    front->dc[0] = x;
    front->dc[1] = fabs(y) < 1e-12 ? 0 : y; // not on and on, ever smaller
}

// What the canceller does to the microphone before it takes anything out of it
// (speexdsp's filter_dc_notch16()).  It turns the phases of what is low:
// without the same here, a part of a person's voice would seem to have been
// taken out.
static void
notch(struct front *front, float *samples)
{
    double pole = NOTCH * NOTCH + 0.7 * (1 - NOTCH) * (1 - NOTCH);
    for (int i = 0; i < FRONT_FRAME; i++) {
        double in       = samples[i];
        double out      = front->notch[0] + in;
        front->notch[0] = front->notch[1] + 2 * (-in + NOTCH * out);
        front->notch[1] = in - pole * out;
        samples[i]      = (float)(NOTCH * out);
    }
}

// The canceller begins anew where the delay turns out to be another.
static void
cancel(struct front *front)
{
    float   heard[FRONT_FRAME], played[FRONT_FRAME];
    int16_t microphone[FRONT_FRAME], reference[FRONT_FRAME], out[FRONT_FRAME];

    for (int i = 0; i < FRONT_FRAME; i++) {
        heard[i]  = front->made[2 * i];
        played[i] = front->made[2 * i + 1];
    }
    if (reach_feed(front->reach, heard, played, front->delayed)) {
        speex_echo_state_reset(front->echo);
        residue_reset(front->residue);
    }
    to_16_bit(heard, microphone);
    to_16_bit(front->delayed, reference);
    speex_echo_cancellation(front->echo, microphone, reference, out);
    notch(front, heard);
    for (int i = 0; i < FRONT_FRAME; i++) {
        front->out[i] = (float)out[i] / 32768;
        heard[i] -= front->out[i];
    }
    front->left = residue_feed(front->residue, heard, front->out);
}

static void
complete(struct front *front)
{
    front->played = front->echo && reference_matters(front);
    if (front->played) {
        cancel(front);
    } else {
        for (int i = 0; i < FRONT_FRAME; i++)
            front->out[i] = front->made[2 * i];
        front->left = RESIDUE_NONE;
        if (front->echo) {
            reach_rest(front->reach);
            residue_rest(front->residue);
        }
    }
    take_out_dc(front);
    front->have = 0;
}

double
front_delay(const struct front *front)
{
    int delay = front->reach ? reach_delay(front->reach) : -1;
    return delay < 0 ? -1 : (double)delay / FRONT_RATE;
}

void
front_expect(struct front *front, double delay)
{
    if (front->reach) reach_expect(front->reach, (int)(delay * FRONT_RATE));
}

void
front_stumble(struct front *front)
{
    if (!front->echo) return;
    reach_stumble(front->reach);
    residue_stumble(front->residue);
}

float
front_residue(const struct front *front)
{
    return front->left;
}

const float *
front_played(const struct front *front)
{
    return front->played ? front->delayed : NULL;
}

size_t
front_feed(struct front *front, const float *microphone, const float *reference,
           size_t frames, const float **out)
{
    spx_uint32_t taken = frames > 512 ? 512 : (spx_uint32_t)frames;
    spx_uint32_t made  = (spx_uint32_t)(FRONT_FRAME - front->have);
    float       *to    = front->made + 2 * front->have;

    if (!front->resampler && taken > made) taken = made;
    pair_up(front, microphone, reference, taken);
    if (front->resampler) {
        speex_resampler_process_interleaved_float(front->resampler, front->in,
                                                  &taken, to, &made);
    } else {
        memcpy(to, front->in, 2 * taken * sizeof *to);
        made = taken;
    }
    front->have += made;
    *out = NULL;
    if (front->have == FRONT_FRAME) {
        complete(front);
        *out = front->out;
    }
    return taken;
}
