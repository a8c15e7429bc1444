// SPDX-License-Identifier: GPL-3.0-or-later
// A session is chosen hands free, here by typed lines, on a device that takes
// sound as fast as it is made.
#include "app/chooser.h"
#include "fake_helper.h"
#include "history/store.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { SAID = 16384 };

static char    said[SAID];
static int64_t leave_at; // frames, 0: never
static int64_t type_at;  // frames, 0: all is there at once
static FILE   *keyboard; // until then
static char    later[64];
static int64_t reached;

static enum status
open_deaf(struct host **out, const struct host_config *config,
          host_render *render, void *ctx, struct diag *diag)
{
    enum status st = fake_host.open(out, config, render, ctx, diag);
    if (!st) (*out)->hears = false;
    return st;
}

// In place of the one that wants a sound card.
const struct host_ops host_portaudio = {"none", open_deaf, NULL, NULL};

static void
count(struct host *host, int64_t frame)
{
    (void)host;
    reached = frame;
    if (!keyboard || frame < type_at) return;
    fputs(later, keyboard);
    fclose(keyboard);
    keyboard = NULL;
}

static bool
leaves(void *ctx)
{
    (void)ctx;
    return leave_at && reached >= leave_at;
}

static void
take(FILE *file, int saved, int fd)
{
    assert_int_equal(dup2(saved, fd), fd);
    close(saved);
    (void)fseek(file, 0, SEEK_SET); // not of a pipe
}

// What is TYPED: a file, or a pipe in which it comes only at TYPE_AT.
static FILE *
typed_lines(const char *typed)
{
    int ends[2];

    if (!type_at) {
        FILE *file = tmpfile();
        assert_non_null(file);
        fputs(typed, file);
        rewind(file);
        return file;
    }
    assert_int_equal(pipe(ends), 0);
    snprintf(later, sizeof later, "%s", typed);
    keyboard = fdopen(ends[1], "w");
    return fdopen(ends[0], "r");
}

// Chooses by what is TYPED; SAID is what it printed.
static struct choice
choose(const char *typed, int patience)
{
    const struct chooser_options options = {.patience = patience,
                                            .leave    = leaves};
    struct report                report  = {0};
    struct diag                  diag    = {""};
    struct choice                choice;
    FILE                        *in = typed_lines(typed), *out = tmpfile();
    int                          stdin_was = dup(0), stderr_was = dup(2);

    assert_true(in && out && stdin_was > 2 && stderr_was > 2);
    fflush(stderr);
    dup2(fileno(in), 0);
    dup2(fileno(out), 2);
    reached        = 0;
    fake_trouble   = count;
    enum status st = chooser_run(&choice, &options, &report, &diag);
    fake_trouble   = NULL;
    fflush(stderr);
    take(in, stdin_was, 0);
    take(out, stderr_was, 2);
    said[fread(said, 1, SAID - 1, out)] = '\0';
    fclose(in);
    fclose(out);
    if (st) fail_msg("%s%s", diag.text, report.text);
    report_release(&report);
    leave_at = type_at = 0;
    return choice;
}

static void
assert_choice(const char *typed, const char *routine, int minutes)
{
    struct choice choice = choose(typed, 0);
    assert_string_equal(choice.routine, routine);
    assert_int_equal(choice.minutes, minutes);
}

static int
times_said(const char *words)
{
    int times = 0;
    for (const char *at = said; (at = strstr(at, words)); at++) times++;
    return times;
}

static void
a_number_is_one_of_those_just_named(void **state)
{
    (void)state;
    assert_choice("1\nready\n", "upper-back", 0);
    // upper-back comes first, the others by their ids, four at a time
    assert_choice("2\nready\n", "calves", 0);
    assert_choice("next\n1\nready\n", "elbows-in", 0);
}

static void
after_the_last_page_comes_the_first(void **state)
{
    (void)state;
    assert_choice("next\nnext\nnext\nnext\nnext\n2\nready\n", "calves", 0);
}

static void
a_name_or_a_part_of_the_body_may_have_a_time(void **state)
{
    (void)state;
    assert_choice("lats\nready\n", "lats", 0);
    assert_choice("hips 10\nready\n", "hips", 10);
    assert_choice("10 minutes\nlats\nready\n", "lats", 10);
    assert_choice("lats\n12 minutes\nready\n", "lats", 12);

    struct choice choice = choose("shoulders 8\nready\n", 0);
    assert_true(*choice.routine);
    assert_int_equal(choice.minutes, 8);
}

static void
what_was_chosen_can_be_taken_back(void **state)
{
    (void)state;
    assert_choice("lats\nno\nready\nhips\nready\n", "hips", 0);
    assert_choice("lats\nhips\nready\n", "hips", 0);
    assert_choice("lats\nquit\n", "", 0);
    assert_non_null(strstr(said, "Goodbye."));
}

static void
nothing_begins_that_was_not_chosen(void **state)
{
    (void)state;
    assert_choice("ready\nstart\nquit\n", "", 0);
    assert_choice("99\nready\nquit\n", "", 0);
}

static void
what_there_is_none_of_is_told(void **state)
{
    (void)state;
    leave_at = 10 * RATE;
    assert_choice("99\n", "", 0);
    assert_int_equal(times_said("I do not have that one."), 1);
}

static void
who_says_nothing_is_asked_twice_and_then_left_alone(void **state)
{
    (void)state;
    struct choice choice = choose("", 5);

    assert_string_equal(choice.routine, "");
    assert_int_equal(times_said("Hello. Which session shall it be?"), 1);
    assert_int_equal(times_said("Say the name of a session"), 2);
    // two silences of 20 s, one of 5, and what was said
    assert_in_range(reached, 45 * RATE, 90 * RATE);
}

static void
who_does_not_say_ready_is_asked_for_it(void **state)
{
    (void)state;
    struct choice choice = choose("lats\n", 1);

    assert_string_equal(choice.routine, "");
    assert_int_equal(times_said("Tell me when you are ready"), 3);
}

static void
it_ends_when_it_is_called_away(void **state)
{
    (void)state;
    leave_at = 3 * RATE;
    assert_choice("lats\n", "", 0);
    assert_in_range(reached, 3 * RATE, 4 * RATE);
}

static void
only_what_was_named_has_a_number(void **state)
{
    (void)state;
    leave_at = 20 * RATE;
    assert_choice("5\n9\n0\n", "", 0);
    assert_int_equal(times_said("I do not have that one."), 1);
}

// ---- what this person did before ----------------------------------------

static int
forget(void **state)
{
    (void)state;
    unlink(fake_path("rollcall/history.db"));
    return 0;
}

// A session of ROUTINE so many days ago, with SECONDS of LEFT and right.
static void
did(const char *routine, const char *muscle, int days, double left,
    double right)
{
    static int           sessions;
    struct store        *store   = NULL;
    struct diag          diag    = {""};
    struct store_session session = {.started = (int64_t)time(NULL) -
                                               days * INT64_C(86400)};
    struct store_segment window  = {.set = 1, .sets = 1, .how = "done"};
    int64_t              id;

    snprintf(session.key, sizeof session.key, "%d", ++sessions);
    snprintf(session.routine, sizeof session.routine, "%s", routine);
    snprintf(window.exercise, sizeof window.exercise, "%s", routine);
    snprintf(window.muscles, sizeof window.muscles, "%s", muscle);
    assert_int_equal(
        store_open(&store, fake_path("rollcall/history.db"), false, &diag), 0);
    assert_int_equal(store_session(store, &session, &id, &diag), 0);
    for (int side = 0; side < 2; side++) {
        window.visit = side;
        window.done  = side ? right : left;
        snprintf(window.side, sizeof window.side, "%s",
                 side ? "right" : "left");
        assert_int_equal(store_segment(store, id, &window, &diag), 0);
    }
    store_close(store);
}

// Calves are due, hips usual, and of lats one side had less.
static void
do_some(void)
{
    did("calves", "calf", 5, 60, 60);
    for (int day = 1; day < 4; day++) did("hips", "hip", day - 1, 60, 60);
    did("lats", "latissimus", 1, 60, 300);
}

static void
what_was_done_before_is_offered(void **state)
{
    (void)state;
    do_some();
    leave_at = 60 * RATE;
    assert_choice("", "", 0);
    const char *due   = strstr(said, "Calves would be due. The last time was 5 "
                                       "days ago.");
    const char *usual = strstr(said, "Or as usual, Hips.");
    const char *less  = strstr(said, "Lately your left side had less: "
                                      "latissimus. Sides of the back is for "
                                      "it.");
    const char *first = strstr(said, "1. Calves.");
    assert_true(due && usual && less && first);
    assert_true(due < usual && usual < less && less < first);
    assert_non_null(strstr(said, "2. Hips."));
    assert_non_null(strstr(said, "3. Sides of the back."));
}

static void
who_says_yes_takes_the_offer_heard_last(void **state)
{
    (void)state;
    do_some();
    type_at = 5 * RATE; // after the first of three
    assert_choice("yes\nready\n", "calves", 0);
    type_at = 60 * RATE;
    assert_choice("yes\nready\n", "lats", 0);
    // nothing was offered yet
    leave_at = 10 * RATE;
    assert_choice("yes\nready\n", "", 0);
}

static void
the_usual_is_chosen_by_that_name(void **state)
{
    (void)state;
    do_some();
    assert_choice("the usual\nready\n", "hips", 0);
    assert_choice("no thanks\nthe first one\ni'm ready\n", "calves", 0);
}

// A language may have few routines; what is usual is one of them.
static void
the_usual_has_its_name_in_every_language(void **state)
{
    (void)state;
    for (int day = 0; day < 3; day++)
        did("upper-back", "trapezius", day, 60, 60);
    setenv("ROLLCALL_LANGUAGE", "de-de", 1);
    leave_at = 60 * RATE;
    assert_choice("das übliche\nlos\n", "upper-back", 0);
    unsetenv("ROLLCALL_LANGUAGE");
}

static void
without_a_history_nothing_is_usual(void **state)
{
    (void)state;
    leave_at = 20 * RATE;
    assert_choice("the usual\n", "", 0);
    assert_int_equal(times_said("I do not have that one."), 1);
    assert_int_equal(times_said("usual"), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_number_is_one_of_those_just_named),
        cmocka_unit_test(after_the_last_page_comes_the_first),
        cmocka_unit_test(a_name_or_a_part_of_the_body_may_have_a_time),
        cmocka_unit_test(what_was_chosen_can_be_taken_back),
        cmocka_unit_test(nothing_begins_that_was_not_chosen),
        cmocka_unit_test(what_there_is_none_of_is_told),
        cmocka_unit_test(who_says_nothing_is_asked_twice_and_then_left_alone),
        cmocka_unit_test(who_does_not_say_ready_is_asked_for_it),
        cmocka_unit_test(it_ends_when_it_is_called_away),
        cmocka_unit_test(only_what_was_named_has_a_number),
        cmocka_unit_test_teardown(what_was_done_before_is_offered, forget),
        cmocka_unit_test_teardown(who_says_yes_takes_the_offer_heard_last,
                                  forget),
        cmocka_unit_test_teardown(the_usual_is_chosen_by_that_name, forget),
        cmocka_unit_test_teardown(the_usual_has_its_name_in_every_language,
                                  forget),
        cmocka_unit_test(without_a_history_nothing_is_usual),
    };
    return cmocka_run_group_tests(tests, fake_set_up, fake_tear_down);
}
