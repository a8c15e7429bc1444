// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console.h"

#include "app/typed.h"
#include "base/text.h"
#include <ctype.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static const char *
segment_words(enum segment_kind kind)
{
    static const char *const words[SEGMENT_KINDS] = {
        [SEGMENT_INTRO] = "welcome",   [SEGMENT_SETUP] = "how to",
        [SEGMENT_READY] = "get ready", [SEGMENT_LEAD_IN] = "lead-in",
        [SEGMENT_WORK] = "roll",       [SEGMENT_CHANGE] = "change sides",
        [SEGMENT_REST] = "rest",       [SEGMENT_QUESTION] = "question",
        [SEGMENT_OUTRO] = "the end",
    };
    return words[kind];
}

static const char *
work_words(const struct exercise *exercise)
{
    static const char *const words[] = {"roll", "hold", "free"};
    return words[exercise->kind];
}

void
console_open(struct console *console)
{
    console->live    = isatty(STDERR_FILENO) == 1;
    console->prompts = isatty(STDIN_FILENO) == 1;
    console->typed   = typed_open("commands.yaml");
    console_look(console);
}

void
console_close(struct console *console)
{
    console_clear(console);
    typed_close(console->typed);
    console->typed = NULL;
}

void
console_clear(struct console *console)
{
    if (console->drawn)
        fputs(console->prompts ? "\r\033[1A\033[J" : "\r\033[K", stderr);
    console->drawn = false;
}

static const char *
kind_words(const struct plan *plan, const struct segment *segment)
{
    const struct exercise *exercise = plan_exercise(plan, segment);
    return segment->kind == SEGMENT_WORK && exercise
               ? work_words(exercise)
               : segment_words(segment->kind);
}

// ", set 2 of 3, left side"
static void
print_place(const struct segment *segment)
{
    if (segment->set)
        fprintf(stderr, ", set %d of %d", segment->set, segment->sets);
    if (segment->side) fprintf(stderr, ", %s side", side_name(segment->side));
}

void
console_segment(struct console *console, double seconds,
                const struct plan *plan, const struct segment *segment,
                int64_t length)
{
    const struct exercise *exercise = plan_exercise(plan, segment);
    int                    whole    = (int)seconds;

    console_clear(console);
    fprintf(stderr, "%3d:%02d  %-12s %4.0f s", whole / 60, whole % 60,
            kind_words(plan, segment), (double)length / plan->rate);
    if (exercise) fprintf(stderr, "  %s", exercise->title);
    print_place(segment);
    fputc('\n', stderr);
}

void
console_heard(struct console *console, const struct ear_heard *heard)
{
    console_clear(console);
    fprintf(stderr, "        heard \"%s\" (%.0f %%)\n", heard->phrase,
            heard->confidence * 100);
    text_copy(console->heard, sizeof console->heard, heard->phrase);
}

void
console_unsure(struct console *console)
{
    console_clear(console);
    fputs("        heard somebody, but not what\n", stderr);
}

#define BAR  24
#define LINE 512 // bytes of the line that lives

// Cells of the terminal's line, less one: a full one would wrap.
static size_t
columns(void)
{
    struct winsize size = {0};
    if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col < 20)
        return 79;
    return size.ws_col - 1u;
}

// Cuts TEXT to so many characters.
static void
clip(char *text, size_t most)
{
    for (; *text; text++) {
        if (((unsigned char)*text & 0xC0) == 0x80) continue;
        if (most-- == 0) {
            *text = '\0';
            return;
        }
    }
}

static void
add(char line[LINE], const char *text)
{
    size_t used = strlen(line);
    text_copy(line + used, LINE - used, text);
}

static void
add_place(char line[LINE], const struct plan *plan,
          const struct segment *segment)
{
    const struct exercise *exercise = plan_exercise(plan, segment);
    char                   set[48];

    if (exercise) {
        add(line, exercise->title);
        add(line, ", ");
    }
    add(line, kind_words(plan, segment));
    if (segment->set) {
        snprintf(set, sizeof set, ", set %d of %d", segment->set,
                 segment->sets);
        add(line, set);
    }
    if (segment->side) {
        add(line, ", ");
        add(line, side_name(segment->side));
    }
}

// The line above the one on which somebody may be typing; or, where nobody
// can, this line.
static void
draw(struct console *console, const char *line)
{
    if (strcmp(line, console->shown) == 0 && console->drawn) return;
    text_copy(console->shown, sizeof console->shown, line);
    if (!console->prompts)
        fprintf(stderr, "\r%s\033[K", line);
    else if (console->drawn)
        fprintf(stderr, "\0337\033[1A\r%s\033[K\0338", line);
    else
        fprintf(stderr, "%s\n> ", line);
    fflush(stderr);
    console->drawn = true;
}

void
console_tick(struct console *console, const struct plan *plan,
             const struct segment *segment, int64_t elapsed, int64_t length,
             bool paused)
{
    char line[LINE];
    int  left = (int)((length - elapsed) / plan->rate) + 1;

    if (!console->live) return;
    if (elapsed < 0) elapsed = 0;
    if (elapsed > length) elapsed = length;
    if (left < 0) left = 0;
    int marks = length > 0 ? (int)(elapsed * BAR / length) : BAR;

    snprintf(line, sizeof line, "[%.*s%*s] %d:%02d  %s", marks,
             "########################", BAR - marks, "", left / 60, left % 60,
             paused ? "paused: " : "");
    add_place(line, plan, segment);
    if (*console->heard) {
        add(line, "  \"");
        add(line, console->heard);
        add(line, "\"");
    }
    clip(line, columns());
    draw(console, line);
}

static void
tell_unknown(const char *line)
{
    const char *nearest = text_nearest(line, command_names(), COMMANDS);

    fprintf(stderr, "        '%s' is no command", line);
    if (nearest)
        fprintf(stderr, "; did you mean '%s'?\n", nearest);
    else
        fprintf(stderr, "; try next, next set, repeat, pause or help\n");
}

// The line gathered, without its end, in small letters; NULL where it is empty.
static const char *
end_line(struct console *console)
{
    char *line = console->line;

    if (console->drawn && console->prompts) { // it is one line further down
        fputs("\033[2A\r\033[J", stderr);
        console->drawn = false;
    }
    while (console->length && isspace((unsigned char)line[console->length - 1]))
        console->length--;
    line[console->length] = '\0';
    console->length       = 0;
    for (char *c = line; *c; c++) *c = (char)tolower((unsigned char)*c);
    if (console->live && *line) fprintf(stderr, "        typed \"%s\"\n", line);
    return *line ? line : NULL;
}

#define LOOK_LINES 8
#define LOOK_BYTES 1024 // lines as long as they are taken

void
console_look(struct console *console)
{
    console->lines = LOOK_LINES;
    console->bytes = LOOK_BYTES;
}

// One byte of stdin, without waiting.
static bool
next_byte(struct console *console, char *byte)
{
    struct pollfd ready = {.fd = STDIN_FILENO, .events = POLLIN};

    if (console->closed || console->bytes == 0) return false;
    if (poll(&ready, 1, 0) <= 0) return false;
    console->bytes--;
    if (read(STDIN_FILENO, byte, 1) == 1) return true;
    console->closed = true; // the end, or no stdin at all
    return false;
}

// What is too long for a line is passed over.
const char *
console_line(struct console *console)
{
    char byte;

    while (console->lines > 0 && next_byte(console, &byte)) {
        const char *line = byte == '\n' ? end_line(console) : NULL;
        if (line) {
            console->lines--;
            return line;
        }
        bool plain = (unsigned char)byte >= ' ' && byte != 0x7F;
        if (plain && console->length + 1 < sizeof console->line)
            console->line[console->length++] = byte;
    }
    return NULL;
}

// False: LINE is about something else.
static bool
take_mute(struct console *console, const char *line)
{
    bool mute = strcmp(line, "mute") == 0;

    if (!mute && strcmp(line, "unmute") != 0) return false;
    console->muted = mute;
    console_clear(console);
    fputs(mute ? "        the microphone hears nothing until \"unmute\"\n"
               : "        the microphone hears again\n",
          stderr);
    return true;
}

bool
console_command(struct console *console, enum command *command)
{
    const char *line;

    while ((line = console_line(console))) {
        if (take_mute(console, line)) continue;
        if (typed_command(console->typed, command, line)) return true;
        console_clear(console);
        tell_unknown(line);
    }
    return false;
}
