// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/report.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#define WIDEST 160 // columns of an excerpt

static void
append(struct report *report, const char *text, size_t length)
{
    if (report->length + length + 1 > report->capacity) {
        size_t capacity = (report->length + length + 1) * 2;
        char  *grown    = realloc(report->text, capacity);
        if (!grown) return; // the counts still tell that there were problems
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

static void
appendf(struct report *report, const char *format, ...)
{
    char    text[2048];
    va_list args;
    va_start(args, format);
    int length = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (length < 0) return;
    if ((size_t)length >= sizeof text) length = (int)sizeof text - 1;
    append(report, text, (size_t)length);
}

// The excerpt with control characters as spaces, then the underline.
static void
append_excerpt(struct report *report, const struct place *place)
{
    char   line[WIDEST + 1];
    size_t length = place->excerpt_length;
    if (length > WIDEST) length = WIDEST;
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)place->excerpt[i];
        line[i]         = (char)(c < 0x20 || c == 0x7F ? ' ' : c);
    }
    line[length] = '\0';
    appendf(report, "    %s\n", line);

    if (place->column < 1 || place->column > WIDEST) return;
    char   under[WIDEST + 2];
    size_t at    = (size_t)place->column - 1;
    size_t width = place->width > 1 ? (size_t)place->width : 1;
    if (at + width > WIDEST) width = WIDEST - at;
    memset(under, ' ', at);
    memset(under + at, '~', width + (width == 0));
    under[at]                        = '^';
    under[at + width + (width == 0)] = '\0';
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

    if (place->file) appendf(report, "%s:", place->file);
    if (place->line > 0) appendf(report, "%d:%d:", place->line, place->column);
    appendf(report, "%s%s: %s\n", place->file ? " " : "", word, message);
    if (place->line > 0 && place->excerpt) append_excerpt(report, place);
    if (total == REPORT_MOST)
        appendf(report, "(more problems are counted but not shown)\n");
}

void
report_print(const struct report *report, FILE *out)
{
    if (report->text) fputs(report->text, out);
}

void
report_release(struct report *report)
{
    free(report->text);
    memset(report, 0, sizeof *report);
}
