// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.h"
#include "yaml/tree.h"

#include <stdio.h>
#include <string.h>

// Characters, not bytes, between two offsets.
static int
characters(const char *text, size_t from, size_t to)
{
    int count = 0;
    for (size_t i = from; i < to; i++) {
        if (((unsigned char)text[i] & 0xC0) != 0x80) count++;
    }
    return count;
}

int
source_line(const struct source *source, size_t at)
{
    int line = 1;
    for (size_t i = 0; i < at && i < source->length; i++) {
        if (source->text[i] == '\n') line++;
    }
    return line;
}

// The C0 and C1 control characters and DEL, as UTF-8, made visible.
static void
disarm(char *text)
{
    unsigned char *c = (unsigned char *)text;
    for (; *c; c++) {
        if (*c < 0x20 || *c == 0x7F) *c = '?';
        if (c[0] == 0xC2 && c[1] >= 0x80 && c[1] < 0xA0) c[0] = c[1] = '?';
    }
}

// Where AT is: its line, its column, and the line itself.
static struct place
locate(const struct source *source, size_t at, size_t width)
{
    const char  *text  = source->text;
    struct place place = {.file = source->name};
    size_t       start, end;

    if (at > source->length) at = source->length;
    for (start = at; start > 0 && text[start - 1] != '\n';) start--;
    for (end = at; end < source->length; end++) {
        if (text[end] == '\n' || text[end] == '\r') break;
    }
    if (width > end - at) width = end - at;
    place.line           = source_line(source, at);
    place.column         = characters(text, start, at) + 1;
    place.width          = characters(text, at, at + width);
    place.excerpt        = text + start;
    place.excerpt_length = end - start;
    return place;
}

void
source_problem(const struct source *source, struct report *report,
               enum severity severity, size_t at, size_t width,
               const char *message)
{
    struct place place = {.file = source->name};
    char         safe[1024];

    // Places of problems that are only counted are not worth finding.
    if (report->errors + report->warnings < REPORT_MOST)
        place = locate(source, at, width);
    text_copy(safe, sizeof safe, message);
    disarm(safe);
    report_add(report, severity, &place, safe);
}

void
source_refuse(const struct source *source, struct report *report,
              const char *message)
{
    struct place place = {.file = source->name};
    report_add(report, SEVERITY_ERROR, &place, message);
}

static bool
is_utf8(const struct source *source, struct report *report)
{
    size_t bad;
    if (text_is_utf8(source->text, source->length, &bad)) return true;

    struct place place = locate(source, bad, 1);
    char         message[128];
    snprintf(message, sizeof message,
             "byte 0x%02X is not UTF-8; save the file as UTF-8",
             (unsigned char)source->text[bad]);
    place.excerpt_length = (size_t)(source->text + bad - place.excerpt);
    report_add(report, SEVERITY_ERROR, &place, message);
    return false;
}

static bool
is_readable(const struct source *source, struct report *report)
{
    for (size_t i = 0; i < source->length; i++) {
        unsigned char c = (unsigned char)source->text[i];
        if ((c >= 0x20 && c != 0x7F) || c == '\t' || c == '\n' || c == '\r')
            continue;

        char message[128];
        snprintf(message, sizeof message,
                 "control character 0x%02X; delete it (only line ends and "
                 "tabs may be here)",
                 c);
        source_problem(source, report, SEVERITY_ERROR, i, 1, message);
        return false;
    }
    return true;
}

// Whether the line at START is "? key", perhaps behind "- ".  libfyaml 0.7.12
// crashes on some of these, as on "? a:\t: b".
static bool
has_question(const struct source *source, size_t start)
{
    size_t i = start;

    while (i < source->length && strchr(" \t-", source->text[i])) i++;
    if (i >= source->length || source->text[i] != '?') return false;
    return i + 1 == source->length || strchr(" \t\r\n", source->text[i + 1]);
}

static bool
refuse_start(const struct source *source, struct report *report, size_t at,
             const char *message)
{
    source_problem(source, report, SEVERITY_ERROR, at, 1, message);
    return false;
}

// libfyaml 0.7.12 takes minutes over a tag or a list of directives that fill
// the file: lines are bounded, and directives, which say nothing here, refused.
static bool
has_tame_lines(const struct source *source, struct report *report)
{
    const char *text  = source->text;
    size_t      start = 0;

    for (size_t i = 0; i < source->length; i++) {
        if (text[i] == '\n' || text[i] == '\r') start = i + 1;
        if (i - start + 1 > YAML_MOST_LINE && start <= i) {
            char message[128];
            snprintf(message, sizeof message,
                     "a line of more than %d bytes; break it into several",
                     YAML_MOST_LINE);
            source_problem(source, report, SEVERITY_ERROR, start, 1, message);
            return false;
        }
        if (i != start) continue;
        if (text[i] == '%')
            return refuse_start(source, report, i,
                                "a line cannot start with '%'; put quotes "
                                "around text, or delete a %YAML or %TAG line");
        if (has_question(source, i))
            return refuse_start(source, report, i,
                                "a line cannot start with '? '; put quotes "
                                "around text, or write key: value");
    }
    return true;
}

bool
source_is_sound(const struct source *source, struct report *report)
{
    if (source->length > YAML_MOST_BYTES) {
        char message[128];
        snprintf(message, sizeof message,
                 "the file is larger than %d bytes, the most that is read",
                 YAML_MOST_BYTES);
        source_refuse(source, report, message);
        return false;
    }
    return is_utf8(source, report) && is_readable(source, report) &&
           has_tame_lines(source, report);
}
