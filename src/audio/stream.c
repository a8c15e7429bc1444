// SPDX-License-Identifier: GPL-3.0-or-later
#include "audio/stream.h"

#include <string.h>

static void
pass_over(struct stream *stream, size_t count)
{
    while (count > 0) {
        size_t some = count < STREAM_BLOCK ? count : STREAM_BLOCK;
        count -= ring_pop(&stream->heard, stream->in, some);
    }
}

// What is late is silence, and where too much waits, two clocks differ or the
// output stalled, the oldest is passed over.
const float *
stream_heard(struct stream *stream, size_t count)
{
    size_t waiting = ring_count(&stream->heard);

    if (waiting > stream->most + count)
        pass_over(stream, waiting - stream->most / 2 - count);
    size_t got = ring_pop(&stream->heard, stream->in, count);
    memset(stream->in + got, 0, (count - got) * sizeof(float));
    return stream->in;
}

static void
spread(float *out, const float *mono, size_t count, int channels)
{
    for (size_t i = 0; i < count; i++)
        for (int c = 0; c < channels; c++) *out++ = mono[i];
}

static void
render_block(struct stream *stream, const float *in, float *out, size_t count)
{
    if (stream->split)
        stream_heard(stream, count);
    else if (in)
        memcpy(stream->in, in, count * sizeof *in);
    else
        memset(stream->in, 0, count * sizeof *in);
    stream->render(stream->ctx, stream->hears ? stream->in : NULL, stream->out,
                   count);
    spread(out, stream->out, count, stream->channels);
}

static void
render_all(struct stream *stream, const float *in, float *out, size_t frames)
{
    for (size_t done = 0; done < frames;) {
        size_t count = frames - done;
        if (count > STREAM_BLOCK) count = STREAM_BLOCK;
        render_block(stream, in ? in + done : NULL,
                     out + done * (size_t)stream->channels, count);
        done += count;
    }
    atomic_fetch_add_explicit(&stream->rendered, (long long)frames,
                              memory_order_release);
}

int
stream_output(const void *in, void *out, unsigned long frames,
              const PaStreamCallbackTimeInfo *time, PaStreamCallbackFlags flags,
              void *data)
{
    struct stream *stream = data;

    (void)time; // differs in meaning from one sound server to the next
    if (flags & (paOutputUnderflow | paInputOverflow))
        atomic_fetch_add_explicit(&stream->xruns, 1, memory_order_relaxed);
    atomic_store_explicit(&stream->thread, pthread_self(),
                          memory_order_relaxed);
    if (in && !(flags & paInputUnderflow))
        atomic_fetch_add_explicit(&stream->taken, (long long)frames,
                                  memory_order_release);
    // the host shuts first and then waits for busy to end
    atomic_store(&stream->busy, true);
    if (atomic_load(&stream->state) == STREAM_FLOWING)
        render_all(stream, in, out, frames);
    else
        memset(out, 0, frames * (size_t)stream->channels * sizeof(float));
    atomic_store(&stream->busy, false);
    atomic_fetch_add_explicit(&stream->asked, (long long)frames,
                              memory_order_release);
    return paContinue;
}

// What finds no room is lost.
static void
hear_resampled(struct stream *stream, const float *in, unsigned long frames)
{
    float        some[STREAM_BLOCK];
    spx_uint32_t taken = 1, made = 1;

    while (frames > 0 && taken + made > 0) {
        taken = frames < STREAM_BLOCK ? (spx_uint32_t)frames : STREAM_BLOCK;
        made  = STREAM_BLOCK;
        speex_resampler_process_float(stream->resampler, 0, in, &taken, some,
                                      &made);
        ring_push(&stream->heard, some, made);
        in += taken;
        frames -= taken;
    }
}

int
stream_input(const void *in, void *out, unsigned long frames,
             const PaStreamCallbackTimeInfo *time, PaStreamCallbackFlags flags,
             void *data)
{
    struct stream *stream = data;

    (void)out;
    (void)time;
    if (flags & paInputOverflow)
        atomic_fetch_add_explicit(&stream->xruns, 1, memory_order_relaxed);
    if (in && stream->resampler)
        hear_resampled(stream, in, frames);
    else if (in)
        ring_push(&stream->heard, in, frames); // no room: lost
    atomic_fetch_add_explicit(&stream->taken, (long long)frames,
                              memory_order_release);
    return paContinue;
}

void
stream_finished(void *data)
{
    atomic_store(&((struct stream *)data)->finished, true);
}
