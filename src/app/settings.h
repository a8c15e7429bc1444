// SPDX-License-Identifier: GPL-3.0-or-later
// What the user set: config.yaml, over it what is one person's own, and over
// both the environment.
#ifndef APP_SETTINGS_H
#define APP_SETTINGS_H
#include "app/hook_list.h"
#include "app/setting.h"
#include "base/path.h"
#include "base/report.h"
#include "base/status.h"

struct settings;

enum settings_from {
    SETTINGS_USUAL,       // nobody set it
    SETTINGS_FILE,        // config.yaml
    SETTINGS_PERSON,      // the person's own settings.yaml
    SETTINGS_ENVIRONMENT, // ROLLCALL_...
    SETTINGS_OPTION,      // the command line
};

// $XDG_CONFIG_HOME/rollcall/config.yaml, usually in ~/.config.  False where
// there is no home.
bool
settings_path(char path[PATH_SIZE]);

// The file, where there is one, then the environment.  What is wrong in the
// file goes to REPORT, and is as if it were not there: a bad file keeps nobody
// from a session.  A variable that is wrong is STATUS_BAD_INPUT, and *diag
// names it.
enum status
settings_open(struct settings **out, struct report *report, struct diag *diag);

// Where a person's own settings are kept: beside their history.  False where
// there is no home.
bool
settings_person_path(char path[PATH_SIZE]);

// These alone, of the person who is chosen; none where there is no such file.
enum status
settings_person(struct settings **out, struct report *report);

// Each value of FROM that counts more than the one of TO, in its place.
enum status
settings_take(struct settings *to, const struct settings *from);

// The same as settings_open() of a text alone, for tests.
enum status
settings_parse(struct settings **out, const char *name, const char *text,
               size_t length, struct report *report);

void
settings_free(struct settings *settings); // NULL is fine

// The value in effect, never NULL; "" where there is none.
const char *
settings_value(const struct settings *settings, const struct setting *setting);

enum settings_from
settings_from(const struct settings *settings, const struct setting *setting);

// The line of the file, from 1; 0 where the value is not from there.
int
settings_line(const struct settings *settings, const struct setting *setting);

// The hooks of the file, as long as SETTINGS.
const struct hook_list *
settings_hooks(const struct settings *settings);

// As if nobody had set it.
void
settings_unset(struct settings *settings, const struct setting *setting);

// TEXT instead, whatever was set before.  STATUS_BAD_INPUT: it does not fit.
enum status
settings_set(struct settings *settings, const struct setting *setting,
             const char *text, enum settings_from from, struct diag *diag);
#endif
