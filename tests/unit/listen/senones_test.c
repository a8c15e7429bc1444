// SPDX-License-Identifier: GPL-3.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "listen/senones.h"
#include <cmocka.h>
#include <string.h>

static FILE *
file_of(const int16_t *frames, size_t count, int32_t order)
{
    FILE *file = tmpfile();
    assert_non_null(file);
    fputs("s3\nversion 0.1\nn_sen 3\nendhdr\n", file);
    fwrite(&order, sizeof order, 1, file);
    fwrite(frames, sizeof *frames, count, file);
    rewind(file);
    return file;
}

static bool
reads(struct senones *senones, const int16_t *frames, size_t count,
      int32_t order)
{
    FILE *file = file_of(frames, count, order);
    bool  read = senones_read(senones, file);
    fclose(file);
    return read;
}

static void
frames_are_read_as_they_were_written(void **state)
{
    struct senones senones;
    const int16_t  frames[] = {3, 7, 0, 9, 3, 0, 5, 1};
    (void)state;
    assert_true(senones_make(&senones, 3));
    assert_true(reads(&senones, frames, 8, 0x11223344));
    assert_int_equal(senones.frames, 2);
    assert_int_equal(senones_at(&senones, 0)[0], 7);
    assert_int_equal(senones_at(&senones, 1)[2], 1);
    senones_release(&senones);
}

static void
a_frame_that_is_cut_off_is_left_out(void **state)
{
    struct senones senones;
    const int16_t  frames[] = {3, 7, 0, 9, 3, 0};
    (void)state;
    assert_true(senones_make(&senones, 3));
    assert_true(reads(&senones, frames, 6, 0x11223344));
    assert_int_equal(senones.frames, 1);
    senones_release(&senones);
}

static void
other_counts_and_byte_orders_are_refused(void **state)
{
    struct senones senones;
    const int16_t  frames[] = {4, 7, 0, 9, 1};
    (void)state;
    assert_true(senones_make(&senones, 3));
    assert_false(reads(&senones, frames, 5, 0x11223344));
    assert_false(reads(&senones, frames, 5, 0x44332211));
    FILE *empty = tmpfile();
    assert_false(senones_read(&senones, empty));
    fclose(empty);
    senones_release(&senones);
}

static void
no_more_frames_are_kept_than_there_is_room_for(void **state)
{
    static int16_t frames[2 * 2 * SENONES_FRAMES];
    struct senones senones;
    (void)state;
    for (size_t i = 0; i < 2 * SENONES_FRAMES; i++) frames[2 * i] = 1;
    assert_true(senones_make(&senones, 1));
    assert_true(
        reads(&senones, frames, sizeof frames / sizeof *frames, 0x11223344));
    assert_int_equal(senones.frames, SENONES_FRAMES);
    senones_release(&senones);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(frames_are_read_as_they_were_written),
        cmocka_unit_test(a_frame_that_is_cut_off_is_left_out),
        cmocka_unit_test(other_counts_and_byte_orders_are_refused),
        cmocka_unit_test(no_more_frames_are_kept_than_there_is_room_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
