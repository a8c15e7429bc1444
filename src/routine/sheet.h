// SPDX-License-Identifier: GPL-3.0-or-later
// Lines of a text, written anew in another order.
#ifndef ROUTINE_SHEET_H
#define ROUTINE_SHEET_H
#include <stdbool.h>
#include <stddef.h>

struct sheet {
    const char *text; // behind a byte order mark
    size_t      size;
    size_t      count; // lines
    size_t     *starts;

    char  *out; // NUL-terminated
    size_t length;
    size_t capacity;
    bool   blank;  // a blank line is due before what comes
    bool   failed; // no memory
};

// TEXT must outlive the sheet.  False: no memory.
bool
sheet_open(struct sheet *sheet, const char *text, size_t size);

void
sheet_close(struct sheet *sheet);

// The line of offset AT, from 0, and its column there, in bytes.
size_t
sheet_line(const struct sheet *sheet, size_t at);
size_t
sheet_column(const struct sheet *sheet, size_t at);

// The blanks that LINE begins with.
size_t
sheet_indent(const struct sheet *sheet, size_t line);

// Whether only a "- " stands before offset AT in its line.
bool
sheet_has_dash(const struct sheet *sheet, size_t at);

// The end of lines [from, to) without the blank ones and the comments of at
// most COLUMN blanks that they end with.
size_t
sheet_trim(const struct sheet *sheet, size_t from, size_t to, size_t column);

// Writes lines [from, to) without blanks at their ends.  Blank lines become
// one, before the next line, or where LOOSE is not set none.
void
sheet_write(struct sheet *sheet, size_t from, size_t to, bool loose);

// ... with their blank lines: what is within a value.
void
sheet_write_raw(struct sheet *sheet, size_t from, size_t to);

// Writes LINE with the dash of line OTHER, or LINE without its own.
void
sheet_write_dashed(struct sheet *sheet, size_t line, size_t other);
void
sheet_write_undashed(struct sheet *sheet, size_t line);
#endif
