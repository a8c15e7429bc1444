// SPDX-License-Identifier: GPL-3.0-or-later
#include "audio/microphone.h"

#include "audio/backend.h"
#include <pthread.h>
#include <signal.h>

enum {
    SILENCE = 2000, // ms without a frame: gone
    AGAIN   = 5000, // between two tries
};

enum { NOBODY, AT_IT, DONE }; // microphone.trying

static PaError
open_at(struct microphone *m, double rate)
{
    PaStreamParameters in  = {.device           = m->device,
                              .channelCount     = 1,
                              .sampleFormat     = paFloat32,
                              .suggestedLatency = m->latency};
    unsigned long      any = paFramesPerBufferUnspecified;
    PaError error = Pa_OpenStream(&m->stream, &in, NULL, rate, any, paNoFlag,
                                  stream_input, m->to);

    if (error != paNoError) m->stream = NULL;
    return error;
}

// SpeexDSP's resampler, since it allocates nothing in the callback.
static PaError
open_at_its_own_rate(struct microphone *m)
{
    const PaDeviceInfo *info = Pa_GetDeviceInfo(m->device);
    int                 failed;

    if (!info || info->defaultSampleRate < 8000) return paInvalidSampleRate;
    m->to->resampler =
        speex_resampler_init(1, (spx_uint32_t)(info->defaultSampleRate + 0.5),
                             (spx_uint32_t)(m->rate + 0.5),
                             SPEEX_RESAMPLER_QUALITY_DEFAULT, &failed);
    if (!m->to->resampler) return paInsufficientMemory;
    return open_at(m, info->defaultSampleRate);
}

static void
drop_resampler(struct microphone *m)
{
    if (m->to->resampler) speex_resampler_destroy(m->to->resampler);
    m->to->resampler = NULL;
}

PaError
microphone_open(struct microphone *m)
{
    PaError error = open_at(m, m->rate);

    if (error == paInvalidSampleRate) error = open_at_its_own_rate(m);
    if (error != paNoError) drop_resampler(m);
    return error;
}

void
microphone_close(struct microphone *m)
{
    if (!m->stream) return;
    Pa_AbortStream(m->stream);
    Pa_CloseStream(m->stream);
    m->stream = NULL;
    drop_resampler(m);
}

// What it opens counts when frames come.
static void *
try_again(void *ctx)
{
    struct microphone *m = ctx;

    microphone_close(m);
    if (microphone_open(m) == paNoError &&
        Pa_StartStream(m->stream) != paNoError)
        microphone_close(m);
    atomic_store(&m->trying, DONE);
    return NULL;
}

static void
start_trying(struct microphone *m, long long now)
{
    sigset_t  all, before;
    pthread_t thread;

    m->tried_at = now;
    atomic_store(&m->trying, AT_IT);
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    if (pthread_create(&thread, NULL, try_again, m) == 0)
        pthread_detach(thread);
    else
        atomic_store(&m->trying, NOBODY);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}

bool
microphone_look(struct microphone *m, long long now)
{
    long long seen  = atomic_load(&m->to->taken);
    bool      there = m->there;

    if (m->device == paNoDevice) return false;
    if (seen != m->seen || !m->seen_at) {
        m->there   = seen != m->seen || m->there;
        m->seen    = seen;
        m->seen_at = now;
    } else if (now - m->seen_at > SILENCE) {
        m->there = false;
        if (!microphone_is_busy(m) && now - m->tried_at > AGAIN)
            start_trying(m, now);
    }
    return m->there != there;
}

bool
microphone_is_busy(struct microphone *m)
{
    return atomic_load(&m->trying) == AT_IT;
}
