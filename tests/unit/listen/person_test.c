// SPDX-License-Identifier: GPL-3.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "listen/person.h"
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char           path[] = "/tmp/rollcall-person-XXXXXX";
static struct phrases phrases;
static struct diag    diag;

static int
make_file(void **state)
{
    static char *names[] = {"next_set", "stop", "pain"};
    int          file    = mkstemp(path);
    (void)state;
    if (file < 0) return -1;
    close(file);
    for (int i = 0; i < 3; i++) phrases.commands[i] = names[i];
    phrases.command_count = 3;
    return 0;
}

static int
remove_file(void **state)
{
    (void)state;
    return unlink(path);
}

static void
write_text(const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

// Ten points, all of LEVEL.
static struct sketch
flat(int level)
{
    struct sketch sketch = {.count = 10};
    memset(sketch.points, level, sizeof sketch.points);
    return sketch;
}

// Says "next set" like 0, 2, 4 and "stop" like 40, 42, 44.
static struct person *
somebody(void)
{
    struct person *person = person_new();
    assert_non_null(person);
    for (int i = 0; i < 3; i++) {
        struct sketch next = flat(2 * i), stop = flat(40 + 2 * i);
        assert_true(person_add(person, "next_set", "next set", &next));
        assert_true(person_add(person, "stop", "stop", &stop));
    }
    person_number(person, &phrases);
    return person;
}

static struct kinship
kinship(const struct person *person, int command, const char *phrase, int level)
{
    struct sketch sketch = flat(level);
    return person_kinship(person, command, phrase, UINT64_MAX, &sketch);
}

static void
a_person_survives_being_written(void **state)
{
    struct person *person = somebody(), *again = NULL;
    struct stat    info;
    (void)state;
    assert_int_equal(person_write(person, path, &diag), STATUS_OK);
    assert_int_equal(person_read(&again, path, &diag), STATUS_OK);
    assert_int_equal(person_count(again), 6);
    assert_int_equal(person_takes(again, "stop"), 3);
    assert_string_equal(person_take(again, 5)->command, "stop");
    assert_int_equal(person_take(again, 5)->sketch.points[9][12], 44);
    assert_int_equal(stat(path, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
    person_free(again);
    person_free(person);
}

static void
a_person_without_takes_survives_too(void **state)
{
    struct person *person = person_new(), *again = NULL;
    (void)state;
    assert_int_equal(person_write(person, path, &diag), STATUS_OK);
    assert_int_equal(person_read(&again, path, &diag), STATUS_OK);
    assert_int_equal(person_count(again), 0);
    person_free(again);
    person_free(person);
}

static void
what_cannot_be_written_leaves_the_old_file(void **state)
{
    struct person *person = somebody();
    (void)state;
    assert_int_equal(person_write(person, "/proc/none/voice.yaml", &diag),
                     STATUS_FAILED);
    assert_non_null(strstr(diag.text, "/proc/none/voice.yaml"));
    person_free(person);
}

static void
refused(const char *text, const char *message)
{
    struct person *person = NULL;
    write_text(text);
    assert_int_equal(person_read(&person, path, &diag), STATUS_BAD_INPUT);
    assert_null(person);
    if (!strstr(diag.text, message)) fail_msg("%s", diag.text);
}

static void
a_broken_file_is_told_with_its_place(void **state)
{
    (void)state;
    refused("", "empty");
    refused("- 1\n", ":1:1: error: expected a list of takes");
    refused("takes: none\n", ":1:8: error: expected a list of takes");
    refused("takes: []\nvoices: 3\n", ":2:1: error:");
    refused("takes:\n  - {command: stop, phrase: stop}\n",
            "a take has a command, a phrase and a sound");
    refused("takes:\n  - command: stop\n    phrase: stop\n    sound: 1 2 3\n",
            ":4:12: error: expected a sound: 13 numbers from -99 to 99");
    refused("takes:\n  - {comand: stop}\n", "did you mean 'command'?");
}

static void
the_own_way_to_say_it_makes_it_surer(void **state)
{
    struct person *person = somebody();
    struct kinship near   = kinship(person, 0, "next set", 3);
    (void)state;
    assert_true(near.known);
    assert_int_equal(near.other, -1);
    assert_true(near.near < 0.2);
    assert_true(near.rest > 0.3);
    assert_true(person_judge(&near, 0.4) > 0.8);
    person_free(person);
}

static void
another_way_to_say_it_makes_it_less_sure(void **state)
{
    struct person *person = somebody();
    struct kinship far    = kinship(person, 0, "next set", -30);
    (void)state;
    assert_true(far.known);
    assert_true(person_judge(&far, 0.9) < 0.1);
    person_free(person);
}

static void
takes_alone_do_not_make_a_command(void **state)
{
    struct person *person = somebody();
    struct kinship near   = kinship(person, 0, "next set", 2);
    struct kinship far    = kinship(person, 0, "next set", 99);
    (void)state;
    assert_true(person_judge(&near, 0.001) < 0.1);
    assert_true(person_judge(&far, 0.9999) > 0.5);
    person_free(person);
}

static void
a_phrase_that_was_not_learnt_is_judged_as_of_anybody(void **state)
{
    struct person *person = somebody();
    struct kinship none   = kinship(person, 2, "it hurts", -40);
    struct kinship other  = kinship(person, 0, "skip this set", -40);
    (void)state;
    assert_false(none.known);
    assert_false(other.known);
    assert_true(person_judge(&none, 0.7) == 0.7);
    assert_true(person_judge(&other, 0.7) == 0.7);
    person_free(person);
}

static void
another_command_with_nearer_takes_is_named(void **state)
{
    struct person *person = somebody();
    struct sketch  sketch = flat(41);
    (void)state;
    assert_int_equal(kinship(person, 0, "next set", 41).other, 1);
    assert_int_equal(kinship(person, 2, "it hurts", 41).other, 1);
    assert_int_equal(person_kinship(person, 0, "next set", 1, &sketch).other,
                     -1);
    assert_int_equal(kinship(person, 2, "it hurts", 99).other, -1);
    person_free(person);
}

static void
takes_of_a_command_that_is_no_more_are_not_compared_with(void **state)
{
    struct person *person = person_new();
    struct sketch  sketch = flat(0);
    (void)state;
    assert_true(person_add(person, "dance", "dance", &sketch));
    person_number(person, &phrases);
    assert_int_equal(kinship(person, 0, "next set", 0).other, -1);
    assert_false(kinship(person, 0, "next set", 0).known);
    person_free(person);
}

static void
what_is_learnt_is_bounded_and_not_written(void **state)
{
    struct person *person = somebody(), *again = NULL;
    (void)state;
    for (int i = 0; i < 200; i++) {
        struct sketch sketch = flat(20 + i % 50);
        person_learn(person, 0, "next set", &sketch);
        person_learn(person, 2, "it hurts", &sketch); // has no take
    }
    assert_int_equal(person_count(person), 6 + PERSON_TAKES);
    assert_true(kinship(person, 0, "next set", 20 + 199 % 50).near == 0);
    assert_int_equal(person_write(person, path, &diag), STATUS_OK);
    assert_int_equal(person_read(&again, path, &diag), STATUS_OK);
    assert_int_equal(person_count(again), 6);
    person_free(again);
    person_free(person);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_person_survives_being_written),
        cmocka_unit_test(a_person_without_takes_survives_too),
        cmocka_unit_test(what_cannot_be_written_leaves_the_old_file),
        cmocka_unit_test(a_broken_file_is_told_with_its_place),
        cmocka_unit_test(the_own_way_to_say_it_makes_it_surer),
        cmocka_unit_test(another_way_to_say_it_makes_it_less_sure),
        cmocka_unit_test(takes_alone_do_not_make_a_command),
        cmocka_unit_test(a_phrase_that_was_not_learnt_is_judged_as_of_anybody),
        cmocka_unit_test(another_command_with_nearer_takes_is_named),
        cmocka_unit_test(
            takes_of_a_command_that_is_no_more_are_not_compared_with),
        cmocka_unit_test(what_is_learnt_is_bounded_and_not_written),
    };
    return cmocka_run_group_tests(tests, make_file, remove_file);
}
