// SPDX-License-Identifier: GPL-3.0-or-later
// What a player shows of itself to whoever steers it: one snapshot.
#ifndef CONTROL_STATE_H
#define CONTROL_STATE_H
#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#define STATE_NAME  64
#define STATE_TITLE 128

enum activity {
    ACTIVITY_IDLE,
    ACTIVITY_STARTING, // voice and devices are being opened
    ACTIVITY_PLAYING,
    ACTIVITY_PAUSED,
    ACTIVITIES
};

// Made by state_clear(), so that two can be compared byte by byte.
struct state {
    enum activity activity;
    bool          muted;                // the microphone gives silence
    bool          hears;                // there is a microphone in use
    char          selected[STATE_NAME]; // the routine that "start" plays
    char          routine[STATE_NAME];  // under way, or ""
    char          title[STATE_TITLE];   // of it
    char          kind[16];             // of the segment, "work"
    char          exercise[STATE_NAME]; // its id, or ""
    char          exercise_title[STATE_TITLE];
    char          side[8]; // "left", "right" or ""
    int           set;     // 1..sets; 0: none
    int           sets;
    int           position;     // seconds of the segment that are over
    int           length;       // seconds of the segment
    int           session_left; // seconds, when nobody interferes
    int           volume;       // percent
    unsigned      step;         // grows with each segment
    unsigned      commands;     // obeyed since the start
    char          command[32];  // the last of them, or ""
    char          source[16];   // how it came: "voice", "socket", ...
    char          problem[256]; // why the last session failed, or ""
};

void
state_clear(struct state *state);

bool
state_is_same(const struct state *a, const struct state *b);

// "idle", "starting", "playing", "paused"
const char *
activity_name(enum activity activity);

// As docs/protocol.md has it.  The caller's; NULL: no memory.
json_t *
state_json(const struct state *state);

// Volume in percent: 0 is the quietest that a session knows, 100 the loudest.
int
state_percent(int decibels);
int
state_decibels(int percent);
#endif
