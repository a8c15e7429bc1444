// SPDX-License-Identifier: GPL-3.0-or-later
// Small things about text: UTF-8, NUL-terminated.
#ifndef BASE_TEXT_H
#define BASE_TEXT_H
#include <stdbool.h>
#include <stddef.h>

// How many letters differ between A and B (insert, drop, replace, or swap of
// two neighbours: optimal string alignment distance), at most 64 letters each.
int
text_distance(const char *a, const char *b);

// The one of COUNT words nearest to WORD, or NULL where none is near enough to
// be what was meant (off by more than a third of WORD's letters).
const char *
text_nearest(const char *word, const char *const *words, size_t count);

// Bytes of the UTF-8 character that starts at TEXT, at most LEFT (above 0) of
// which may be read; 0 where it is malformed.
size_t
text_character(const char *text, size_t left);

// Whether all LENGTH bytes are well-formed UTF-8; else *bad is the offset of
// the first byte that is not.
bool
text_is_utf8(const char *text, size_t length, size_t *bad);

// How many characters of TEXT there are: columns of a terminal, for letters.
size_t
text_columns(const char *text);

// Copies as many whole characters as fit, always NUL-terminated.  False where
// it was cut.
bool
text_copy(char *to, size_t size, const char *from);

// Puts '?' in place of each byte of TEXT that is no UTF-8: what was cut within
// a character, or came from outside.
void
text_mend(char *text);

// Which of the words of LIST, set apart by single spaces, the LENGTH bytes at
// WORD are, from 0; -1: none.
int
text_index(const char *list, const char *word, size_t length);
#endif
