// SPDX-License-Identifier: GPL-3.0-or-later
// The audio callback reaches no allocation, lock, log or system call.
//
// Linked with -Wl,--wrap= for each function below (see tests/CMakeLists.txt):
// whoever calls one of them while a block is rendered ends the test.
#include "audio/stream.h"
#include "sound_helper.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static int rendering;

static void
reached(const char *name)
{
    if (!rendering) return;
    rendering = 0;
    fprintf(stderr, "the callback reached %s()\n", name);
    abort();
}

#define FORBIDDEN(type, name, parameters, arguments)                           \
    type __real_##name parameters;                                             \
    type __wrap_##name parameters;                                             \
    type __wrap_##name parameters                                              \
    {                                                                          \
        reached(#name);                                                        \
        return __real_##name arguments;                                        \
    }

FORBIDDEN(void *, malloc, (size_t size), (size))
FORBIDDEN(void *, calloc, (size_t count, size_t size), (count, size))
FORBIDDEN(void *, realloc, (void *old, size_t size), (old, size))
FORBIDDEN(void *, aligned_alloc, (size_t align, size_t size), (align, size))
FORBIDDEN(int, pthread_mutex_lock, (pthread_mutex_t * mutex), (mutex))
FORBIDDEN(int, pthread_mutex_trylock, (pthread_mutex_t * mutex), (mutex))
FORBIDDEN(int, pthread_cond_signal, (pthread_cond_t * cond), (cond))
FORBIDDEN(int, pthread_cond_broadcast, (pthread_cond_t * cond), (cond))
FORBIDDEN(int, nanosleep, (const struct timespec *a, struct timespec *b),
          (a, b))
FORBIDDEN(int, clock_gettime, (clockid_t id, struct timespec *now), (id, now))
FORBIDDEN(ssize_t, write, (int fd, const void *from, size_t size),
          (fd, from, size))
FORBIDDEN(ssize_t, read, (int fd, void *to, size_t size), (fd, to, size))
FORBIDDEN(int, vfprintf, (FILE * file, const char *format, va_list list),
          (file, format, list))
FORBIDDEN(int, vsnprintf,
          (char *to, size_t size, const char *format, va_list list),
          (to, size, format, list))
FORBIDDEN(int, puts, (const char *text), (text))
FORBIDDEN(size_t, fwrite,
          (const void *from, size_t size, size_t count, FILE *file),
          (from, size, count, file))

void
__real_free(void *old);
void
__wrap_free(void *old);
void
__wrap_free(void *old)
{
    reached("free");
    __real_free(old);
}

void
__wrap_log_print(int level, const char *format, ...);
void
__wrap_log_print(int level, const char *format, ...)
{
    (void)level;
    (void)format;
    reached("log_print");
}

static float in[8192], out[2 * 8192];

// Many sounds, holds, cuts and gains; what finds no room is not asked for.
static void
ask_for_much(struct engine *engine, int round)
{
    int64_t     now = engine_frames(engine);
    struct pcm *pcm = flat(0.3F, 4000);

    for (int i = 0; i < 20; i++)
        engine_play(engine, (enum engine_layer)(i % LAYERS), pcm,
                    now + 211 * i);
    pcm_drop(pcm);
    for (int i = 0; i < 6; i++) {
        enum engine_layer layer = (enum engine_layer)(i % LAYERS);
        engine_hold(engine, layer, now + 700 * i);
        engine_gain(engine, 2, now + 800 * i);
        engine_go_on(engine, layer, now + 700 * i + 900);
    }
    if (round % 3 == 0) engine_cut(engine, LAYER_SPEECH, ENGINE_NOW);
}

static void
rendering_reaches_nothing_forbidden(void **state)
{
    (void)state;
    static const size_t blocks[] = {1, 64, 480, 512, 8192};
    struct engine      *engine   = NULL;

    assert_int_equal(engine_new(&engine, RATE, true), STATUS_OK);
    for (int i = 0; i < 200; i++) {
        ask_for_much(engine, i);
        rendering = 1;
        for (int b = 0; b < 5; b++)
            engine_render(engine, in, out, blocks[(i + b) % 5]);
        rendering = 0;
        engine_collect(engine);
    }
    engine_free(engine);
}

static void
call_portaudio_callbacks(struct stream *stream, int round)
{
    unsigned long frames = (unsigned long)(1 + round * 37 % 4000);
    rendering            = 1;
    stream_input(in, NULL, frames, NULL, 0, stream);
    stream_output(stream->split ? NULL : in, out, frames, NULL,
                  round % 5 ? 0 : paOutputUnderflow, stream);
    rendering = 0;
}

static void
a_device_is_served_without_anything_forbidden(void **state)
{
    (void)state;
    struct stream *stream = calloc(1, sizeof *stream);
    struct engine *engine = NULL;

    assert_non_null(stream);
    assert_int_equal(engine_new(&engine, RATE, true), STATUS_OK);
    assert_true(ring_init(&stream->heard, sizeof(float), RATE));
    stream->render   = engine_render;
    stream->ctx      = engine;
    stream->channels = 2;
    stream->hears    = true;
    stream->most     = RATE / 5;
    for (int i = 0; i < 200; i++) {
        if (i == 10) atomic_store(&stream->state, STREAM_FLOWING);
        stream->split = i > 100;
        ask_for_much(engine, i);
        call_portaudio_callbacks(stream, i);
        engine_collect(engine);
    }
    atomic_store(&stream->state, STREAM_SHUT);
    call_portaudio_callbacks(stream, 1);
    ring_release(&stream->heard);
    engine_free(engine);
    free(stream);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rendering_reaches_nothing_forbidden),
        cmocka_unit_test(a_device_is_served_without_anything_forbidden),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
