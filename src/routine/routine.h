// SPDX-License-Identifier: GPL-3.0-or-later
// A routine as its author wrote it: exercises, doses as ranges, words.
//
// Times are milliseconds; which value of a range is used is the plan's choice.
// Every text is non-NULL (empty where the file says nothing) unless its
// comment says otherwise.  Everything belongs to the routine.
#ifndef ROUTINE_ROUTINE_H
#define ROUTINE_ROUTINE_H
#include "base/diag.h"
#include "base/path.h"
#include "base/report.h"
#include "base/status.h"
#include "routine/gates.h"
#include <stdbool.h>
#include <stddef.h>

#define ROUTINE_MOST_EXERCISES 40 // with all that stand in
#define ROUTINE_MOST_CHAIN     12 // routines in a row
#define ROUTINE_DEEPEST_CHAIN  4  // chains within chains
#define ROUTINE_MOST_MINUTES   180
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

// Which end of every range a session takes: low, middle, high.
enum level { LEVEL_GENTLE, LEVEL_STANDARD, LEVEL_DEEP, LEVELS };

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
    SIDES_BOTH,  // no sides: one window
    SIDES_EACH,  // a window of its own for each side, a change in between
    SIDES_LEFT,  // one window, of the left side alone
    SIDES_RIGHT, // ... of the right side alone
};

// Where SIDES_EACH begins.
enum first {
    FIRST_LEFT,
    FIRST_RIGHT,
    FIRST_ASK, // the person is asked; the left where nobody answers
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

// An answer of the exercise's own, under a key of routine/answers.h.
struct reply {
    const char *key;
    const char *say;
};

struct exercise {
    const char *id;
    // What a history knows it by: the id of the exercise file that it is from,
    // in whatever routine and under whatever id; else its own id.
    const char     *known_as;
    const char     *title;
    const char     *tool;
    struct lines    muscles;
    const char     *why;
    const char     *brief;       // the setup in one line, for who knows it
    struct lines    setup;       // spoken in order
    int             ready;       // ms to get into position after the setup
    bool            ready_waits; // "ready: wait": until "ready" or "next"
    int             lead_in; // ms before each set, at least; 0: the plan's own
    enum work_kind  kind;
    struct range    time; // ms of one window
    int             pace; // strokes a minute, 0: none given
    struct range    sets;
    enum sides      sides;
    enum first      first;
    int             change; // ms between sides
    int             rest;   // ms between sets
    bool            rest_after_last;
    struct lines    stretch; // spoken in the rest
    struct lines    cues;    // short lines during the work
    size_t          varies;
    struct vary    *vary;
    size_t          cautions;
    struct caution *caution;
    struct lines    gates;   // ids of routine/gates.h
    gate_set        gated;   // the same as bits
    const char     *instead; // id of another of routine->exercises, or empty
    struct lines    body;    // of known_bodies
    const char     *feel;    // "where should I feel it?"
    const char     *avoid;
    const char     *how_often;
    size_t          replies;
    struct reply   *reply;
};

struct routine {
    const char *id; // the file's name without ".yaml"
    const char *title;
    const char *about;
    int         minutes[LEVELS]; // that its author means it to take with
                                 // all its talk, 0: not given
    struct lines     needs;      // as given, else the tools of its exercises
    struct lines     body;       // as given, else what its exercises are for
    struct lines     chain; // ids of the routines it is made of, none: none
    size_t           count;
    size_t           spares;
    struct exercise *exercises; // COUNT, at least one, that are done in their
                                // order, then SPARES that only stand in for
                                // others (`instead`)
};

// Reads and checks a routine file, with the exercise files it uses and the
// routines it chains.  All problems go to REPORT, each in the file that it is
// in; with an error among them *out is NULL and the status STATUS_BAD_INPUT
// (or STATUS_NOT_FOUND, STATUS_FAILED, STATUS_NO_MEMORY).  Warnings alone do
// not hinder.
//
// An exercise file becomes a routine of this one exercise.
enum status
routine_read(struct routine **out, const char *path, struct report *report);

// The same from memory; NAME stands for the path.
enum status
routine_parse(struct routine **out, const char *name, const char *text,
              size_t length, struct report *report);

// The routine of the library that is most for BODY, a word of known_bodies:
// the one that names it, or a part of it, earliest in its `body`; among equals
// the one for the least else, then the first by id.  *path is to be read.
// None: STATUS_NOT_FOUND, and *diag says what there is.
enum status
routine_for_body(char path[PATH_SIZE], const char *body, struct diag *diag);

// The file of what somebody wishes: a path, a routine's id, or else a part of
// the body.  None: STATUS_NOT_FOUND, and *diag says what there is.
enum status
routine_find(char path[PATH_SIZE], const char *wish, struct diag *diag);

// The id that TEXT could be: "Upper back" -> "upper-back"; may be empty.
void
routine_suggest_id(char to[ROUTINE_LONGEST_NAME + 1], const char *text);

// The exercise of this id among those done and those that stand in; NULL: none.
const struct exercise *
routine_exercise(const struct routine *routine, const char *id);

void
routine_free(struct routine *routine); // NULL is fine
#endif
