// SPDX-License-Identifier: GPL-3.0-or-later
#include "listen/phrases.h"

#include "base/text.h"
#include "yaml/yaml.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

static const struct yaml_node *
want(struct yaml *yaml, const struct yaml_node *node, bool right,
     const char *what)
{
    if (right) return node;
    yaml_problem(yaml, node, SEVERITY_ERROR, "expected %s", what);
    return NULL;
}

// A copy of TEXT; NULL, and a problem at NODE, where there is no memory.
static char *
copy(struct yaml *yaml, const struct yaml_node *node, const char *text)
{
    char *made = strdup(text);
    if (!made) yaml_problem(yaml, node, SEVERITY_ERROR, "out of memory");
    return made;
}

static bool
is_phrase(const char *text)
{
    size_t words = 1;
    for (const char *c = text; *c; c++) {
        bool letter =
            (*c >= 'a' && *c <= 'z') || *c == '\'' || (unsigned char)*c >= 0x80;
        bool space = *c == ' ' && c > text && c[-1] != ' ' && c[1];
        if (!letter && !space) return false;
        words += space;
    }
    return *text && words <= PHRASES_MOST_WORDS;
}

static void
read_phrase(struct phrases *phrases, struct yaml *yaml,
            const struct yaml_node *node, int command)
{
    const char *text = yaml_text(node);
    if (!want(yaml, node, text && is_phrase(text),
              "a phrase: up to six words in small letters, as \"next set\""))
        return;
    int same = phrases_find(phrases, text);
    if (same >= 0) {
        yaml_problem(yaml, node, SEVERITY_ERROR,
                     "\"%s\" is a phrase of %s already", text,
                     phrases->commands[phrases->phrases[same].command]);
        return;
    }
    if (phrases->phrase_count == PHRASES_MOST) {
        yaml_problem(yaml, node, SEVERITY_ERROR, "more than %d phrases",
                     PHRASES_MOST);
        return;
    }
    char *made = copy(yaml, node, text);
    if (!made) return;
    phrases->phrases[phrases->phrase_count++] = (struct wording){made, command};
}

static void
read_command(struct phrases *phrases, struct yaml *yaml,
             const struct yaml_node *name, const struct yaml_node *list)
{
    if (phrases->command_count == PHRASES_MOST_COMMANDS) {
        yaml_problem(yaml, name, SEVERITY_ERROR, "more than %d commands",
                     PHRASES_MOST_COMMANDS);
        return;
    }
    if (!want(yaml, list, yaml_is_list(list) && yaml_count(list) > 0,
              "a list of phrases"))
        return;
    char *made = copy(yaml, name, yaml_text(name));
    if (!made) return;
    int command                = (int)phrases->command_count++;
    phrases->commands[command] = made;
    for (size_t i = 0; i < yaml_count(list); i++)
        read_phrase(phrases, yaml, yaml_item(list, i), command);
}

static void
read_state(struct phrases *phrases, struct yaml *yaml,
           const struct yaml_node *name, const struct yaml_node *list)
{
    if (phrases->state_count == PHRASES_MOST_STATES) {
        yaml_problem(yaml, name, SEVERITY_ERROR, "more than %d states",
                     PHRASES_MOST_STATES);
        return;
    }
    if (!want(yaml, list, yaml_is_list(list), "a list of commands")) return;
    char *made = copy(yaml, name, yaml_text(name));
    if (!made) return;
    size_t state           = phrases->state_count++;
    phrases->states[state] = made;
    for (size_t i = 0; i < yaml_count(list); i++) {
        const struct yaml_node *item = yaml_item(list, i);
        const char             *text = yaml_text(item);
        int command = text ? phrases_command(phrases, text) : -1;
        if (want(yaml, item, command >= 0, "a command listed above"))
            phrases->allowed[state] |= UINT64_C(1) << command;
    }
}

// Answers to certain questions: nobody says them unasked.
static void
note_asked(struct phrases *phrases)
{
    uint64_t unasked = 0;

    for (size_t i = 0; i < phrases->state_count; i++) {
        bool asked = strncmp(phrases->states[i], "asked ", 6) == 0;
        *(asked ? &phrases->asked : &unasked) |= phrases->allowed[i];
    }
    phrases->asked &= ~unasked;
}

static void
read_all(struct phrases *phrases, struct yaml *yaml)
{
    static const char *const known[] = {"commands", "states"};
    const struct yaml_node  *root    = yaml_root(yaml);
    if (!want(yaml, root, yaml_is_map(root), "commands: and states:")) return;
    yaml_known_keys(yaml, root, "the phrases file", known, 2);
    const struct yaml_node *commands = yaml_get(root, "commands");
    if (!want(yaml, commands ? commands : root,
              yaml_is_map(commands) && yaml_count(commands) > 0,
              "commands: a map of command to phrases"))
        return;
    for (size_t i = 0; i < yaml_count(commands); i++)
        read_command(phrases, yaml, yaml_key(commands, i),
                     yaml_item(commands, i));
    const struct yaml_node *states = yaml_get(root, "states");
    if (states && !want(yaml, states, yaml_is_map(states),
                        "states: a map of state to commands"))
        return;
    for (size_t i = 0; i < yaml_count(states); i++)
        read_state(phrases, yaml, yaml_key(states, i), yaml_item(states, i));
    note_asked(phrases);
}

// The phrases of YAML, which is freed.  REPORT is released.
static enum status
finish(struct phrases **out, struct yaml *yaml, enum status status,
       struct report *report, const char *name, struct diag *diag)
{
    struct phrases *phrases = NULL;

    if (status == STATUS_OK) {
        phrases = calloc(1, sizeof *phrases);
        if (!phrases) status = STATUS_NO_MEMORY;
    }
    errno = 0;
    if (phrases) {
        read_all(phrases, yaml);
        if (report->errors > 0) status = STATUS_BAD_INPUT;
        if (errno == ENOMEM) status = STATUS_NO_MEMORY;
    }
    yaml_free(yaml);
    if (status == STATUS_OK) {
        *out    = phrases;
        phrases = NULL;
    } else {
        report_tell(report, name, diag);
    }
    report_release(report);
    phrases_free(phrases);
    return status;
}

enum status
phrases_read(struct phrases **out, const char *path, struct diag *diag)
{
    struct report report = {0};
    struct yaml  *yaml   = NULL;

    enum status status = yaml_read(&yaml, path, &report);
    return finish(out, yaml, status, &report, path, diag);
}

enum status
phrases_parse(struct phrases **out, const char *name, const char *text,
              size_t length, struct diag *diag)
{
    struct report report = {0};
    struct yaml  *yaml   = NULL;

    enum status status = yaml_parse(&yaml, name, text, length, &report);
    return finish(out, yaml, status, &report, name, diag);
}

void
phrases_free(struct phrases *phrases)
{
    if (!phrases) return;
    for (size_t i = 0; i < phrases->command_count; i++)
        free(phrases->commands[i]);
    for (size_t i = 0; i < phrases->phrase_count; i++)
        free(phrases->phrases[i].text);
    for (size_t i = 0; i < phrases->state_count; i++) free(phrases->states[i]);
    free(phrases);
}

int
phrases_command(const struct phrases *phrases, const char *name)
{
    for (size_t i = 0; i < phrases->command_count; i++)
        if (strcmp(phrases->commands[i], name) == 0) return (int)i;
    return -1;
}

int
phrases_find(const struct phrases *phrases, const char *text)
{
    for (size_t i = 0; i < phrases->phrase_count; i++)
        if (strcmp(phrases->phrases[i].text, text) == 0) return (int)i;
    return -1;
}

bool
phrases_state(const struct phrases *phrases, const char *state,
              uint64_t *allowed)
{
    for (size_t i = 0; i < phrases->state_count; i++) {
        if (strcmp(phrases->states[i], state) != 0) continue;
        *allowed = phrases->allowed[i];
        return true;
    }
    return false;
}
