// SPDX-License-Identifier: GPL-3.0-or-later
// Which programs are run on what happens: the list under "hooks" of
// config.yaml.
//
//     hooks:
//       - on: [segment, end]
//         run: [/usr/local/bin/lamp, --dim]
#ifndef APP_HOOK_LIST_H
#define APP_HOOK_LIST_H
#include "yaml/yaml.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define HOOK_MOST       32
#define HOOK_MOST_WORDS 32

struct hook {
    uint64_t events; // a bit for each of hook_events
    char   **run;    // its arguments, ended by NULL; the first is the program
};

// Zero it to begin.
struct hook_list {
    size_t      count;
    struct hook hooks[HOOK_MOST];
};

// The events there are, as docs/events.md has them, and "listening"; ended by
// NULL.
extern const char *const hook_events[];

// The bit of the event called NAME, 0 where there is none.
uint64_t
hook_event(const char *name);

// Problems go to the report of YAML, and what they are about is left out.
// False: no memory.
bool
hook_list_read(struct hook_list *list, struct yaml *yaml,
               const struct yaml_node *node);

void
hook_list_release(struct hook_list *list);
#endif
