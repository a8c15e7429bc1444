// SPDX-License-Identifier: GPL-3.0-or-later
#include "routine/dose.h"

#include <stdio.h>
#include <string.h>

#define MOST_DIGITS 4 // of minutes, too: keeps every sum far from INT_MAX
#define LONGEST     64

// One side of a range.
struct amount {
    int  bare;  // a number without a unit, else -1
    int  ms;    // what has one
    int  units; // how many were given
    char unit;  // the last one
};

static bool
fail(struct dose_error *error, const char *text)
{
    snprintf(error->text, sizeof error->text, "%s", text);
    return false;
}

static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool
is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// TEXT without spaces, an en dash as a hyphen.  False where it is far too long
// to be a dose.
static bool
squeeze(char to[LONGEST], const char *text)
{
    size_t used = 0;

    for (; *text; text++) {
        if (*text == ' ') continue;
        if (used + 1 >= LONGEST) return false;
        if (strncmp(text, "\xE2\x80\x93", 3) == 0) {
            to[used++] = '-';
            text += 2;
        } else {
            to[used++] = *text;
        }
    }
    to[used] = '\0';
    return true;
}

// The number at *at, and *at behind it.
static bool
read_number(int *out, const char **at)
{
    int digits = 0;

    for (*out = 0; is_digit(**at); (*at)++) {
        if (++digits > MOST_DIGITS) return false;
        *out = *out * 10 + (**at - '0');
    }
    return digits > 0;
}

static bool
fail_time(struct dose_error *error, const char *at)
{
    if (*at == '.' || *at == ',')
        return fail(error, "is given in whole seconds, for example 90s or "
                           "1m30s");
    return fail(error, "is no time; write for example 30s, 30-40s or 1m30s");
}

static bool
fail_unit(struct dose_error *error, const char *unit)
{
    int length = 0;
    while (is_letter(unit[length]) && length < 12) length++;
    snprintf(error->text, sizeof error->text,
             "has the unit '%.*s'; write s for seconds or m for minutes, for "
             "example 1m30s",
             length, unit);
    return false;
}

// "30", "30s", "1m" or "1m30s" at *at, and *at behind it.
static bool
read_amount(struct amount *out, const char **at, struct dose_error *error)
{
    *out = (struct amount){.bare = -1};
    do {
        int number;
        if (!is_digit(**at)) return fail_time(error, *at);
        if (!read_number(&number, at))
            return fail(error, "is far too long; write for example 30-40s");
        char unit = **at;
        if (!is_letter(unit)) {
            out->bare = number;
            return true;
        }
        if ((unit != 's' && unit != 'm') || is_letter((*at)[1]))
            return fail_unit(error, *at);
        if (out->units > 0 && unit != 's') return fail_time(error, *at);
        out->ms += number * (unit == 'm' ? 60 * 1000 : 1000);
        out->unit = unit;
        out->units++;
        (*at)++;
    } while (out->unit == 'm' && is_digit(**at));
    return true;
}

// "30-" has its unit behind the other number, as in "30-40s".
static void
borrow_unit(struct amount *low, const struct amount *high)
{
    if (low->bare < 0 || low->units > 0 || high->units != 1) return;
    low->ms   = low->bare * (high->unit == 'm' ? 60 * 1000 : 1000);
    low->bare = -1;
}

bool
dose_time(struct range *out, const char *text, struct dose_error *error)
{
    char          squeezed[LONGEST];
    const char   *at = squeezed;
    struct amount low, high;

    if (!squeeze(squeezed, text)) return fail_time(error, "");
    if (!read_amount(&low, &at, error)) return false;
    high = low;
    if (*at == '-') {
        at++;
        if (!read_amount(&high, &at, error)) return false;
        borrow_unit(&low, &high);
    }
    if (*at) return fail_time(error, at);
    if (low.bare >= 0 || high.bare >= 0)
        return fail(error, "needs a unit, for example 30s, 30-40s or 1m30s");
    if (low.ms > high.ms) {
        snprintf(error->text, sizeof error->text, "runs backwards; write %s-%s",
                 dose_write(high.ms).text, dose_write(low.ms).text);
        return false;
    }
    *out = (struct range){low.ms, high.ms};
    return true;
}

bool
dose_count(struct range *out, const char *text, struct dose_error *error)
{
    static const char *const none = "is no count; write for example 3 or 3-4";
    char                     squeezed[LONGEST];
    const char              *at = squeezed;
    struct range             count;

    if (!squeeze(squeezed, text)) return fail(error, none);
    if (!read_number(&count.low, &at)) return fail(error, none);
    count.high = count.low;
    if (*at == '-') {
        at++;
        if (!read_number(&count.high, &at)) return fail(error, none);
    }
    if (*at) return fail(error, none);
    if (count.low > count.high) {
        snprintf(error->text, sizeof error->text, "runs backwards; write %d-%d",
                 count.high, count.low);
        return false;
    }
    *out = count;
    return true;
}

bool
dose_pace(int *out, const char *text, struct dose_error *error)
{
    char        squeezed[LONGEST];
    const char *at = squeezed;
    int         pace;

    if (!squeeze(squeezed, text) || !read_number(&pace, &at) ||
        strcmp(at, "perminute") != 0)
        return fail(error, "is no pace; write for example 15 per minute");
    if (pace < 1 || pace > ROUTINE_FASTEST_PACE) {
        snprintf(error->text, sizeof error->text,
                 "can be from 1 to %d per minute, for example 15 per minute",
                 ROUTINE_FASTEST_PACE);
        return false;
    }
    *out = pace;
    return true;
}

struct dose_text
dose_write(int ms)
{
    struct dose_text out;
    int              seconds = ms / 1000;

    if (seconds < 60) {
        snprintf(out.text, sizeof out.text, "%ds", seconds);
    } else if (seconds % 60 == 0) {
        snprintf(out.text, sizeof out.text, "%dm", seconds / 60);
    } else {
        snprintf(out.text, sizeof out.text, "%dm%ds", seconds / 60,
                 seconds % 60);
    }
    return out;
}
