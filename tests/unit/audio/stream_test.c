// SPDX-License-Identifier: GPL-3.0-or-later
// What the device host's callbacks do, without a device.
#include "audio/stream.h"

#include "sound_helper.h"
#include <stdlib.h>
#include <string.h>

// Counts up in what it plays, keeps what it hears.
struct renderer {
    int    calls;
    size_t longest;
    float  next;
    bool   heard;
    float  in[4 * RATE];
    size_t in_count;
};

static struct renderer renderer;
static float           out[2 * RATE];

static void
count_up(void *ctx, const float *in, float *to, size_t frames)
{
    struct renderer *own = ctx;
    own->calls++;
    own->heard = in != NULL;
    if (frames > own->longest) own->longest = frames;
    for (size_t i = 0; i < frames; i++) {
        to[i] = own->next++;
        if (in) own->in[own->in_count++] = in[i];
    }
}

static struct stream *
new_stream(int channels, bool hears)
{
    struct stream *stream = calloc(1, sizeof *stream);
    assert_non_null(stream);
    renderer = (struct renderer){.next = 1};
    memset(out, 0x55, sizeof out);
    stream->render   = count_up;
    stream->ctx      = &renderer;
    stream->channels = channels;
    stream->hears    = hears;
    atomic_store(&stream->state, STREAM_FLOWING);
    return stream;
}

static void
call(struct stream *stream, const float *in, unsigned long frames)
{
    assert_int_equal(stream_output(in, out, frames, NULL, 0, stream),
                     paContinue);
}

static void
a_settling_stream_is_silent_and_does_not_render(void **state)
{
    (void)state;
    struct stream *stream = new_stream(2, false);

    atomic_store(&stream->state, STREAM_SETTLING);
    call(stream, NULL, 1000);
    assert_silent(out, 0, 2000);
    assert_int_equal(renderer.calls, 0);
    assert_int_equal(atomic_load(&stream->asked), 1000);
    assert_int_equal(atomic_load(&stream->rendered), 0);
    free(stream);
}

static void
a_shut_stream_no_longer_renders(void **state)
{
    (void)state;
    struct stream *stream = new_stream(1, false);

    call(stream, NULL, 100);
    atomic_store(&stream->state, STREAM_SHUT);
    call(stream, NULL, 100);
    assert_silent(out, 0, 100);
    assert_int_equal(renderer.calls, 1);
    assert_int_equal(atomic_load(&stream->rendered), 100);
    free(stream);
}

static void
every_channel_gets_the_same(void **state)
{
    (void)state;
    struct stream *stream = new_stream(2, false);

    call(stream, NULL, 3);
    assert_true(out[0] == 1 && out[1] == 1);
    assert_true(out[2] == 2 && out[3] == 2);
    assert_true(out[4] == 3 && out[5] == 3);
    assert_false(renderer.heard);
    free(stream);
}

static void
long_blocks_are_rendered_in_pieces_in_order(void **state)
{
    (void)state;
    struct stream *stream = new_stream(1, true);
    static float   in[5000];

    for (int i = 0; i < 5000; i++) in[i] = (float)-i;
    call(stream, in, 5000);
    assert_int_equal(renderer.longest, STREAM_BLOCK);
    for (int i = 0; i < 5000; i++) assert_true(out[i] == (float)(i + 1));
    assert_memory_equal(renderer.in, in, sizeof in);
    assert_int_equal(atomic_load(&stream->rendered), 5000);
    free(stream);
}

static void
a_callback_without_input_is_a_moment_of_silence(void **state)
{
    (void)state;
    struct stream *stream = new_stream(1, true);

    call(stream, NULL, 100);
    assert_true(renderer.heard);
    assert_silent(renderer.in, 0, 100);
    free(stream);
}

static struct stream *
new_split_stream(void)
{
    struct stream *stream = new_stream(1, true);
    stream->split         = true;
    stream->most          = 9600;
    assert_true(ring_init(&stream->heard, sizeof(float), RATE));
    return stream;
}

static void
hear(struct stream *stream, float first, unsigned long frames)
{
    static float in[2 * RATE];
    for (unsigned long i = 0; i < frames; i++) in[i] = first + (float)i;
    assert_int_equal(stream_input(in, NULL, frames, NULL, 0, stream),
                     paContinue);
}

static void
a_microphone_of_its_own_is_heard_in_order(void **state)
{
    (void)state;
    struct stream *stream = new_split_stream();

    hear(stream, 100, 480);
    hear(stream, 580, 480);
    call(stream, NULL, 300);
    call(stream, NULL, 600);
    for (int i = 0; i < 900; i++)
        assert_true(renderer.in[i] == (float)(100 + i));
    ring_release(&stream->heard);
    free(stream);
}

static void
what_its_microphone_is_late_with_is_silence(void **state)
{
    (void)state;
    struct stream *stream = new_split_stream();

    hear(stream, 100, 50);
    call(stream, NULL, 80);
    for (int i = 0; i < 50; i++)
        assert_true(renderer.in[i] == (float)(100 + i));
    assert_silent(renderer.in, 50, 80);
    ring_release(&stream->heard);
    free(stream);
}

static void
a_backlog_of_its_microphone_is_passed_over(void **state)
{
    (void)state;
    struct stream *stream = new_split_stream();

    hear(stream, 0, 20000);
    call(stream, NULL, 480);
    // half of what may wait is kept behind this block
    assert_true(renderer.in[0] == 20000 - 480 - 4800);
    assert_int_equal(ring_count(&stream->heard), 4800);

    hear(stream, 0, 4000); // within what may wait: nothing is lost
    call(stream, NULL, 4800);
    call(stream, NULL, 1);
    assert_true(renderer.in[480 + 4800] == 0);
    ring_release(&stream->heard);
    free(stream);
}

static void
the_end_of_a_stream_is_noted(void **state)
{
    (void)state;
    struct stream *stream = new_stream(1, false);

    assert_false(atomic_load(&stream->finished));
    stream_finished(stream);
    assert_true(atomic_load(&stream->finished));
    free(stream);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_settling_stream_is_silent_and_does_not_render),
        cmocka_unit_test(a_shut_stream_no_longer_renders),
        cmocka_unit_test(every_channel_gets_the_same),
        cmocka_unit_test(long_blocks_are_rendered_in_pieces_in_order),
        cmocka_unit_test(a_callback_without_input_is_a_moment_of_silence),
        cmocka_unit_test(a_microphone_of_its_own_is_heard_in_order),
        cmocka_unit_test(what_its_microphone_is_late_with_is_silence),
        cmocka_unit_test(a_backlog_of_its_microphone_is_passed_over),
        cmocka_unit_test(the_end_of_a_stream_is_noted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
