// SPDX-License-Identifier: GPL-3.0-or-later
// What a session prints, and what is typed to it: into files and pipes, and at
// a terminal of a given width.
#include "app/console.h"

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cmocka.h>

enum { RATE = 1000 };

static struct exercise exercises[] = {
    {.title = "Dehnung für die Füße", .kind = WORK_HOLD}};
static const struct routine routine = {
    .title = "Test", .count = 1, .exercises = exercises};
static const struct segment segments[] = {
    {.kind = SEGMENT_INTRO, .exercise = -1},
    {.kind = SEGMENT_WORK, .set = 2, .sets = 3, .side = SIDE_LEFT}};
static const struct plan plan = {
    .rate = RATE, .routine = &routine, .count = 2, .segments = segments};

static struct console console;
static int            typing = -1; // the other end of stdin
static int            saved[2];
static char           printed[8192];

// STDIN and STDERR from now on, which are taken over.
static void
open_console(int in, int out)
{
    fflush(stderr);
    saved[0] = dup(STDIN_FILENO);
    saved[1] = dup(STDERR_FILENO);
    assert_true(in > 2 && out > 2 && saved[0] > 2 && saved[1] > 2);
    dup2(in, STDIN_FILENO);
    dup2(out, STDERR_FILENO);
    close(in);
    close(out);
    console = (struct console){.typed = NULL};
    console_open(&console);
}

static void
close_console(void)
{
    console_close(&console);
    fflush(stderr);
    dup2(saved[0], STDIN_FILENO);
    dup2(saved[1], STDERR_FILENO);
    close(saved[0]);
    close(saved[1]);
    if (typing >= 0) close(typing);
    typing = -1;
}

static void
type(const char *text)
{
    assert_int_equal(write(typing, text, strlen(text)), strlen(text));
}

// In pipes; what is printed is to be read from the returned file.
static int
open_piped(void)
{
    int in[2], out[2];

    assert_int_equal(pipe(in), 0);
    assert_int_equal(pipe(out), 0);
    typing = in[1];
    open_console(in[0], out[1]);
    assert_false(console.live || console.prompts);
    return out[0];
}

// What was printed so far.  A terminal hands it over a little later, and not
// always in one piece.
static const char *
read_printed(int from)
{
    struct pollfd there = {.fd = from, .events = POLLIN};
    size_t        count = 0;

    fflush(stderr);
    fcntl(from, F_SETFL, O_NONBLOCK);
    while (count < sizeof printed - 1 && poll(&there, 1, 100) == 1) {
        ssize_t length =
            read(from, printed + count, sizeof printed - 1 - count);
        if (length <= 0) break;
        count += (size_t)length;
    }
    printed[count] = '\0';
    return printed;
}

static void
lines_come_whole_and_trimmed_and_in_small_letters(void **state)
{
    int from = open_piped();

    (void)state;
    assert_null(console_line(&console));
    type("Next");
    assert_null(console_line(&console));
    type(" SET \t\r\n\n   \nlats 10\n");
    assert_string_equal(console_line(&console), "next set");
    assert_string_equal(console_line(&console), "lats 10");
    assert_null(console_line(&console));
    close_console();
    close(from);
}

static void
what_is_too_long_or_no_text_is_passed_over(void **state)
{
    char text[600];
    int  from = open_piped();

    (void)state;
    memset(text, 'x', sizeof text - 2);
    strcpy(text + sizeof text - 2, "\n");
    type(text);
    type("\033\177no\b\n");
    assert_int_equal(strlen(console_line(&console)), sizeof console.line - 1);
    assert_string_equal(console_line(&console), "no");
    close_console();
    close(from);
}

// Lines that never end are taken a few at a time, in order, and none is lost.
static void
what_is_more_than_a_look_takes_waits_for_the_next(void **state)
{
    char wanted[32];
    int  next = 0, from = open_piped();

    (void)state;
    for (int i = 0; i < 100; i++) {
        snprintf(wanted, sizeof wanted, "minutes %d\n", i);
        type(wanted);
    }
    for (int looks = 0; looks < 13; looks++) {
        const char *line;
        console_look(&console);
        for (int i = 0; (line = console_line(&console)); i++) {
            assert_in_range(i, 0, 7);
            snprintf(wanted, sizeof wanted, "minutes %d", next++);
            assert_string_equal(line, wanted);
        }
    }
    assert_int_equal(next, 100);
    close_console();
    close(from);
}

// Nor does one line without an end, or empty ones, keep a look from its end.
static void
a_look_at_what_has_no_lines_ends(void **state)
{
    enum command command;
    int          zeros = open("/dev/zero", O_RDONLY);
    int          nulls = open("/dev/null", O_WRONLY);

    (void)state;
    open_console(zeros, nulls);
    console_look(&console);
    assert_null(console_line(&console));
    assert_false(console_command(&console, &command));
    assert_false(console.closed);
    close_console();
}

static void
the_end_of_what_is_typed_ends_nothing_else(void **state)
{
    enum command command;
    int          from = open_piped();

    (void)state;
    type("pause");
    close(typing);
    typing = -1;
    assert_false(console_command(&console, &command));
    assert_true(console.closed);
    assert_false(console_command(&console, &command));
    close_console();
    close(from);
}

static void
commands_are_names_or_phrases(void **state)
{
    enum command command;
    int          from = open_piped();

    (void)state;
    type("next_set\nsay that again\nPAUSE\n");
    assert_true(console_command(&console, &command));
    assert_int_equal(command, COMMAND_NEXT_SET);
    assert_true(console_command(&console, &command));
    assert_int_equal(command, COMMAND_REPEAT);
    assert_true(console_command(&console, &command));
    assert_int_equal(command, COMMAND_PAUSE);
    assert_false(console_command(&console, &command));
    assert_string_equal(read_printed(from), "");
    close_console();
    close(from);
}

static void
what_is_none_is_told_with_the_nearest_one(void **state)
{
    enum command command;
    int          from = open_piped();

    (void)state;
    type("paus\nzzzzzzzzzzzzzz\nresume\n");
    assert_true(console_command(&console, &command));
    assert_int_equal(command, COMMAND_RESUME);
    assert_string_equal(
        read_printed(from),
        "        'paus' is no command; did you mean 'pause'?\n"
        "        'zzzzzzzzzzzzzz' is no command; try next, next set, repeat, "
        "pause or help\n");
    close_console();
    close(from);
}

static void
mute_and_unmute_are_its_own(void **state)
{
    enum command command;
    int          from = open_piped();

    (void)state;
    type("mute\n");
    assert_false(console_command(&console, &command));
    assert_true(console.muted);
    assert_non_null(strstr(read_printed(from), "hears nothing until"));
    type("unmute\n");
    assert_false(console_command(&console, &command));
    assert_false(console.muted);
    assert_non_null(strstr(read_printed(from), "hears again"));
    close_console();
    close(from);
}

static void
a_segment_is_a_line_with_its_place(void **state)
{
    const struct ear_heard heard = {.phrase = "next set", .confidence = 0.874};
    int                    from  = open_piped();

    (void)state;
    console_segment(&console, 0, &plan, &segments[0], 4200);
    console_segment(&console, 754.9, &plan, &segments[1], 30000);
    console_heard(&console, &heard);
    console_unsure(&console);
    // no line that lives
    console_tick(&console, &plan, &segments[1], 100, 30000, false);
    assert_string_equal(read_printed(from),
                        "  0:00  welcome         4 s\n"
                        " 12:34  hold           30 s  Dehnung für die Füße, "
                        "set 2 of 3, left side\n"
                        "        heard \"next set\" (87 %)\n"
                        "        heard somebody, but not what\n");
    close_console();
    close(from);
}

// ---- a terminal ----

static int
open_terminal(unsigned short columns, bool prompts)
{
    struct winsize size = {.ws_row = 24, .ws_col = columns};
    int            in[2], master, slave;

    assert_int_equal(openpty(&master, &slave, NULL, NULL, &size), 0);
    assert_int_equal(pipe(in), 0);
    if (prompts) {
        close(in[0]);
        in[0] = dup(slave);
        close(in[1]);
    } else {
        typing = in[1];
    }
    open_console(in[0], slave);
    assert_true(console.live);
    assert_int_equal(console.prompts, prompts);
    return master;
}

static const char *
ticked(int from, int64_t elapsed, int64_t length, bool paused)
{
    console_tick(&console, &plan, &segments[1], elapsed, length, paused);
    return read_printed(from);
}

static void
the_line_that_lives_shows_how_much_is_left(void **state)
{
    int from = open_terminal(120, false);

    (void)state;
    assert_string_equal(ticked(from, 15000, 30000, false),
                        "\r[############            ] 0:16  Dehnung für die "
                        "Füße, hold, set 2 of 3, left\033[K");
    // nothing new, nothing printed
    assert_string_equal(ticked(from, 15000, 30000, false), "");
    assert_non_null(strstr(ticked(from, 15000, 30000, true), "paused: Dehn"));
    // before its begin and after its end the bar stays what it is
    assert_non_null(strstr(ticked(from, -5000, 30000, false),
                           "[                        ]"));
    assert_non_null(strstr(ticked(from, 40000, 30000, false),
                           "[########################] 0:00"));
    assert_non_null(strstr(ticked(from, 0, 0, false), "[####"));
    console_clear(&console);
    assert_string_equal(read_printed(from), "\r\033[K");
    console_clear(&console);
    assert_string_equal(read_printed(from), "");
    close_console();
    close(from);
}

static void
what_was_heard_last_stays_there(void **state)
{
    const struct ear_heard heard = {.phrase = "a bit longer", .confidence = 1};
    int                    from  = open_terminal(120, false);

    (void)state;
    console_heard(&console, &heard);
    assert_non_null(
        strstr(ticked(from, 0, 30000, false), "left  \"a bit longer\"\033[K"));
    close_console();
    close(from);
}

// Characters, not bytes: those of two bytes are cut between, never in.
static void
it_never_fills_a_narrow_terminal(void **state)
{
    (void)state;
    for (unsigned short columns = 20; columns < 70; columns++) {
        int    from = open_terminal(columns, false);
        size_t most = columns - 1u, cells = 0;
        char  *end;

        assert_int_equal(strncmp(ticked(from, 0, 30000, false), "\r[ ", 3), 0);
        end = strstr(printed, "\033[K");
        assert_non_null(end);
        for (char *c = printed + 1; c < end; c++)
            cells += ((unsigned char)*c & 0xC0) != 0x80;
        assert_int_equal(cells, most);
        assert_int_not_equal((unsigned char)end[-1], 0xC3); // half a letter
        close_console();
        close(from);
    }
}

static void
where_one_can_type_it_stands_above_the_prompt(void **state)
{
    int from = open_terminal(80, true);

    (void)state;
    // its first time with a prompt below, then redrawn in place
    assert_non_null(strstr(ticked(from, 0, 30000, false), "\r\n> "));
    ticked(from, 2000, 30000, false);
    assert_int_equal(strncmp(printed, "\0337\033[1A\r[", 8), 0);
    assert_non_null(strstr(printed, "\033[K\0338"));
    // a typed line has moved the cursor down: both lines are taken away
    assert_int_equal(write(from, "Pause\n", 6), 6);
    enum command command = COMMANDS;
    for (int i = 0; i < 3000 && command == COMMANDS; i++)
        if (!console_command(&console, &command)) usleep(10000);
    assert_int_equal(command, COMMAND_PAUSE);
    assert_non_null(strstr(read_printed(from),
                           "\033[2A\r\033[J        typed \"pause\"\r\n"));
    close_console();
    close(from);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_come_whole_and_trimmed_and_in_small_letters),
        cmocka_unit_test(what_is_too_long_or_no_text_is_passed_over),
        cmocka_unit_test(what_is_more_than_a_look_takes_waits_for_the_next),
        cmocka_unit_test(a_look_at_what_has_no_lines_ends),
        cmocka_unit_test(the_end_of_what_is_typed_ends_nothing_else),
        cmocka_unit_test(commands_are_names_or_phrases),
        cmocka_unit_test(what_is_none_is_told_with_the_nearest_one),
        cmocka_unit_test(mute_and_unmute_are_its_own),
        cmocka_unit_test(a_segment_is_a_line_with_its_place),
        cmocka_unit_test(the_line_that_lives_shows_how_much_is_left),
        cmocka_unit_test(what_was_heard_last_stays_there),
        cmocka_unit_test(it_never_fills_a_narrow_terminal),
        cmocka_unit_test(where_one_can_type_it_stands_above_the_prompt),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
