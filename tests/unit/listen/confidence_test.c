// SPDX-License-Identifier: GPL-3.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "listen/confidence.h"
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char head[] = "accept: {other: 0.6, stop: 0.3}\nbase: 1\n";

static enum status
read_text(struct confidence **out, const char *text, struct diag *diag)
{
    char path[] = "confidence_test_XXXXXX";
    int  fd     = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), strlen(text));
    close(fd);
    enum status status = confidence_read(out, path, diag);
    remove(path);
    return status;
}

static void
without_trees_the_base_decides(void **state)
{
    struct confidence *c = NULL;
    struct evidence    e = {{0}};
    char               text[256];
    (void)state;
    snprintf(text, sizeof text, "%strees: []\n", head);
    assert_int_equal(read_text(&c, text, NULL), STATUS_OK);
    assert_float_equal(confidence_judge(c, &e), 0.7310586, 1e-6);
    confidence_free(c);
}

static void
trees_add_what_their_branches_lead_to(void **state)
{
    struct confidence *c = NULL;
    struct evidence    e = {{0}};
    char               text[512];
    (void)state;
    snprintf(text, sizeof text,
             "%strees:\n"
             "  - {if: fit, below: 0.5, then: {add: -1}, else: {add: 2}}\n"
             "  - {if: edge, below: 0, then: {add: 0}, else:\n"
             "      {if: words, below: 2, then: {add: -3}, else: {add: 1}}}\n",
             head);
    assert_int_equal(read_text(&c, text, NULL), STATUS_OK);
    e.value[EVIDENCE_FIT]   = 0.4;
    e.value[EVIDENCE_EDGE]  = -1;
    e.value[EVIDENCE_WORDS] = 3;
    assert_float_equal(confidence_judge(c, &e), 0.5, 1e-9); // 1 - 1 + 0
    e.value[EVIDENCE_FIT]  = 0.5;
    e.value[EVIDENCE_EDGE] = 1;
    assert_float_equal(confidence_judge(c, &e), 0.9820138, 1e-6); // 1 + 2 + 1
    e.value[EVIDENCE_WORDS] = 1;
    assert_float_equal(confidence_judge(c, &e), 0.5, 1e-9); // 1 + 2 - 3
    confidence_free(c);
}

static void
each_command_may_have_its_own_limit(void **state)
{
    struct confidence *c = NULL;
    char               text[256];
    (void)state;
    snprintf(text, sizeof text, "%strees: []\n", head);
    assert_int_equal(read_text(&c, text, NULL), STATUS_OK);
    assert_float_equal(confidence_least(c, "stop"), 0.3, 1e-9);
    assert_float_equal(confidence_least(c, "next_set"), 0.6, 1e-9);
    confidence_free(c);
}

static void
what_is_worth_asking_back_is_said_in_the_file(void **state)
{
    struct confidence *c = NULL;
    char               text[256];
    (void)state;
    snprintf(text, sizeof text, "%sask: {end_session: 0.4}\ntrees: []\n", head);
    assert_int_equal(read_text(&c, text, NULL), STATUS_OK);
    assert_float_equal(confidence_ask(c, "end_session"), 0.4, 1e-9);
    assert_float_equal(confidence_ask(c, "louder"), 1, 1e-9);
    confidence_free(c);
}

static void
a_wrong_file_is_refused_with_its_place(void **state)
{
    static const char *const wrong[][2] = {
        {"base: one\ntrees: []\n", "expected a number"},
        {"base: 0\ntrees:\n  - {if: luck, below: 0, then: {add: 0}, "
         "else: {add: 0}}\n",
         "no evidence called \"luck\""},
        {"base: 0\ntrees:\n  - {if: fit, below: 0, then: {add: 0}}\n",
         "expected"},
        {"base: 0\ntree: []\n", "tree"},
        {"base: 0\naccept: [0.5]\n", "a map of commands"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct confidence *c    = NULL;
        struct diag        diag = {""};
        assert_int_equal(read_text(&c, wrong[i][0], &diag), STATUS_BAD_INPUT);
        assert_null(c);
        assert_non_null(strstr(diag.text, wrong[i][1]));
    }
}

static void
evidence_has_a_name_each(void **state)
{
    (void)state;
    for (int k = 0; k < EVIDENCE_KINDS; k++) {
        const char *name = evidence_name((enum evidence_kind)k);
        assert_non_null(name);
        assert_int_equal(evidence_kind(name), k);
    }
    assert_int_equal(evidence_kind("luck"), EVIDENCE_KINDS);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_trees_the_base_decides),
        cmocka_unit_test(trees_add_what_their_branches_lead_to),
        cmocka_unit_test(each_command_may_have_its_own_limit),
        cmocka_unit_test(what_is_worth_asking_back_is_said_in_the_file),
        cmocka_unit_test(a_wrong_file_is_refused_with_its_place),
        cmocka_unit_test(evidence_has_a_name_each),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
