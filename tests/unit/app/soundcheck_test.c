// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/soundcheck.h"
#include "fake_helper.h"

#include <math.h>
#include <string.h>
#include <unistd.h>

static char said[2048];
static bool answers;
static int  levels;

// Somebody who answers when asked to.
static void
note(void *ctx, const char *text)
{
    (void)ctx;
    strncat(said, text, sizeof said - strlen(said) - 1);
    fake_voice = answers && strncmp(text, "Now say", 7) == 0 ? 0.05F : 0;
}

static void
count_level(void *ctx, double decibels)
{
    (void)ctx;
    (void)decibels;
    levels++;
}

static struct surroundings
check(float echo, int64_t delay, bool somebody)
{
    const struct soundcheck_options options = {
        .host = &fake_host, .say = note, .level = count_level};
    struct surroundings found;
    struct diag         diag = {""};

    fake_echo  = echo;
    fake_delay = delay;
    fake_voice = 0;
    answers    = somebody;
    levels     = 0;
    said[0]    = '\0';
    if (soundcheck_run(&options, &found, &diag) != STATUS_OK)
        fail_msg("%s", diag.text);
    fake_echo = fake_voice = 0;
    return found;
}

static void
a_good_room_is_measured_and_called_good(void **state)
{
    (void)state;
    struct surroundings s = check(0.1F, 4800, true);

    assert_true(s.echoes && s.speaks);
    assert_true(fabs(s.delay_ms - 100) < 0.5);
    assert_true(fabs(s.echo + 20) < 1.5);
    assert_true(fabs(s.noise + 84.8) < 1);
    assert_true(fabs(s.speech + 26) < 1);
    assert_non_null(strstr(said, "good enough"));
    assert_true(levels > 60);
}

static void
what_is_wrong_is_said_in_words(void **state)
{
    (void)state;
    struct surroundings s = check(4.0F, 30000, true);

    assert_true(s.delay_ms > 600);
    assert_non_null(strstr(said, "much better than you"));
    assert_non_null(strstr(said, "so late"));
    s = check(0.0001F, 480, false);
    assert_false(s.speaks);
    assert_non_null(strstr(said, "did not hear you"));
}

static void
what_was_found_is_kept_as_it_was(void **state)
{
    (void)state;
    const struct surroundings s = {true, 123.4, -18.5, -60.2, true, -25.1};
    struct surroundings       back;
    struct diag               diag   = {""};
    struct report             report = {0};

    assert_int_equal(surroundings_write(&s, fake_path("sound.yaml"), &diag),
                     STATUS_OK);
    assert_int_equal(surroundings_read(&back, fake_path("sound.yaml"), &report),
                     STATUS_OK);
    assert_true(back.echoes && back.speaks);
    assert_true(fabs(back.delay_ms - 123.4) < 0.01);
    assert_true(fabs(back.speech + 25.1) < 0.01);
    const char wrong[] = "delay_ms: soon\n";
    assert_int_equal(
        surroundings_parse(&back, "sound.yaml", wrong, strlen(wrong), &report),
        STATUS_BAD_INPUT);
    assert_non_null(strstr(report.text, "sound.yaml:1"));
    report_release(&report);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_good_room_is_measured_and_called_good),
        cmocka_unit_test(what_is_wrong_is_said_in_words),
        cmocka_unit_test(what_was_found_is_kept_as_it_was),
    };
    return cmocka_run_group_tests(tests, fake_set_up, fake_tear_down);
}
