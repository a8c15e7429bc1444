// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/script.h"

#include "base/text.h"
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MICROSECONDS 1000000

// The line being read.
struct reader {
    struct report *report;
    struct place   place;
    char           text[128];
};

static void
problem(struct reader *reader, int column, int width, const char *message)
{
    reader->place.column = column;
    reader->place.width  = width;
    report_add(reader->report, SEVERITY_ERROR, &reader->place, message);
}

// Decimal seconds at *at, moved past; false and a problem where there are none.
static bool
read_time(struct reader *reader, const char **at, int64_t *time)
{
    const char *from  = *at;
    int64_t     value = 0, unit = MICROSECONDS;

    for (; isdigit((unsigned char)**at); ++*at) {
        if (value <= SCRIPT_MOST_HOURS * 3600) value = value * 10 + **at - '0';
    }
    bool digits = *at > from;
    value *= MICROSECONDS;
    if (digits && **at == '.') {
        for (++*at; isdigit((unsigned char)**at); ++*at) {
            unit /= 10;
            value += (**at - '0') * unit;
        }
    }
    int column = (int)(from - reader->text) + 1;
    int width  = (int)strcspn(from, " \t");
    if (!digits || (**at && !isspace((unsigned char)**at))) {
        problem(reader, column, width,
                "expected seconds and a command, for example '41.5 next_set'");
        return false;
    }
    if (value > (int64_t)SCRIPT_MOST_HOURS * 3600 * MICROSECONDS) {
        problem(reader, column, width, "a session is no longer than a day");
        return false;
    }
    *time = value;
    return true;
}

static bool
read_command(struct reader *reader, const char *at, enum command *command)
{
    char message[192];
    int  column = (int)(at - reader->text) + 1;

    if (command_parse(command, at)) return true;
    const char *nearest = text_nearest(at, command_names(), COMMANDS);
    if (!*at)
        snprintf(message, sizeof message,
                 "a command is missing, for example '41.5 next_set'");
    else if (nearest)
        snprintf(message, sizeof message,
                 "unknown command '%s'; did you mean '%s'?", at, nearest);
    else
        snprintf(message, sizeof message,
                 "unknown command '%s'; there are start, next, next_set, "
                 "pause, resume and others: see 'rollcall render --help'",
                 at);
    problem(reader, column, (int)strlen(at), message);
    return false;
}

// True where the line holds a command.
static bool
read_line(struct reader *reader, struct script_line *line, int64_t *latest)
{
    reader->text[strcspn(reader->text, "#\r\n")] = '\0';
    size_t length                                = strlen(reader->text);
    while (length && isspace((unsigned char)reader->text[length - 1]))
        reader->text[--length] = '\0';
    const char *at = reader->text + strspn(reader->text, " \t");
    if (!*at) return false;

    int column = (int)(at - reader->text) + 1;
    if (!read_time(reader, &at, &line->at)) return false;
    at += strspn(at, " \t");
    if (!read_command(reader, at, &line->command)) return false;
    if (line->at < *latest) {
        problem(reader, column, 1,
                "this time is before that of the line above; put the lines "
                "in order");
        return false;
    }
    *latest = line->at;
    return true;
}

static bool
keep(struct script *script, const struct script_line *line)
{
    if ((script->count & (script->count - 1)) == 0) { // grow at powers of two
        size_t room  = script->count ? script->count * 2 : 1;
        void  *grown = realloc(script->lines, room * sizeof script->lines[0]);
        if (!grown) return false;
        script->lines = grown;
    }
    script->lines[script->count++] = *line;
    return true;
}

static enum status
fail(struct report *report, const char *path, enum status st,
     const char *message)
{
    struct place place = {.file = path};
    report_add(report, SEVERITY_ERROR, &place, message);
    return st;
}

static enum status
fail_system(struct report *report, const char *path, int why)
{
    return fail(report, path,
                why == ENOMEM ? STATUS_NO_MEMORY : STATUS_NOT_FOUND,
                strerror(why));
}

enum status
script_parse(struct script *script, const char *name, const char *text,
             size_t length, struct report *report)
{
    struct reader reader = {.report = report, .place.file = name};
    int           before = report->errors;
    int64_t       latest = 0;
    enum status   st     = STATUS_OK;

    memset(script, 0, sizeof *script);
    for (size_t from = 0; from < length && !st;) {
        const char *end  = memchr(text + from, '\n', length - from);
        size_t      size = end ? (size_t)(end - text) - from : length - from;
        struct script_line line;

        reader.place.line++;
        reader.place.excerpt        = text + from;
        reader.place.excerpt_length = size;
        if (size >= sizeof reader.text) {
            problem(&reader, 1, 1,
                    "this line is too long for 'SECONDS COMMAND'");
        } else {
            memcpy(reader.text, text + from, size);
            reader.text[size] = '\0';
            if (read_line(&reader, &line, &latest) && !keep(script, &line))
                st = fail_system(report, name, ENOMEM);
        }
        from += size + 1;
    }
    if (!st && report->errors > before) st = STATUS_BAD_INPUT;
    if (st) script_release(script);
    return st;
}

enum status
script_read(struct script *script, const char *path, struct report *report)
{
    memset(script, 0, sizeof *script);
    FILE *file = fopen(path, "re");
    if (!file) return fail_system(report, path, errno);

    char  *text = malloc(SCRIPT_MOST_BYTES + 1);
    size_t size = text ? fread(text, 1, SCRIPT_MOST_BYTES + 1, file) : 0;

    enum status st = STATUS_OK;
    if (!text)
        st = fail_system(report, path, ENOMEM);
    else if (ferror(file))
        st = fail_system(report, path, errno);
    else if (size > SCRIPT_MOST_BYTES)
        st = fail(report, path, STATUS_NOT_FOUND, "a script is at most 1 MB");
    else
        st = script_parse(script, path, text, size, report);
    (void)fclose(file);
    free(text);
    return st;
}

void
script_release(struct script *script)
{
    free(script->lines);
    memset(script, 0, sizeof *script);
}
