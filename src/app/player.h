// SPDX-License-Identifier: GPL-3.0-or-later
// Plays or renders one session from its first word to its last: the one place
// that knows everyone.
#ifndef APP_PLAYER_H
#define APP_PLAYER_H
#include "app/prepare.h"
#include "audio/host.h"

#define PLAYER_HIGH_PASS 80 // Hz, where nobody wants another

struct steering;

// What becomes of a session of the same routine that broke off.
enum resume_wish {
    RESUME_ASK, // where somebody can answer; else as RESUME_NO
    RESUME_YES,
    RESUME_NO,
};
struct hooks;

struct player_options {
    struct prepare_options prepare; // rate, listening, deaf and attended are
                                    // found out here
    const struct host_ops *host;
    struct host_config     sound; // rate is found out here
    bool                   listen;
    const char            *events;       // file, or NULL
    const char            *script;       // file, or NULL; file host only
    const char            *record;       // file for microphone and loudspeaker
    const char            *chapters;     // the same
    const char            *music;        // file or folder, or NULL
    int                    music_volume; // dB against speech
    struct hooks          *hooks;        // run on what happens, or NULL
    bool                   shuffle;      // the music
    int                    high_pass;    // Hz; what is lower is taken out
    bool                   print;        // what goes on, on stderr
    bool                   typed;        // take commands from stdin
    struct steering       *steering;     // from outside, or NULL
    bool                   keep;         // a history, and a bookmark
    enum resume_wish       resume;
    // The subcommand's, to start the program afresh where the sound system
    // hangs; NULL: the session then fails.
    char *const *arguments;
    // How far a render is, in frames; NULL: nobody wants to know.
    void (*progress)(void *ctx, int64_t done, int64_t total);
    void *ctx;
};

// How it went, for the last word on the terminal.
struct player_result {
    const char *ended; // "completed", "ended", "stopped", "interrupted"
    double      seconds;
    unsigned    xruns; // times the device stuttered
    unsigned    late;  // sounds that came after their frame
};

enum status
player_run(const struct player_options *options, struct player_result *result,
           struct report *report, struct diag *diag);
#endif
