// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.h"

#include <string.h>

#define LONGEST 64

static int
least(int a, int b)
{
    return a < b ? a : b;
}

int
text_distance(const char *a, const char *b)
{
    int    rows[3][LONGEST + 1];
    int   *before = rows[0], *above = rows[1], *row = rows[2];
    size_t wide = strnlen(b, LONGEST), high = strnlen(a, LONGEST);

    for (size_t x = 0; x <= wide; x++) above[x] = (int)x;
    memcpy(before, above, sizeof rows[0]);
    for (size_t y = 1; y <= high; y++) {
        row[0] = (int)y;
        for (size_t x = 1; x <= wide; x++) {
            int same = a[y - 1] == b[x - 1];
            int best = least(above[x], row[x - 1]) + 1;
            best     = least(best, above[x - 1] + !same);
            if (x > 1 && y > 1 && a[y - 1] == b[x - 2] && a[y - 2] == b[x - 1])
                best = least(best, before[x - 2] + 1);
            row[x] = best;
        }
        int *oldest = before;
        before      = above;
        above       = row;
        row         = oldest;
    }
    return above[wide];
}

const char *
text_nearest(const char *word, const char *const *words, size_t count)
{
    const char *nearest = NULL;
    int         fewest  = (int)strnlen(word, LONGEST) / 3 + 1;

    for (size_t i = 0; i < count; i++) {
        int distance = text_distance(word, words[i]);
        if (distance < fewest) {
            fewest  = distance;
            nearest = words[i];
        }
    }
    return nearest;
}

// The table of well-formed sequences is Unicode's (chapter 3, table 3-7).
size_t
text_character(const char *text, size_t left)
{
    const unsigned char *bytes = (const unsigned char *)text;
    unsigned char        c = bytes[0], low = 0x80, high = 0xBF;
    size_t               size;

    if (c < 0x80) return 1;
    if (c >= 0xC2 && c <= 0xDF)
        size = 2;
    else if (c >= 0xE0 && c <= 0xEF)
        size = 3;
    else if (c >= 0xF0 && c <= 0xF4)
        size = 4;
    else
        return 0;
    if (c == 0xE0) low = 0xA0;
    if (c == 0xED) high = 0x9F;
    if (c == 0xF0) low = 0x90;
    if (c == 0xF4) high = 0x8F;
    if (left < size || bytes[1] < low || bytes[1] > high) return 0;
    for (size_t i = 2; i < size; i++) {
        if ((bytes[i] & 0xC0) != 0x80) return 0;
    }
    return size;
}

bool
text_is_utf8(const char *text, size_t length, size_t *bad)
{

    for (size_t at = 0; at < length;) {
        size_t size = text_character(text + at, length - at);
        if (!size) {
            *bad = at;
            return false;
        }
        at += size;
    }
    return true;
}

size_t
text_columns(const char *text)
{
    size_t count = 0;
    for (; *text; text++) count += ((unsigned char)*text & 0xC0) != 0x80;
    return count;
}

bool
text_copy(char *to, size_t size, const char *from)
{
    size_t length = strlen(from);
    bool   fits   = length < size;
    if (!fits) length = size - 1;
    while (!fits && length > 0 && (from[length] & 0xC0) == 0x80) length--;
    memcpy(to, from, length);
    to[length] = '\0';
    return fits;
}

void
text_mend(char *text)
{
    size_t bad, length = strlen(text);

    while (!text_is_utf8(text, length, &bad)) {
        text[bad] = '?';
        text += bad;
        length -= bad;
    }
}

int
text_index(const char *list, const char *word, size_t length)
{
    for (int i = 0; *list; i++) {
        size_t here = strcspn(list, " ");
        if (here == length && memcmp(list, word, length) == 0) return i;
        list += here + (list[here] == ' ');
    }
    return -1;
}
