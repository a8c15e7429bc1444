// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/hook_list.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const hook_events[] = {
    "session", "segment", "length",     "say",     "tone",      "lost",
    "back",    "stall",   "volume",     "command", "declined",  "asked",
    "answer",  "pain",    "end",        "hold",    "go_on",     "cut",
    "xrun",    "slept",   "microphone", "music",   "listening", NULL};
#define EVENTS (sizeof hook_events / sizeof *hook_events - 1)

uint64_t
hook_event(const char *name)
{
    for (size_t i = 0; i < EVENTS; i++)
        if (strcmp(hook_events[i], name) == 0) return (uint64_t)1 << i;
    return 0;
}

static void
add_event(uint64_t *events, struct yaml *yaml, const struct yaml_node *node)
{
    const char *name = yaml_text(node);
    uint64_t    bit  = name ? hook_event(name) : 0;

    if (!bit)
        yaml_unknown(yaml, node, "there is no event", hook_events, EVENTS);
    *events |= bit;
}

// One event, or a list of them.
static uint64_t
read_events(struct yaml *yaml, const struct yaml_node *map)
{
    const struct yaml_node *on     = yaml_get(map, "on");
    uint64_t                events = 0;

    if (yaml_text(on)) {
        add_event(&events, yaml, on);
    } else if (yaml_is_list(on) && yaml_count(on) > 0) {
        for (size_t i = 0; i < yaml_count(on); i++)
            add_event(&events, yaml, yaml_item(on, i));
    } else {
        yaml_problem(yaml, on ? on : map, SEVERITY_ERROR,
                     "'on' is an event or a list of them, as [segment, end]");
    }
    return events;
}

static bool
are_words(struct yaml *yaml, const struct yaml_node *map)
{
    const struct yaml_node *run   = yaml_get(map, "run");
    size_t                  count = yaml_count(run);
    bool good = yaml_is_list(run) && count > 0 && count < HOOK_MOST_WORDS;

    for (size_t i = 0; good && i < count; i++)
        good = yaml_text(yaml_item(run, i)) != NULL;
    const char *program = good ? yaml_text(yaml_item(run, 0)) : NULL;
    good = good && *program && (*program == '/' || !strchr(program, '/'));
    if (!good)
        yaml_problem(yaml, run ? run : map, SEVERITY_ERROR,
                     "'run' is a list of a program and its arguments, as "
                     "[/usr/local/bin/lamp, --dim]; no shell reads it, so "
                     "nothing in it needs quoting");
    return good;
}

static char **
copy_words(const struct yaml_node *run)
{
    size_t count = yaml_count(run);
    char **words = calloc(count + 1, sizeof *words);

    for (size_t i = 0; words && i < count; i++) {
        words[i] = strdup(yaml_text(yaml_item(run, i)));
        if (words[i]) continue;
        while (i > 0) free(words[--i]);
        free(words);
        return NULL;
    }
    return words;
}

static bool
read_hook(struct hook_list *list, struct yaml *yaml,
          const struct yaml_node *node)
{
    static const char *const known[] = {"on", "run"};

    if (!yaml_is_map(node)) {
        yaml_problem(yaml, node, SEVERITY_ERROR,
                     "a hook is a map with 'on' and 'run', not %s",
                     yaml_brief(node).text);
        return true;
    }
    yaml_known_keys(yaml, node, "a hook", known, 2);
    uint64_t events = read_events(yaml, node);
    if (!are_words(yaml, node) || !events) return true;
    struct hook *hook = &list->hooks[list->count];
    *hook = (struct hook){events, copy_words(yaml_get(node, "run"))};
    if (!hook->run) return false;
    list->count++;
    return true;
}

bool
hook_list_read(struct hook_list *list, struct yaml *yaml,
               const struct yaml_node *node)
{
    bool good = true;

    if (!yaml_is_list(node)) {
        yaml_problem(yaml, node, SEVERITY_ERROR,
                     "'hooks' is a list of maps with 'on' and 'run'");
        return true;
    }
    for (size_t i = 0; good && i < yaml_count(node); i++) {
        if (list->count == HOOK_MOST) {
            yaml_problem(yaml, yaml_item(node, i), SEVERITY_ERROR,
                         "there are more than %d hooks", HOOK_MOST);
            break;
        }
        good = read_hook(list, yaml, yaml_item(node, i));
    }
    return good;
}

void
hook_list_release(struct hook_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        for (char **word = list->hooks[i].run; *word; word++) free(*word);
        free(list->hooks[i].run);
    }
    *list = (struct hook_list){0};
}
