// SPDX-License-Identifier: GPL-3.0-or-later
#include "control/topic.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct wish wish;
static struct diag diag;

static enum topic_means
read_text(const char *verb, const char *text)
{
    return topic_read(&wish, verb, text, strlen(text), &diag);
}

static void
a_command_is_its_name_alone(void **state)
{
    (void)state;
    assert_int_equal(read_text("command", "next_set"), TOPIC_WISH);
    assert_int_equal(wish.kind, WISH_COMMAND);
    assert_int_equal(wish.command, COMMAND_NEXT_SET);
    assert_int_equal(read_text("command", "nxt"), TOPIC_WRONG);
    assert_non_null(strstr(diag.text, "did you mean 'next'"));
}

static void
a_session_is_a_name_or_an_object(void **state)
{
    (void)state;
    assert_int_equal(read_text("play", "hips"), TOPIC_WISH);
    assert_int_equal(wish.kind, WISH_PLAY);
    assert_string_equal(wish.routine, "hips");
    assert_int_equal(read_text("play", "{\"routine\":\"lats\",\"sets\":2}"),
                     TOPIC_WISH);
    assert_string_equal(wish.routine, "lats");
    assert_int_equal(wish.sets, 2);
    assert_int_equal(read_text("play", ""), TOPIC_WISH);
    assert_string_equal(wish.routine, "");
    assert_int_equal(read_text("play", "{\"routine\":"), TOPIC_WRONG);
    assert_int_equal(read_text("play", "../x"), TOPIC_WRONG);
    // an object cannot be anything but a session
    assert_int_equal(read_text("play", "{\"do\":\"mute\"}"), TOPIC_WISH);
    assert_int_equal(wish.kind, WISH_PLAY);
}

static void
a_volume_may_have_a_point(void **state)
{
    (void)state;
    assert_int_equal(read_text("volume", "40.0"), TOPIC_WISH);
    assert_int_equal(wish.volume, 40);
    assert_int_equal(read_text("volume", "101"), TOPIC_WRONG);
    assert_int_equal(read_text("volume", "nan"), TOPIC_WRONG);
    assert_int_equal(read_text("volume", ""), TOPIC_WRONG);
}

static void
switches_are_on_or_off(void **state)
{
    (void)state;
    assert_int_equal(read_text("mute", "ON"), TOPIC_WISH);
    assert_int_equal(wish.kind, WISH_MUTE);
    assert_int_equal(read_text("mute", "off"), TOPIC_WISH);
    assert_int_equal(wish.kind, WISH_UNMUTE);
    assert_int_equal(read_text("mute", "maybe"), TOPIC_WRONG);
    assert_int_equal(read_text("class", "ON"), TOPIC_JOIN);
    assert_int_equal(read_text("class", "OFF"), TOPIC_LEAVE);
}

static void
what_is_no_text_is_refused(void **state)
{
    static char big[TOPIC_LONGEST + 1];

    (void)state;
    memset(big, 'x', sizeof big);
    assert_int_equal(topic_read(&wish, "command", big, sizeof big, &diag),
                     TOPIC_WRONG);
    assert_int_equal(topic_read(&wish, "command", "a\0b", 3, &diag),
                     TOPIC_WRONG);
    assert_int_equal(topic_read(&wish, "command", "\xff\xfe", 2, &diag),
                     TOPIC_WRONG);
    assert_int_equal(read_text("quit", "now"), TOPIC_WRONG);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_command_is_its_name_alone),
        cmocka_unit_test(a_session_is_a_name_or_an_object),
        cmocka_unit_test(a_volume_may_have_a_point),
        cmocka_unit_test(switches_are_on_or_off),
        cmocka_unit_test(what_is_no_text_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
