// SPDX-License-Identifier: GPL-3.0-or-later
// Plans of the routines that come with rollcall, and the timetable people
// read.  Speech takes 60 ms a letter, so that no voice matters here.
#include "base/path.h"
#include "plan/layout.h"
#include "plan/timetable.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define RATE 1000

static struct phrasebook *book;
static struct routine    *routine;
static struct plan       *plan;

static int64_t
sixty_a_letter(void *ctx, const char *text)
{
    (void)ctx;
    return 60 * (int64_t)strlen(text);
}

static void
compile(const char *id, const struct plan_options *options)
{
    char              share[PATH_SIZE], path[PATH_SIZE], name[64];
    struct report     report = {0};
    struct diag       diag   = {0};
    struct plan_voice voice  = {.rate = RATE, .length = sixty_a_letter};

    assert_true(path_share(share));
    path_join(path, share, "voices/en-us/phrases.yaml");
    assert_int_equal(phrasebook_read(&book, path, &report), STATUS_OK);
    snprintf(name, sizeof name, "routines/%s.yaml", id);
    path_join(path, share, name);
    assert_int_equal(routine_read(&routine, path, &report), STATUS_OK);
    voice.book = book;
    assert_int_equal(plan_compile(&plan, routine, options, &voice, &diag),
                     STATUS_OK);
    report_release(&report);
}

static int
release(void **state)
{
    (void)state;
    plan_free(plan);
    routine_free(routine);
    phrasebook_free(book);
    plan    = NULL;
    routine = NULL;
    book    = NULL;
    return 0;
}

// The timetable as the golden file NAME has it.
static void
assert_golden(const char *name)
{
    char        path[PATH_SIZE], folder[PATH_SIZE];
    char       *printed = NULL, *expected = calloc(1, 1 << 16);
    size_t      size = 0;
    const char *tree = getenv("ROLLCALL_SOURCE");

    assert_non_null(tree);
    path_join(folder, tree, "tests/golden/plan");
    path_join(path, folder, name);
    FILE *out = open_memstream(&printed, &size);
    timetable_print(plan, true, out);
    fclose(out);
    if (getenv("GOLDEN_UPDATE")) { // then read the difference before a commit
        FILE *file = fopen(path, "w");
        assert_non_null(file);
        fputs(printed, file);
        fclose(file);
    }
    FILE *in = fopen(path, "r");
    assert_non_null(in);
    expected[fread(expected, 1, (1 << 16) - 1, in)] = '\0';
    fclose(in);
    assert_string_equal(printed, expected);
    free(printed);
    free(expected);
}

static void
the_timetable_of_upper_back(void **state)
{
    (void)state;
    compile("upper-back", &(struct plan_options){.level = LEVEL_STANDARD});
    assert_golden("upper-back.txt");
}

static void
the_timetable_of_a_deep_brief_listening_lats(void **state)
{
    (void)state;
    compile("lats", &(struct plan_options){.level     = LEVEL_DEEP,
                                           .talk      = TALK_BRIEF,
                                           .sets      = 2,
                                           .listening = true,
                                           .attended  = true});
    assert_golden("lats.txt");
}

static int64_t
first_work(void)
{
    for (size_t i = 0; i < plan->count; i++) {
        if (plan->segments[i].kind == SEGMENT_WORK)
            return plan->segments[i].length;
    }
    return -1;
}

static void
a_level_picks_its_end_of_the_dose(void **state)
{
    (void)state;
    compile("upper-back", &(struct plan_options){.level = LEVEL_GENTLE});
    assert_int_equal(first_work(), 30000);
    release(state);
    compile("upper-back", &(struct plan_options){.level = LEVEL_STANDARD});
    assert_int_equal(first_work(), 35000);
    release(state);
    compile("upper-back", &(struct plan_options){.level = LEVEL_DEEP});
    assert_int_equal(first_work(), 40000);
}

// Every cue inside its segment, none over another, every count whole.
static void
assert_laid_out(const struct segment *segment)
{
    int64_t at[PLAN_MOST_CUES];

    layout_place(segment, RATE, segment->length, at);
    for (size_t i = 0; i < segment->count; i++) {
        if (segment->cues[i].importance == IMPORTANCE_COUNT)
            assert_int_not_equal(at[i], LAYOUT_DROPPED);
        if (at[i] == LAYOUT_DROPPED) continue;
        int64_t end = at[i] + segment->cues[i].length;
        assert_in_range(end, 0, segment->length);
        for (size_t j = 0; j < segment->count; j++) {
            if (i == j || at[j] == LAYOUT_DROPPED) continue;
            assert_true(end <= at[j] ||
                        at[j] + segment->cues[j].length <= at[i]);
        }
    }
}

// CHECK for every segment of every routine in every level and talk.
static void
for_all(void (*check)(const struct segment *segment))
{
    char   share[PATH_SIZE], folder[PATH_SIZE];
    char   id[64];
    size_t routines = 0;

    assert_true(path_share(share));
    path_join(folder, share, "routines");
    DIR *dir = opendir(folder);
    assert_non_null(dir);
    for (struct dirent *entry; (entry = readdir(dir));) {
        size_t length = strlen(entry->d_name);
        if (length < 6 || length > sizeof id ||
            strcmp(entry->d_name + length - 5, ".yaml") != 0)
            continue;
        snprintf(id, sizeof id, "%.*s", (int)length - 5, entry->d_name);
        for (int i = 0; i < LEVELS * TALKS; i++) {
            compile(id, &(struct plan_options){.level = (enum level)(i / TALKS),
                                               .talk = (enum talk)(i % TALKS)});
            for (size_t n = 0; n < plan->count; n++) check(&plan->segments[n]);
            release(NULL);
        }
        routines++;
    }
    closedir(dir);
    assert_true(routines >= 10);
}

static void
in_every_routine_level_and_talk_all_cues_fit(void **state)
{
    (void)state;
    for_all(assert_laid_out);
}

static void
assert_calm_end(const struct segment *segment)
{
    int64_t at[PLAN_MOST_CUES];
    bool    shorter = segment->length < 20 * RATE;
    int64_t end = segment->length - (shorter ? segment->length / 2 : 10 * RATE);

    if (segment->kind != SEGMENT_WORK || segment->open) return;
    layout_place(segment, RATE, segment->length, at);
    for (size_t i = 0; i < segment->count; i++) {
        const struct cue *cue = &segment->cues[i];
        if (at[i] == LAYOUT_DROPPED || cue->importance >= IMPORTANCE_HALFWAY)
            continue;
        assert_true(at[i] + cue->length <= end);
    }
}

static void
only_counts_are_said_in_the_last_ten_seconds_of_any_window(void **state)
{
    (void)state;
    for_all(assert_calm_end);
}

static void
no_rest_follows_the_last_set(void **state)
{
    (void)state;
    compile("upper-back", &(struct plan_options){.level = LEVEL_STANDARD});
    for (size_t i = 0; i < plan->count; i++) {
        const struct segment *segment = &plan->segments[i];
        if (segment->kind == SEGMENT_REST)
            assert_true(segment->set < segment->sets);
    }
}

static void
durations_are_said_as_people_say_them(void **state)
{
    (void)state;
    char text[PHRASE_SIZE];
    compile("upper-back", &(struct plan_options){.level = LEVEL_STANDARD});
    phrase_duration(text, book, 1);
    assert_string_equal(text, "1 second");
    phrase_duration(text, book, 40);
    assert_string_equal(text, "40 seconds");
    phrase_duration(text, book, 60);
    assert_string_equal(text, "1 minute");
    phrase_duration(text, book, 80);
    assert_string_equal(text, "1 minute 20 seconds");
    phrase_duration(text, book, 633);
    assert_string_equal(text, "11 minutes");
}

int
main(void)
{
#define T(name) cmocka_unit_test_teardown(name, release)
    const struct CMUnitTest tests[] = {
        T(the_timetable_of_upper_back),
        T(the_timetable_of_a_deep_brief_listening_lats),
        T(a_level_picks_its_end_of_the_dose),
        T(in_every_routine_level_and_talk_all_cues_fit),
        T(only_counts_are_said_in_the_last_ten_seconds_of_any_window),
        T(no_rest_follows_the_last_set),
        T(durations_are_said_as_people_say_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
