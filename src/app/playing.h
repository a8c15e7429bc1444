// SPDX-License-Identifier: GPL-3.0-or-later
// A session being played; for the files that play one.
#ifndef APP_PLAYING_H
#define APP_PLAYING_H
#include "app/again.h"
#include "app/bookmark.h"
#include "app/chapters.h"
#include "app/console.h"
#include "app/diary.h"
#include "app/ears.h"
#include "app/events.h"
#include "app/health.h"
#include "app/player.h"
#include "app/script.h"
#include "app/stage.h"
#include "routine/screening.h"
#include "session/session.h"

struct early;
struct known_exercises;
struct music;

struct player {
    const struct player_options *options;
    struct prepared              prepared;
    struct engine               *engine;
    struct music                *music;
    struct host                 *host;
    struct ears                 *ears;
    struct early                *early; // may have their listener
    struct events               *events;
    struct chapters             *chapters;   // of a render
    char                         title[256]; // of the routine
    struct script                script;
    size_t                       script_next;
    struct console               console;
    int64_t                      next_tick;   // of the console
    int64_t                      unduck;      // session frame
    int64_t                      last_heard;  // when somebody spoke last
    int64_t                      next_unsure; // may say so again
    struct stage                 stage;
    struct known_exercises      *known;       // NULL: none
    bool                         looked_back; // for them
    struct diary                *diary;       // NULL: nothing is kept
    struct bookmark              bookmark;    // what this session is
    size_t                       place;       // where it broke off: a segment
    bool                         comes_back;
    bool                         asks_back; // whether to go on there
    struct session               session;
    struct session_undo          undo;
    struct screening             kept; // what person_keep() wrote last
    struct diag                  run_diag;
    struct health                health;
    unsigned                     xruns; // in all
    struct again                 again; // see recover()
    bool                         resumed;
    bool                         returning; // telling where we were
};

int64_t
player_frames(const struct player *p, int64_t ms);

// Session frames rendered.
int64_t
player_rendered(const struct player *p);

// Keeps what its session does from now on, where that is wanted.
void
player_keep(struct player *p);

// Whether it meant something at that moment.
bool
player_command(struct player *p, int64_t frame, enum command command,
               const struct command_source *source);
#endif
