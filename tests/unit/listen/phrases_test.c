// SPDX-License-Identifier: GPL-3.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "base/path.h"
#include "listen/lexicon.h"
#include "listen/phrases.h"
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static enum status
read_text(struct phrases **out, const char *text, struct diag *diag)
{
    char path[] = "phrases_test_XXXXXX";
    int  fd     = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), strlen(text));
    close(fd);
    enum status status = phrases_read(out, path, diag);
    remove(path);
    return status;
}

static void
commands_phrases_and_states_are_read(void **state)
{
    struct phrases *p = NULL;
    uint64_t        allowed;
    (void)state;
    assert_int_equal(read_text(&p,
                               "commands:\n"
                               "  next: [next, skip this]\n"
                               "  stop: [stop it now]\n"
                               "states:\n"
                               "  paused: [stop]\n",
                               NULL),
                     STATUS_OK);
    assert_int_equal(p->command_count, 2);
    assert_int_equal(p->phrase_count, 3);
    assert_int_equal(phrases_command(p, "stop"), 1);
    assert_int_equal(phrases_find(p, "skip this"), 1);
    assert_int_equal(phrases_find(p, "skip"), -1);
    assert_true(phrases_state(p, "paused", &allowed));
    assert_int_equal(allowed, 2);
    assert_false(phrases_state(p, "running", &allowed));
    phrases_free(p);
}

static void
what_only_a_question_asks_for_is_told_apart(void **state)
{
    struct phrases *p = NULL;
    (void)state;
    assert_int_equal(read_text(&p,
                               "commands:\n"
                               "  next: [next]\n"
                               "  left: [left side]\n"
                               "states:\n"
                               "  playing: [next]\n"
                               "  asked side: [left, next]\n",
                               NULL),
                     STATUS_OK);
    assert_int_equal(p->asked, 2);
    phrases_free(p);
}

static void
a_wrong_file_is_refused_with_what_was_expected(void **state)
{
    static const char *const wrong[][2] = {
        {"commands:\n  next: [Next Set]\n", "in small letters"},
        {"commands:\n  next: [\"next  set\"]\n", "a phrase"},
        {"commands:\n  next: [a b c d e f g]\n", "up to six words"},
        {"commands:\n  next: next\n", "a list of phrases"},
        {"commands:\n  next: [go]\n  start: [go]\n", "phrase of next already"},
        {"commands:\n  next: [go]\nstates:\n  idle: [stop]\n",
         "a command listed above"},
        {"states:\n  idle: []\n", "commands:"},
        {"commands:\n- [next]\n", "a map of command to phrases"},
        {"commands:\n  next: [go]\nstates: [next]\n",
         "a map of state to commands"},
        {"", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct phrases *p    = NULL;
        struct diag     diag = {""};
        assert_int_not_equal(read_text(&p, wrong[i][0], &diag), STATUS_OK);
        assert_null(p);
        if (!strstr(diag.text, wrong[i][1])) print_error("%s\n", diag.text);
        assert_non_null(strstr(diag.text, wrong[i][1]));
    }
}

static struct phrases *
shipped(char voices[PATH_SIZE])
{
    struct phrases *p    = NULL;
    struct diag     diag = {""};
    char            share[PATH_SIZE], path[PATH_SIZE];
    assert_true(path_share(share));
    assert_true(path_join(voices, share, "voices/en-us"));
    assert_true(path_join(path, voices, "commands.yaml"));
    if (phrases_read(&p, path, &diag) != STATUS_OK)
        print_error("%s\n", diag.text);
    assert_non_null(p);
    return p;
}

// A file of so many commands, phrases in all, and states.
static enum status
read_many(int commands, int phrases, int states, struct diag *diag)
{
    static char     text[1 << 16];
    struct phrases *p      = NULL;
    size_t          length = 0;

#define ADD(...)                                                               \
    length += (size_t)snprintf(text + length, sizeof text - length, __VA_ARGS__)
#define WORD(i) 'a' + (i) / 26, 'a' + (i) % 26
    ADD("commands:\n");
    for (int i = 1; i < commands; i++) ADD("  c%d: [%c%c]\n", i, WORD(i));
    ADD("  c0: [aa");
    for (int i = commands; i < phrases; i++) ADD(", %c%c", WORD(i));
    ADD("]\nstates:\n");
    for (int i = 0; i < states; i++) ADD("  s%d: [c0]\n", i);
#undef WORD
#undef ADD
    assert_true(length < sizeof text);
    *diag          = (struct diag){""};
    enum status st = read_text(&p, text, diag);
    if (!st) assert_int_equal(p->command_count, commands);
    if (!st) assert_int_equal(p->phrase_count, phrases);
    phrases_free(p);
    return st;
}

static void
so_many_fit_and_no_more(void **state)
{
    struct diag diag;

    (void)state;
    assert_int_equal(read_many(PHRASES_MOST_COMMANDS, PHRASES_MOST,
                               PHRASES_MOST_STATES, &diag),
                     STATUS_OK);
    assert_int_equal(read_many(PHRASES_MOST_COMMANDS + 1, 65, 1, &diag),
                     STATUS_BAD_INPUT);
    assert_non_null(strstr(diag.text, "more than 64 commands"));
    assert_int_equal(read_many(1, PHRASES_MOST + 1, 1, &diag),
                     STATUS_BAD_INPUT);
    assert_non_null(strstr(diag.text, "more than 512 phrases"));
    assert_int_equal(read_many(1, 1, PHRASES_MOST_STATES + 1, &diag),
                     STATUS_BAD_INPUT);
    assert_non_null(strstr(diag.text, "more than 16 states"));
}

static void
every_command_has_two_phrases_and_hold_is_none(void **state)
{
    char            voices[PATH_SIZE];
    struct phrases *p = shipped(voices);
    (void)state;
    for (size_t c = 0; c < p->command_count; c++) {
        int count = 0;
        for (size_t i = 0; i < p->phrase_count; i++)
            count += p->phrases[i].command == (int)c;
        assert_true(count >= 2);
    }
    for (size_t i = 0; i < p->phrase_count; i++)
        assert_null(strstr(p->phrases[i].text, "hold"));
    phrases_free(p);
}

static void
a_word_that_nobody_can_pronounce_is_named(void **state)
{
    char            voices[PATH_SIZE], fixes[PATH_SIZE];
    struct phrases *p    = shipped(voices);
    struct lexicon *l    = NULL;
    struct diag     diag = {""};
    (void)state;
    assert_true(path_join(fixes, voices, "lexicon.yaml"));
    assert_int_equal(lexicon_read(&l, "/dev/null", fixes, p, &diag),
                     STATUS_BAD_INPUT);
    assert_non_null(strstr(diag.text, "no pronunciation of"));
    assert_int_equal(lexicon_read(&l, "nowhere.dict", fixes, p, &diag),
                     STATUS_NOT_FOUND);
    assert_non_null(strstr(diag.text, "nowhere.dict"));
    phrases_free(p);
}

static void
pronunciations_are_a_map(void **state)
{
    static const struct phrases none;
    static const char           text[] = "heard: [[S T AA P]]\n";
    struct lexicon             *l      = NULL;
    struct diag                 diag   = {""};
    char                        path[] = "phrases_test_XXXXXX";
    int                         fd     = mkstemp(path);

    (void)state;
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), strlen(text));
    close(fd);
    assert_int_equal(lexicon_read(&l, "/dev/null", path, &none, &diag),
                     STATUS_BAD_INPUT);
    remove(path);
    assert_null(l);
    assert_non_null(strstr(diag.text, "a map of words to pronunciations"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(commands_phrases_and_states_are_read),
        cmocka_unit_test(what_only_a_question_asks_for_is_told_apart),
        cmocka_unit_test(a_wrong_file_is_refused_with_what_was_expected),
        cmocka_unit_test(so_many_fit_and_no_more),
        cmocka_unit_test(every_command_has_two_phrases_and_hold_is_none),
        cmocka_unit_test(a_word_that_nobody_can_pronounce_is_named),
        cmocka_unit_test(pronunciations_are_a_map),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
