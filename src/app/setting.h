// SPDX-License-Identifier: GPL-3.0-or-later
// The settings there are: each is an option of the program that may be given
// beforehand, in config.yaml or in the environment.
#ifndef APP_SETTING_H
#define APP_SETTING_H
#include "base/diag.h"
#include "base/status.h"
#include <stdbool.h>
#include <stddef.h>

// The commands a setting is for, as bits.
enum setting_for {
    SETTING_PLAY   = 1,
    SETTING_RENDER = 2,
    SETTING_PLAN   = 4,
    SETTING_SERVE  = 8, // what only the daemon has
    SETTING_SOUND  = SETTING_PLAY | SETTING_RENDER,
    SETTING_ALL    = SETTING_SOUND | SETTING_PLAN,
};

struct setting {
    const char *key;          // in the file
    const char *option;       // NULL: what there is no option for; of a yes
                              // or no the one that means "yes"
    const char        *off;   // the option that means "no", of a yes or no
    const char        *usual; // where nobody sets it; "": nothing
    const char        *about;
    const char        *about_off; // the option OFF
    const char *const *words;     // ended by NULL; NULL: anything
    bool (*fits)(const char *text, struct diag *diag); // NULL: anything
    // Whether what it names is there, for commands that use it; NULL: nobody
    // can tell before.
    enum status (*find)(const char *text, struct diag *diag);
    const char *needs;       // the key without which it does nothing, or NULL
    int         least, most; // of a number; both 0: none
    unsigned    commands;    // enum setting_for
    bool        path;        // names a file
    bool        or_none;     // a number may be 0 as well
    bool        person;      // one's own, where several people are
};

#define SETTING_SIZE 1024 // bytes of a value, its NUL included

// All of them, in the order in which they are shown.
const struct setting *
setting_all(size_t *count);

// NULL where there is none.
const struct setting *
setting_find(const char *key);

// Whether TEXT is a value for SETTING; if not, *diag says what is.
bool
setting_fits(const struct setting *setting, const char *text,
             struct diag *diag);

bool
setting_is_yes_or_no(const struct setting *setting);

// "ROLLCALL_MUSIC_VOLUME" of music_volume.
void
setting_variable(const struct setting *setting, char name[64]);
#endif
