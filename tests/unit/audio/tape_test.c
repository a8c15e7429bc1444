// SPDX-License-Identifier: GPL-3.0-or-later
#include "audio/tape.h"
#include "sound_helper.h"

#include <math.h>
#include <string.h>
#include <sys/stat.h>

static float left[3000], right[3000];

static void
fill(void)
{
    for (int i = 0; i < 3000; i++) {
        left[i]  = 0.5F * sinf(0.01F * (float)i);
        right[i] = 0.25F * cosf(0.02F * (float)i);
    }
}

static void
both_sides_come_back_on_their_frame(void **state)
{
    (void)state;
    static const char *const names[] = {"t.wav", "t.flac"};
    struct diag              diag    = {""};

    fill();
    for (int i = 0; i < 2; i++) {
        const char  *path = new_file(names[i]);
        struct tape *tape = NULL;
        struct pcm  *heard, *played;
        struct stat  file;

        assert_int_equal(tape_open(&tape, path, RATE, &diag), STATUS_OK);
        tape_write(tape, 640, left, right, 1000);
        tape_write(tape, 640 + 1500, left + 1500, right + 1500, 1500); // a gap
        assert_int_equal(tape_close(tape, &diag), STATUS_OK);
        assert_int_equal(stat(path, &file), 0);
        assert_int_equal(file.st_mode & 077, 0);
        assert_int_equal(tape_read(&heard, &played, path, &diag), STATUS_OK);
        assert_int_equal(heard->frames, 3000);
        assert_int_equal(heard->rate, RATE);
        for (int k = 0; k < 3000; k++) {
            bool gap = k >= 1000 && k < 1500;
            assert_true(fabsf(heard->samples[k] - (gap ? 0 : left[k])) <
                        1.0F / 16384);
            assert_true(fabsf(played->samples[k] - (gap ? 0 : right[k])) <
                        1.0F / 16384);
        }
        pcm_drop(heard);
        pcm_drop(played);
        remove_file();
    }
}

static void
what_is_no_recording_is_told(void **state)
{
    (void)state;
    struct diag  diag = {""};
    struct tape *tape = NULL;
    struct pcm  *heard, *played;

    assert_int_equal(tape_open(&tape, "/tmp/x.mp3", RATE, &diag),
                     STATUS_BAD_INPUT);
    assert_int_equal(tape_open(&tape, "/nowhere/x.wav", RATE, &diag),
                     STATUS_FAILED);
    assert_int_equal(tape_read(&heard, &played, "/nowhere/x.wav", &diag),
                     STATUS_NOT_FOUND);
    assert_int_equal(tape_close(NULL, &diag), STATUS_OK);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_sides_come_back_on_their_frame),
        cmocka_unit_test(what_is_no_recording_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
