// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/report.h"

#include "base/text.h"
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define WIDEST 160 // columns of an excerpt

static void
append(struct report *report, const char *text, size_t length)
{
    if (report->length + length + 1 > report->capacity) {
        size_t capacity = (report->length + length + 1) * 2;
        char  *grown    = realloc(report->text, capacity);
        if (!grown) {
            report->cut = true;
            return;
        }
        report->text     = grown;
        report->capacity = capacity;
    }
    memcpy(report->text + report->length, text, length);
    report->length += length;
    report->text[report->length] = '\0';
}

static void
appendf(struct report *report, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

// For what is short; a name or a message of any length goes by append_shown().
static void
appendf(struct report *report, const char *format, ...)
{
    char    text[WIDEST + 64];
    va_list args;
    va_start(args, format);
    int length = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (length < 0) return;
    if ((size_t)length >= sizeof text) length = (int)sizeof text - 1;
    append(report, text, (size_t)length);
}

// Whether a terminal would act on the character instead of showing it.
static bool
is_control(const unsigned char *text, size_t size)
{
    if (size == 1) return text[0] < 0x20 || text[0] == 0x7F;
    return size == 2 && text[0] == 0xC2 && text[1] < 0xA0;
}

// At most MOST characters: control characters as spaces, malformed bytes as
// question marks, one column each.
static void
append_shown(struct report *report, const char *text, size_t length,
             size_t most)
{
    for (size_t at = 0; at < length && most > 0; most--) {
        size_t size = text_character(text + at, length - at);
        if (size == 0)
            append(report, "?", 1);
        else if (is_control((const unsigned char *)text + at, size))
            append(report, " ", 1);
        else
            append(report, text + at, size);
        at += size ? size : 1;
    }
}

static void
append_underline(struct report *report, int column, int width)
{
    char   under[WIDEST + 1];
    size_t at    = (size_t)column - 1;
    size_t count = width > 1 ? (size_t)width : 1;

    if (column < 1 || column > WIDEST) return;
    if (at + count > WIDEST) count = WIDEST - at;
    memset(under, ' ', at);
    memset(under + at, '~', count);
    under[at]         = '^';
    under[at + count] = '\0';
    appendf(report, "    %s\n", under);
}

void
report_add(struct report *report, enum severity severity,
           const struct place *place, const char *message)
{
    const char *word = severity == SEVERITY_ERROR ? "error" : "warning";
    if (severity == SEVERITY_ERROR)
        report->errors++;
    else
        report->warnings++;
    int total = report->errors + report->warnings;
    if (total > REPORT_MOST) return;

    if (place->file) {
        append_shown(report, place->file, strlen(place->file), SIZE_MAX);
        appendf(report, ":");
    }
    if (place->line > 0) appendf(report, "%d:%d:", place->line, place->column);
    appendf(report, "%s%s: ", place->file ? " " : "", word);
    append_shown(report, message, strlen(message), SIZE_MAX);
    appendf(report, "\n");
    if (place->line > 0 && place->excerpt) {
        appendf(report, "    ");
        append_shown(report, place->excerpt, place->excerpt_length, WIDEST);
        appendf(report, "\n");
        append_underline(report, place->column, place->width);
    }
    if (total == REPORT_MOST)
        appendf(report, "(more problems are counted but not shown)\n");
}

void
report_print(const struct report *report, FILE *out)
{
    if (report->text) fputs(report->text, out);
    if (report->cut)
        fputs("(there is not enough memory to tell all that is wrong)\n", out);
}

void
report_tell(const struct report *report, const char *name, struct diag *diag)
{
    if (report->text)
        diag_set(diag, NULL, "%s", report->text);
    else
        diag_set(diag, name, "out of memory");
}

void
report_release(struct report *report)
{
    free(report->text);
    memset(report, 0, sizeof *report);
}
