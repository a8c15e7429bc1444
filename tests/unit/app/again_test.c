// SPDX-License-Identifier: GPL-3.0-or-later
// A session carried over into a fresh start of the program: this program
// starts itself.
#include "app/again.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static const struct cue cues[] = {
    {.length = 1000, .text = "Lie down.", .instruction = true}};
static const struct segment segments[] = {
    {.kind = SEGMENT_INTRO, .exercise = -1, .length = 5000},
    {.kind     = SEGMENT_SETUP,
     .exercise = 0,
     .length   = 5000,
     .count    = 1,
     .cues     = cues}};

static struct plan plan[2] = {{.rate = 1000, .count = 2, .segments = segments},
                              {.rate = 1000, .count = 1, .segments = segments}};
static const struct plan_set plans = {
    .plan = {[LEVEL_DEEP]   = {[TALK_BRIEF] = &plan[0]},
             [LEVEL_GENTLE] = {[TALK_QUIET] = &plan[1]}}};
static const struct plan_set others; // none at all

static struct session      session;
static struct session_undo undo;
static struct again        again;

static const struct plan_voice voice = {.rate = 1000};

// In the setup, 2 s after its start, its words said.
static int
set_up(void **state)
{
    (void)state;
    memset(&again, 0, sizeof again);
    memset(&session, 0, sizeof session);
    session.plans        = &plans;
    session.plan         = &plan[0];
    session.level        = LEVEL_DEEP;
    session.talk         = TALK_BRIEF;
    session.segment      = 1;
    session.length       = 5000;
    session.held         = true;
    session.elapsed      = 2000;
    session.cursor       = 1;
    session.speech_until = 1000;
    session.instruction  = 0;
    session.gain         = -6;
    session.last_text    = "Lie down.";
    undo.there           = true;
    unsetenv("ROLLCALL_AGAIN");
    return 0;
}

static void
it_comes_back_as_it_was_and_at_home(void **state)
{
    struct session back;

    (void)state;
    again_save(&again, &session, &plans, 123456);
    assert_int_equal(again.frame, 123456);
    assert_true(again_restore(&again, &back, &plans, &voice, &undo));
    assert_ptr_equal(back.plan, &plan[0]);
    assert_ptr_equal(back.plans, &plans);
    assert_ptr_equal(back.undo, &undo);
    assert_int_equal(back.segment, 1);
    assert_int_equal(back.elapsed, 2000);
    assert_int_equal(back.gain, -6);
    assert_string_equal(back.last_text, "Lie down.");
    assert_ptr_not_equal(back.last_text, session.last_text);
    assert_false(back.cut_short);
    assert_false(undo.there); // what was before cannot be undone any more
}

static void
words_that_broke_off_are_to_be_said_again(void **state)
{
    (void)state;
    session.elapsed = 999;
    again_save(&again, &session, &plans, 0);
    assert_true(again.session.cut_short);
    session.elapsed = 1000;
    again_save(&again, &session, &plans, 0);
    assert_false(again.session.cut_short);
    session.cut_short = true; // by "stop", before
    again_save(&again, &session, &plans, 0);
    assert_true(again.session.cut_short);
}

// A segment may be of other plans than the session will go on with.
static void
the_plan_under_way_is_found(void **state)
{
    (void)state;
    session.plan        = &plan[1];
    session.segment     = 0;
    session.instruction = -1;
    again_save(&again, &session, &plans, 0);
    assert_int_equal(again.level, LEVEL_GENTLE);
    assert_int_equal(again.talk, TALK_QUIET);
}

static void
what_does_not_fit_the_plans_is_refused(void **state)
{
    struct session back;

    (void)state;
    again_save(&again, &session, &plans, 0);
    assert_false(again_restore(&again, &back, &others, &voice, &undo));
    again.session.segment = 2;
    assert_false(again_restore(&again, &back, &plans, &voice, &undo));
    // nothing to repeat where there is no such line
    again.session.segment     = 0;
    again.session.instruction = 3;
    assert_true(again_restore(&again, &back, &plans, &voice, &undo));
    assert_int_equal(back.instruction, -1);
}

static void
what_is_no_such_parcel_is_not_taken(void **state)
{
    static char parcel[2 * sizeof(struct again)];
    char        number[16];

    (void)state;
    assert_false(again_waits());
    assert_false(again_take(&again));
    setenv("ROLLCALL_AGAIN", "1", 1); // never a standard stream
    assert_true(again_waits());
    assert_false(again_take(&again));
    assert_false(again_waits()); // once
    setenv("ROLLCALL_AGAIN", "9999", 1);
    assert_false(again_take(&again));
    setenv("ROLLCALL_AGAIN", "nonsense", 1);
    assert_false(again_take(&again));
    for (size_t size = 0; size <= sizeof parcel; size += sizeof parcel / 2) {
        FILE *file = tmpfile();
        assert_non_null(file);
        assert_int_equal(fwrite(parcel, 1, size, file), size);
        fflush(file);
        int fd = dup(fileno(file));
        fclose(file);
        snprintf(number, sizeof number, "%d", fd);
        setenv("ROLLCALL_AGAIN", number, 1);
        assert_false(again_take(&again));
        assert_int_equal(fcntl(fd, F_GETFD), -1);
    }
}

// In the fresh start: whether all has arrived.
static int
start_again(int argc, char **argv)
{
    bool good = argc == 4 && strcmp(argv[1], "play") == 0 &&
                strcmp(argv[2], "lats") == 0 &&
                strcmp(argv[3], "--sets=2") == 0;

    good = good && again_take(&again) && !again_waits();
    good = good && again.frame == 123456 && again.tries == 3 && again.paused &&
           again.screening && strcmp(again.thread.key, "0011") == 0 &&
           strcmp(again.last_text, "Lie down.") == 0 &&
           again.session.elapsed == 2000;
    return good ? 42 : 43;
}

static void
a_fresh_start_gets_the_session_and_the_arguments(void **state)
{
    char  name[] = "rollcall play", routine[] = "lats", sets[] = "--sets=2";
    char *arguments[] = {name, routine, sets, NULL};
    int   status;

    (void)state;
    again_save(&again, &session, &plans, 123456);
    again.tries     = 3;
    again.paused    = true;
    again.screening = true;
    strcpy(again.thread.key, "0011");
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        again_start(&again, arguments);
        _exit(1);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 42);
}

int
main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(it_comes_back_as_it_was_and_at_home, set_up),
        cmocka_unit_test_setup(words_that_broke_off_are_to_be_said_again,
                               set_up),
        cmocka_unit_test_setup(the_plan_under_way_is_found, set_up),
        cmocka_unit_test_setup(what_does_not_fit_the_plans_is_refused, set_up),
        cmocka_unit_test_setup(what_is_no_such_parcel_is_not_taken, set_up),
        cmocka_unit_test_setup(a_fresh_start_gets_the_session_and_the_arguments,
                               set_up),
    };
    if (again_waits()) return start_again(argc, argv);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
