// SPDX-License-Identifier: GPL-3.0-or-later
#include "control/request.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct request       request;
static struct request_error error;

static bool
parse(const char *text)
{
    request_release(&request);
    return request_parse(&request, text, strlen(text), &error);
}

static void
refused(const char *text, const char *code)
{
    assert_false(parse(text));
    assert_string_equal(error.code, code);
    assert_int_not_equal(strlen(error.text), 0);
}

static int
release(void **state)
{
    (void)state;
    request_release(&request);
    return 0;
}

static void
a_command_may_be_written_with_spaces_or_dashes(void **state)
{
    (void)state;
    assert_true(parse("{\"id\":7,\"do\":\"command\","
                      "\"command\":\"next set\"}"));
    assert_int_equal(request.kind, REQUEST_WISH);
    assert_int_equal(request.wish.kind, WISH_COMMAND);
    assert_int_equal(request.wish.command, COMMAND_NEXT_SET);
    assert_int_equal(json_integer_value(request.id), 7);
}

static void
a_session_may_have_a_level_sets_and_minutes(void **state)
{
    (void)state;
    assert_true(parse("{\"do\":\"play\",\"routine\":\"lats\","
                      "\"level\":\"deep\",\"sets\":2,\"minutes\":10}"));
    assert_int_equal(request.wish.kind, WISH_PLAY);
    assert_string_equal(request.wish.routine, "lats");
    assert_true(request.wish.levelled);
    assert_int_equal(request.wish.level, LEVEL_DEEP);
    assert_int_equal(request.wish.sets, 2);
    assert_int_equal(request.wish.minutes, 10);
    assert_null(request.id);
    assert_true(parse("{\"do\":\"play\"}"));
    assert_string_equal(request.wish.routine, "");
}

static void
only_a_plain_name_is_a_routine(void **state)
{
    (void)state;
    refused("{\"do\":\"play\",\"routine\":\"../../etc/passwd\"}",
            "bad_request");
    refused("{\"do\":\"play\",\"routine\":\"x.yaml\"}", "bad_request");
    refused("{\"do\":\"play\",\"routine\":3}", "bad_request");
    refused("{\"do\":\"select\",\"routine\":\"\"}", "bad_request");
    refused("{\"do\":\"select\"}", "bad_request");
}

static void
numbers_have_their_ranges(void **state)
{
    (void)state;
    assert_true(parse("{\"do\":\"volume\",\"percent\":100}"));
    assert_int_equal(request.wish.volume, 100);
    refused("{\"do\":\"volume\",\"percent\":101}", "bad_request");
    refused("{\"do\":\"volume\",\"percent\":-1}", "bad_request");
    refused("{\"do\":\"volume\",\"percent\":1.5}", "bad_request");
    refused("{\"do\":\"volume\"}", "bad_request");
    refused("{\"do\":\"play\",\"sets\":0}", "bad_request");
    refused("{\"do\":\"play\",\"minutes\":99999999999}", "bad_request");
}

static void
an_unknown_command_has_its_nearest_named(void **state)
{
    (void)state;
    refused("{\"id\":\"x\",\"do\":\"command\",\"command\":\"pauze\"}",
            "unknown_command");
    assert_non_null(strstr(error.text, "did you mean 'pause'"));
    assert_string_equal(json_string_value(request.id), "x");
}

// Or the refusal could not be written as JSON.
static void
a_long_name_is_named_in_whole_characters(void **state)
{
    char text[160] = "{\"do\":\"command\",\"command\":\"x";

    (void)state;
    for (int i = 0; i < 40; i++) strcat(text, "ü");
    strcat(text, "\"}");
    refused(text, "unknown_command");
    json_t *refusal = request_refusal(NULL, error.code, error.text);
    assert_non_null(refusal);
    json_decref(refusal);
}

static void
what_is_no_request_is_refused(void **state)
{
    (void)state;
    refused("pause", "bad_json");
    refused("[1]", "bad_json");
    refused("{\"do\":\"state\",\"do\":\"state\"}", "bad_json");
    refused("{}", "bad_request");
    refused("{\"do\":\"quit\"}", "bad_request");
    refused("{\"id\":[],\"do\":\"state\"}", "bad_request");
    refused("{\"id\":\"\",\"do\":\"state\"}", "bad_request");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_command_may_be_written_with_spaces_or_dashes),
        cmocka_unit_test(a_session_may_have_a_level_sets_and_minutes),
        cmocka_unit_test(only_a_plain_name_is_a_routine),
        cmocka_unit_test(numbers_have_their_ranges),
        cmocka_unit_test(an_unknown_command_has_its_nearest_named),
        cmocka_unit_test(a_long_name_is_named_in_whole_characters),
        cmocka_unit_test(what_is_no_request_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, release);
}
