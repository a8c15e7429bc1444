// SPDX-License-Identifier: GPL-3.0-or-later
// routines/routine.schema.json has the keys, words and limits of the reader.
// JSON is YAML, so our own reader reads it.
#include "routine/answers.h"
#include "routine/known.h"
#include "routine/parts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct report report;
static struct yaml  *schema;

static int
begin(void **state)
{
    char        path[PATH_SIZE];
    const char *source = getenv("ROLLCALL_SOURCE");
    (void)state;
    memset(&report, 0, sizeof report);
    snprintf(path, sizeof path, "%s/routines/routine.schema.json",
             source ? source : ".");
    assert_int_equal(yaml_read(&schema, path, &report), STATUS_OK);
    assert_int_equal(report.errors, 0);
    return 0;
}

static int
end(void **state)
{
    (void)state;
    yaml_free(schema);
    report_release(&report);
    return 0;
}

static const struct yaml_node *
definition(const char *name)
{
    const struct yaml_node *all = yaml_get(yaml_root(schema), "definitions");
    const struct yaml_node *one = yaml_get(all, name);
    assert_non_null(one);
    return one;
}

// The properties of MAP are the COUNT keys of FIELDS, in their order.
static void
has_keys(const struct yaml_node *map, const struct field *fields, size_t count)
{
    const struct yaml_node *properties = yaml_get(map, "properties");
    assert_string_equal(yaml_text(yaml_get(map, "additionalProperties")),
                        "false");
    for (size_t i = 0; i < count; i++)
        assert_string_equal(yaml_text(yaml_key(properties, i)), fields[i].key);
    assert_int_equal(yaml_count(properties), count);
}

static void
has_words(const struct yaml_node *node, const char *const *words, size_t count)
{
    const struct yaml_node *list = yaml_get(node, "enum");
    assert_int_equal(yaml_count(list), count);
    for (size_t i = 0; i < count; i++)
        assert_string_equal(yaml_text(yaml_item(list, i)), words[i]);
}

static void
is_number(const struct yaml_node *node, const char *key, int number)
{
    const char *text = yaml_text(yaml_get(node, key));
    assert_non_null(text);
    assert_int_equal(strtol(text, NULL, 10), number);
}

static const struct field *
field(const struct field *fields, size_t count, const char *key)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(fields[i].key, key) == 0) return &fields[i];
    }
    fail_msg("no key %s", key);
    return NULL;
}

static void
every_map_has_the_keys_of_the_reader(void **state)
{
    (void)state;
    size_t              count;
    const struct field *fields = routine_fields(&count);
    has_keys(definition("routine"), fields, count);

    fields = exercise_fields(&count);
    has_keys(definition("exercise"), fields + 1, count - 1);

    struct field file[64] = {fields[0]}; // without "use" and "id"
    assert_true(count < 64);
    memcpy(file + 1, fields + 3, (count - 3) * sizeof *fields);
    has_keys(definition("exercise_file"), file, count - 2);

    fields = exercise_work_fields(&count);
    has_keys(definition("work"), fields, count);
    fields = exercise_rest_fields(&count);
    has_keys(definition("rest"), fields, count);
    fields = minutes_fields(&count);
    has_keys(yaml_item(yaml_get(yaml_get(yaml_get(definition("routine"),
                                                  "properties"),
                                         "minutes"),
                                "anyOf"),
                       1),
             fields, count);
    fields = vary_fields(&count);
    has_keys(definition("variation"), fields, count);
    fields = caution_fields(&count);
    has_keys(yaml_item(yaml_get(definition("caution"), "anyOf"), 1), fields,
             count);
}

static void
every_choice_has_the_words_of_the_reader(void **state)
{
    (void)state;
    size_t                  count;
    const struct field     *fields = exercise_fields(&count);
    const struct field     *sides  = field(fields, count, "sides");
    const struct field     *first  = field(fields, count, "first");
    const struct yaml_node *work   = yaml_get(definition("work"), "properties");
    has_words(definition("sides"), sides->words, sides->choices);
    has_words(definition("first"), first->words, first->choices);

    fields                   = exercise_work_fields(&count);
    const struct field *kind = field(fields, count, "kind");
    has_words(yaml_get(work, "kind"), kind->words, kind->choices);
    has_words(yaml_get(definition("body"), "items"), known_bodies.words,
              known_bodies.count);
}

static void
gates_are_all_there_with_underscores_and_with_blanks(void **state)
{
    (void)state;
    const struct yaml_node *list =
        yaml_get(yaml_get(definition("gates"), "items"), "enum");
    int seen[GATE_COUNT] = {0}, expected = 0;
    for (size_t i = 0; i < yaml_count(list); i++) {
        enum gate gate;
        assert_true(gate_find(&gate, yaml_text(yaml_item(list, i))));
        seen[gate]++;
    }
    for (int i = 0; i < GATE_COUNT; i++) {
        expected = strchr(gate_ids[i], '_') ? 2 : 1;
        assert_int_equal(seen[i], expected);
    }
}

static void
answers_are_those_of_rollcall(void **state)
{
    (void)state;
    const struct yaml_node *properties =
        yaml_get(definition("answers"), "properties");
    assert_int_equal(yaml_count(properties), ANSWER_COUNT);
    for (size_t i = 0; i < ANSWER_COUNT; i++)
        assert_string_equal(yaml_text(yaml_key(properties, i)), answer_keys[i]);
}

static void
limits_are_those_of_the_reader(void **state)
{
    (void)state;
    const struct yaml_node *routine =
        yaml_get(definition("routine"), "properties");
    is_number(definition("title"), "maxLength", ROUTINE_LONGEST_NAME);
    is_number(definition("tool"), "maxLength", ROUTINE_LONGEST_NAME);
    is_number(definition("why"), "maxLength", ROUTINE_LONGEST_LINE);
    is_number(definition("cues"), "maxItems", ROUTINE_MOST_LINES);
    is_number(yaml_get(definition("cues"), "items"), "maxLength",
              ROUTINE_LONGEST_LINE);
    is_number(yaml_item(yaml_get(yaml_get(routine, "minutes"), "anyOf"), 0),
              "maximum", ROUTINE_MOST_MINUTES);
    is_number(yaml_get(routine, "chain"), "maxItems", ROUTINE_MOST_CHAIN);
    is_number(yaml_get(routine, "exercises"), "maxItems",
              ROUTINE_MOST_EXERCISES);
    is_number(yaml_item(yaml_get(definition("sets"), "anyOf"), 0), "maximum",
              ROUTINE_MOST_SETS);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_map_has_the_keys_of_the_reader),
        TEST(every_choice_has_the_words_of_the_reader),
        TEST(gates_are_all_there_with_underscores_and_with_blanks),
        TEST(answers_are_those_of_rollcall),
        TEST(limits_are_those_of_the_reader),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
