// SPDX-License-Identifier: GPL-3.0-or-later
// A routine as its author wrote it: exercises, doses as ranges, words.
//
// Times are milliseconds; which value of a range is used is the plan's choice.
// Every text is non-NULL (empty where the file says nothing) unless its
// comment says otherwise.  Everything belongs to the routine.
#ifndef ROUTINE_ROUTINE_H
#define ROUTINE_ROUTINE_H
#include "base/report.h"
#include "base/status.h"
#include <stdbool.h>
#include <stddef.h>

#define ROUTINE_MOST_EXERCISES 40
#define ROUTINE_MOST_LINES     24 // in any list of texts
#define ROUTINE_MOST_SETS      20
#define ROUTINE_LONGEST_LINE   400 // characters
#define ROUTINE_LONGEST_NAME   80  // characters of an id, a title, a tool
#define ROUTINE_FASTEST_PACE   60  // strokes a minute
#define ROUTINE_SHORTEST_WORK  5000
#define ROUTINE_LONGEST_WORK   (15 * 60 * 1000)
#define ROUTINE_LONGEST_PAUSE  (5 * 60 * 1000) // rest, change, ready, lead-in

struct range {
    int low;
    int high; // >= low
};

struct lines {
    size_t             count;
    const char *const *text;
};

enum work_kind {
    WORK_ROLL,
    WORK_HOLD,
    WORK_FREE, // lasts until "next"; its time is what a render gives it
};

enum sides {
    SIDES_BOTH, // no sides: one window
    SIDES_EACH, // a window of its own for each side, a change in between
};

// A line for certain sets only: "set 2", "set 2..", "set 2..3", "last set".
struct vary {
    int         first; // 1..
    int         last;  // INT_MAX for "2.."
    bool        last_set;
    const char *say;
};

struct caution {
    const char *say;     // spoken before the first set; may be empty
    const char *stop_if; // what to stop at; may be empty
};

struct exercise {
    const char     *id;
    const char     *title;
    const char     *tool;
    struct lines    muscles;
    const char     *why;
    struct lines    setup;       // spoken in order
    int             ready;       // ms to get into position after the setup
    bool            ready_waits; // "ready: wait": until "ready" or "next"
    int             lead_in; // ms before each set, at least; 0: the plan's own
    enum work_kind  kind;
    struct range    time; // ms of one window
    int             pace; // strokes a minute, 0: none given
    struct range    sets;
    enum sides      sides;
    int             change; // ms between sides
    int             rest;   // ms between sets
    bool            rest_after_last;
    struct lines    stretch; // spoken in the rest
    struct lines    cues;    // short lines during the work
    size_t          varies;
    struct vary    *vary;
    size_t          cautions;
    struct caution *caution;
    struct lines    gates;
    const char     *instead; // id of another exercise, or empty
};

struct routine {
    const char      *id; // the file's name without ".yaml"
    const char      *title;
    const char      *about;
    struct lines     needs;
    size_t           count;
    struct exercise *exercises; // at least one
};

// Reads and checks a routine file.  All its problems go to REPORT; with an
// error among them *out is NULL and the status STATUS_BAD_INPUT (or
// STATUS_NOT_FOUND, STATUS_FAILED, STATUS_NO_MEMORY).  Warnings alone do not
// hinder.
enum status
routine_read(struct routine **out, const char *path, struct report *report);

// The same from memory; NAME stands for the path.
enum status
routine_parse(struct routine **out, const char *name, const char *text,
              size_t length, struct report *report);

void
routine_free(struct routine *routine); // NULL is fine
#endif
