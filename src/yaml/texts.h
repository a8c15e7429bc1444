// SPDX-License-Identifier: GPL-3.0-or-later
// Texts by key in a YAML map, with {names} in them where values go: what is
// said, and what is shown.
#ifndef YAML_TEXTS_H
#define YAML_TEXTS_H
#include "yaml/yaml.h"

#define TEXTS_LONGEST 300 // bytes of one as it stands in the file

// What a file must hold, for as long as it is read.
struct texts_form {
    const char        *what;  // all of it, in messages: "the phrases"
    const char        *one;   // ... one of it: "the phrase"
    const char *const *keys;  // COUNT of them
    const char *const *names; // that each may hold, set apart by single spaces
    int                count;
};

// The text under each key of YAML's map; it lives as long as YAML.  NULL for
// one that is missing or will not do: that is a problem in YAML's report, as is
// every key that is unknown.
void
texts_read(const char **text, struct yaml *yaml, const struct texts_form *form);

// The value of the LENGTH bytes at NAME; NULL: nothing stands there.
typedef const char *
texts_value(void *ctx, const char *name, size_t length);

// FROM with the values of its {names} in TO, of SIZE bytes above 0; cut where
// it would not fit.
void
texts_fill(char *to, size_t size, const char *from, texts_value *value,
           void *ctx);
#endif
