// SPDX-License-Identifier: GPL-3.0-or-later
// Chains of the installed English model.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "base/path.h"
#include "listen/chain.h"
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct phones       *phones;
static struct pronunciation items[] = {
    {(char *)"stop", (char *)"stop", (char *)"S T AA P", false},
    {(char *)"stop", (char *)"stop(2)", (char *)"S T AA", false},
    {(char *)"it", (char *)"it", (char *)"IH T", false},
    {(char *)"odd", (char *)"odd", (char *)"QQ", false},
};
static const struct lexicon lexicon = {.items = items, .count = 4};

static int
read_phones(void **state)
{
    const char *folder = getenv("POCKETSPHINX_PATH");
    char        path[PATH_SIZE];
    struct diag diag = {""};
    (void)state;
    snprintf(path, sizeof path, "%s/en-us/en-us/mdef",
             folder ? folder : "/usr/share/pocketsphinx/model");
    return phones_read(&phones, path, &diag) == STATUS_OK ? 0 : -1;
}

static int
free_phones(void **state)
{
    (void)state;
    phones_free(phones);
    return 0;
}

static void
the_english_model_has_42_phones(void **state)
{
    (void)state;
    assert_int_equal(phones_count(phones), 42);
    assert_int_equal(phones_senones(phones), 5126);
    assert_int_equal(phones_find(phones, "QQ", 2), -1);
    int aa = phones_find(phones, "AA", 2);
    assert_string_equal(phones_name(phones, aa), "AA");
}

static void
context_changes_the_states_of_a_phone(void **state)
{
    int s = phones_find(phones, "S", 1), t = phones_find(phones, "T", 1);
    int aa = phones_find(phones, "AA", 2), n = phones_find(phones, "N", 1);
    (void)state;
    const uint16_t *one   = phones_states(phones, aa, t, n, PHONES_INSIDE);
    const uint16_t *other = phones_states(phones, aa, s, t, PHONES_INSIDE);
    assert_memory_not_equal(one, other, 3 * sizeof *one);
    assert_memory_not_equal(one, phones_alone(phones, aa), 3 * sizeof *one);
}

static void
a_word_has_all_its_ways_side_by_side(void **state)
{
    struct chain chain;
    int          starts = 0, ends = 0;
    (void)state;
    assert_true(chain_make(&chain, "stop", &lexicon, phones));
    assert_int_equal(chain.count, 3 * (4 + 3));
    for (int i = 0; i < chain.count; i++) {
        starts += chain.states[i].before < 0 && chain.states[i].join < 0;
        ends += chain.states[i].ends;
    }
    assert_int_equal(starts, 2);
    assert_int_equal(ends, 2);
    chain_release(&chain);
}

static void
a_pause_may_be_between_words(void **state)
{
    struct chain chain;
    (void)state;
    assert_true(chain_make(&chain, "stop it", &lexicon, phones));
    assert_int_equal(chain.count, 3 * (4 + 3) + 1 + 3 * 2);
    assert_int_equal(chain.states[21].senone, -1);
    assert_int_equal(chain.joins[0].count, 3);
    assert_int_equal(chain.states[22].join, 0);
    chain_release(&chain);
}

static void
unknown_words_and_phones_make_no_chain(void **state)
{
    struct chain chain;
    (void)state;
    assert_false(chain_make(&chain, "stop them", &lexicon, phones));
    assert_false(chain_make(&chain, "odd", &lexicon, phones));
    assert_false(chain_make(&chain, "", &lexicon, phones));
    assert_null(chain.states);
}

static void
what_is_no_model_is_refused(void **state)
{
    struct phones *none = NULL;
    struct diag    diag = {""};
    (void)state;
    assert_int_equal(phones_read(&none, "/nowhere/mdef", &diag),
                     STATUS_NOT_FOUND);
    assert_int_equal(phones_read(&none, "/dev/null", &diag), STATUS_BAD_INPUT);
    assert_non_null(strstr(diag.text, "/dev/null"));
    assert_null(none);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_english_model_has_42_phones),
        cmocka_unit_test(context_changes_the_states_of_a_phone),
        cmocka_unit_test(a_word_has_all_its_ways_side_by_side),
        cmocka_unit_test(a_pause_may_be_between_words),
        cmocka_unit_test(unknown_words_and_phones_make_no_chain),
        cmocka_unit_test(what_is_no_model_is_refused),
    };
    return cmocka_run_group_tests(tests, read_phones, free_phones);
}
