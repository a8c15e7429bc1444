// SPDX-License-Identifier: GPL-3.0-or-later
#include "routine/sheet.h"

#include <stdlib.h>
#include <string.h>

static bool
is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

bool
sheet_open(struct sheet *sheet, const char *text, size_t size)
{
    size_t lines = 1;

    *sheet = (struct sheet){0};
    if (size >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) {
        text += 3;
        size -= 3;
    }
    for (size_t i = 0; i < size; i++) lines += text[i] == '\n';
    sheet->text   = text;
    sheet->size   = size;
    sheet->starts = malloc((lines + 1) * sizeof *sheet->starts);
    if (!sheet->starts) return false;
    sheet->starts[sheet->count++] = 0;
    for (size_t i = 0; i < size; i++) {
        if (text[i] == '\n' && i + 1 < size)
            sheet->starts[sheet->count++] = i + 1;
    }
    sheet->starts[sheet->count] = size;
    return true;
}

void
sheet_close(struct sheet *sheet)
{
    free(sheet->starts);
    free(sheet->out);
    *sheet = (struct sheet){0};
}

size_t
sheet_line(const struct sheet *sheet, size_t at)
{
    size_t low = 0, high = sheet->count;

    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (sheet->starts[middle] <= at)
            low = middle;
        else
            high = middle;
    }
    return low;
}

size_t
sheet_column(const struct sheet *sheet, size_t at)
{
    return at - sheet->starts[sheet_line(sheet, at)];
}

// Bytes of LINE without its end and the blanks before that.
static size_t
width(const struct sheet *sheet, size_t line)
{
    const char *start = sheet->text + sheet->starts[line];
    size_t      size  = sheet->starts[line + 1] - sheet->starts[line];

    while (size > 0 && (is_blank(start[size - 1]) || start[size - 1] == '\n'))
        size--;
    return size;
}

size_t
sheet_indent(const struct sheet *sheet, size_t line)
{
    const char *start = sheet->text + sheet->starts[line];
    size_t      most = width(sheet, line), indent = 0;

    while (indent < most && start[indent] == ' ') indent++;
    return indent;
}

bool
sheet_has_dash(const struct sheet *sheet, size_t at)
{
    size_t line = sheet_line(sheet, at);
    size_t i    = sheet->starts[line] + sheet_indent(sheet, line);

    if (i >= at || sheet->text[i] != '-') return false;
    for (i++; i < at; i++) {
        if (sheet->text[i] != ' ') return false;
    }
    return true;
}

size_t
sheet_trim(const struct sheet *sheet, size_t from, size_t to, size_t column)
{
    for (; to > from; to--) {
        size_t indent = sheet_indent(sheet, to - 1);
        char   c      = sheet->text[sheet->starts[to - 1] + indent];
        bool   blank  = width(sheet, to - 1) == 0;
        if (!blank && (c != '#' || indent > column)) break;
    }
    return to;
}

static void
append(struct sheet *sheet, const char *text, size_t length)
{
    if (sheet->length + length + 1 > sheet->capacity) {
        size_t capacity = (sheet->length + length + 1) * 2;
        char  *grown    = realloc(sheet->out, capacity);
        if (!grown) {
            sheet->failed = true;
            return;
        }
        sheet->out      = grown;
        sheet->capacity = capacity;
    }
    memcpy(sheet->out + sheet->length, text, length);
    sheet->length += length;
    sheet->out[sheet->length] = '\0';
}

// The blank line that is due; none at the very top.
static void
settle_blank(struct sheet *sheet)
{
    if (sheet->blank && sheet->length > 0) append(sheet, "\n", 1);
    sheet->blank = false;
}

// LINE from its byte FROM on.
static void
append_line(struct sheet *sheet, size_t line, size_t from)
{
    append(sheet, sheet->text + sheet->starts[line] + from,
           width(sheet, line) - from);
    append(sheet, "\n", 1);
}

void
sheet_write(struct sheet *sheet, size_t from, size_t to, bool loose)
{
    for (; from < to; from++) {
        if (width(sheet, from) == 0) {
            sheet->blank |= loose;
            continue;
        }
        settle_blank(sheet);
        append_line(sheet, from, 0);
    }
}

void
sheet_write_raw(struct sheet *sheet, size_t from, size_t to)
{
    settle_blank(sheet);
    for (; from < to; from++) append_line(sheet, from, 0);
}

void
sheet_write_dashed(struct sheet *sheet, size_t line, size_t other)
{
    size_t column = sheet_indent(sheet, line);

    settle_blank(sheet);
    append(sheet, sheet->text + sheet->starts[other], column);
    append_line(sheet, line, column);
}

void
sheet_write_undashed(struct sheet *sheet, size_t line)
{
    const char *start = sheet->text + sheet->starts[line];
    size_t      dash = sheet_indent(sheet, line), column = dash + 1;

    settle_blank(sheet);
    while (start[column] == ' ') column++;
    for (size_t i = 0; i < column; i++) append(sheet, " ", 1);
    append_line(sheet, line, column);
}
