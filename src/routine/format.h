// SPDX-License-Identifier: GPL-3.0-or-later
// A routine file in canonical order, its comments kept.
//
// The keys of the routine, of each exercise, and of work and rest stand in the
// order of their tables; a comment goes with the key below it, what stands
// above the first key stays at the top.  Blank lines within an exercise go,
// others become one.  Nothing within a value changes, nor does indentation.
#ifndef ROUTINE_FORMAT_H
#define ROUTINE_FORMAT_H
#include "base/report.h"
#include "base/status.h"
#include <stddef.h>

// On success *out is the caller's to free(), LENGTH bytes and a NUL.  Formatted
// text comes out as it is.  What is no YAML, or could not be put in order
// without changing what it means, is reported under NAME.
enum status
routine_format(char **out, size_t *out_length, const char *name,
               const char *text, size_t length, struct report *report);
#endif
