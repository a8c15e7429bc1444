// SPDX-License-Identifier: GPL-3.0-or-later
#include "routine/rules.h"

#include "base/language.h"
#include "base/text.h"
#include "routine/dose.h"
#include "routine/known.h"
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

// Milliseconds.
#define LONGEST_SESSION  (60 * 60 * 1000)
#define LONGEST_EXERCISE (15 * 60 * 1000)
#define LONG_SILENCE     15000
#define CUE_START        3000  // how the plan lays cues out: the first at
#define CUE_LEAVE        10500 // this time, and none in the last so many
#define REST_START       3500  // "Rest, and stretch." has been said
#define BETWEEN_STEPS    1500
#define SET_PAUSE        5000 // a set's lead-in, about

// One exercise while its rules are applied.
struct rules {
    const struct lint           *lint;
    const struct parts          *parts;
    const struct exercise       *e;
    const struct exercise_place *place;
};

// Where KEY of the exercise is written, else the exercise itself.
static const struct yaml_node *
find(const struct rules *rules, const char *key, struct yaml **yaml)
{
    const struct exercise_place *place = rules->place;
    const struct yaml_node      *node  = exercise_value(place, key, yaml);

    if (node) return node;
    *yaml = place->own ? place->yaml : place->base_yaml;
    node  = place->own ? place->own : place->base;
    return yaml_get(node, "use") ? yaml_get(node, "use") : node;
}

static void
warn(const struct rules *rules, const char *key, const char *message)
{
    struct yaml            *yaml;
    const struct yaml_node *node = find(rules, key, &yaml);

    yaml_problem(yaml, node, SEVERITY_WARNING, "%s", message);
}

// ---- what is heard -----------------------------------------------------

static void
check_words(const struct rules *rules)
{
    static const char *const spoken[] = {
        "title", "why",      "feel",  "avoid", "how_often", "answers",
        "brief", "cautions", "setup", "rest",  "cues",      "vary"};

    for (size_t i = 0; i < COUNT(spoken); i++) {
        struct yaml            *yaml;
        const struct yaml_node *node =
            exercise_value(rules->place, spoken[i], &yaml);
        if (node) overheard_check(yaml, spoken[i], node, rules->lint);
    }
}

static void
check_cues(const struct rules *rules)
{
    const struct exercise  *e    = rules->e;
    const struct lines     *cues = &e->cues;
    int                     ms   = e->time.high;
    int                     last = ms >= 2 * CUE_LEAVE ? CUE_LEAVE : ms / 2;
    struct yaml            *yaml;
    const struct yaml_node *node = find(rules, "cues", &yaml);

    for (size_t i = 0; i < cues->count && rules->lint->speech; i++) {
        int64_t length = rules->lint->speech(rules->lint->ctx, cues->text[i]);
        if (length < 0 || CUE_START + length <= ms - last) continue;
        yaml_problem(yaml, yaml_item(node, i), SEVERITY_WARNING,
                     "this cue takes about %s to say, which does not fit into "
                     "%s beside the count; shorten it",
                     dose_write((int)length + 999).text, dose_write(ms).text);
    }
}

// The lines of the stretch are said one after the other.
static void
check_stretch(const struct rules *rules)
{
    const struct exercise  *e     = rules->e;
    const struct lint      *lint  = rules->lint;
    int64_t                 at    = REST_START;
    bool                    rests = e->sets.high > 1 || e->rest_after_last;
    struct yaml            *yaml;
    const struct yaml_node *lines =
        yaml_get(find(rules, "rest", &yaml), "stretch");

    for (size_t i = 0; i < e->stretch.count && rests && lint->speech; i++) {
        int64_t length = lint->speech(lint->ctx, e->stretch.text[i]);
        if (length < 0) return;
        at += length;
        if (at > e->rest) {
            const struct yaml_node *line =
                yaml_is_list(lines) ? yaml_item(lines, i) : lines;
            yaml_problem(yaml, line ? line : find(rules, "rest", &yaml),
                         SEVERITY_WARNING,
                         "the rest of %s ends before this has been said; "
                         "shorten the stretch, or rest longer",
                         dose_write(e->rest).text);
            return;
        }
        at += BETWEEN_STEPS;
    }
}

// ---- what is done ------------------------------------------------------

static void
check_work(const struct rules *rules)
{
    const struct exercise *e = rules->e;

    if (e->sides == SIDES_EACH && e->change == 0) {
        warn(rules, "change",
             "there is no time to change sides; write for example change: 8s");
    }
    if (e->kind == WORK_HOLD && e->cues.count == 0 &&
        e->time.high >= LONG_SILENCE) {
        warn(rules, "cues",
             "a hold without a cue is a long silence; write cues: and below "
             "it two or three short lines");
    }
}

// A setup for the left side, where the left is not what comes first.
static void
check_side(const struct rules *rules)
{
    const struct exercise *e = rules->e;
    bool         begins      = e->sides == SIDES_EACH && e->first != FIRST_LEFT;
    struct yaml *yaml;
    const struct yaml_node *list = exercise_value(rules->place, "setup", &yaml);

    if (!begins && e->sides != SIDES_RIGHT) return;
    for (size_t i = 0; i < e->setup.count; i++) {
        if (!overheard_phrase(e->setup.text[i], "left")) continue;
        yaml_problem(yaml, yaml_item(list, i), SEVERITY_WARNING,
                     "this is for the left side, but %s begins with %s; say "
                     "it for either side, or with a setup of its own",
                     e->id,
                     e->first == FIRST_ASK && begins ? "the side that is asked"
                                                     : "the right");
        return;
    }
}

// At level deep: the most that its author allows.
static int64_t
longest(const struct exercise *e)
{
    int64_t windows = e->sides == SIDES_EACH ? 2 : 1;
    int64_t set     = windows * e->time.high + SET_PAUSE;

    if (windows == 2) set += e->change;
    int64_t rests = e->sets.high - (e->rest_after_last ? 0 : 1);
    return set * e->sets.high + rests * e->rest;
}

static void
check_length(const struct rules *rules)
{
    struct yaml            *yaml;
    const struct yaml_node *node = find(rules, "sets", &yaml);
    int64_t                 ms   = longest(rules->e);

    if (ms <= LONGEST_EXERCISE) return;
    yaml_problem(yaml, node, SEVERITY_WARNING,
                 "this one exercise takes up to %d minutes (%d sets); is that "
                 "meant?",
                 (int)(ms / 60000), rules->e->sets.high);
}

// ---- known words -------------------------------------------------------

static void
check_known(struct yaml *yaml, const struct yaml_node *node, const char *what,
            const struct known *known)
{
    const char *word = yaml_text(node);

    if (!language_is_usual()) return; // the words are English
    if (!word || known_has(known, word)) return;
    const char *nearest = text_nearest(word, known->words, known->count);
    if (nearest) {
        yaml_problem(yaml, node, SEVERITY_WARNING,
                     "'%s' is no %s that rollcall knows; did you mean '%s'?",
                     yaml_brief(node).text, what, nearest);
    } else {
        yaml_problem(yaml, node, SEVERITY_WARNING,
                     "'%s' is no %s that rollcall knows; it is used as it "
                     "stands",
                     yaml_brief(node).text, what);
    }
}

static void
check_names(const struct rules *rules)
{
    struct yaml            *yaml;
    const struct yaml_node *list =
        exercise_value(rules->place, "muscles", &yaml);

    for (size_t i = 0; yaml_is_list(list) && i < yaml_count(list); i++)
        check_known(yaml, yaml_item(list, i), "muscle", &known_muscles);
    const struct yaml_node *tool = exercise_value(rules->place, "tool", &yaml);
    if (tool) check_known(yaml, tool, "tool", &known_tools);
}

// ---- safety ------------------------------------------------------------

static bool
is_for(const struct exercise *e, const char *body)
{
    for (size_t i = 0; i < e->body.count; i++) {
        if (strcmp(e->body.text[i], body) == 0) return true;
    }
    return false;
}

static void
check_gate(const struct rules *rules, enum gate gate, const char *why)
{
    struct yaml            *yaml;
    const struct yaml_node *node = find(rules, "gates", &yaml);

    if (rules->e->gated & 1u << gate) return;
    yaml_problem(yaml, node, SEVERITY_WARNING,
                 "%s; add %s to its gates, so that it is left out for %s", why,
                 gate_ids[gate], gate_words(gate));
}

static void
check_cautions(const struct rules *rules)
{
    const struct exercise *e = rules->e;

    for (size_t i = 0; i < e->cautions; i++) {
        if (*e->caution[i].stop_if) return;
    }
    warn(rules, "cautions",
         "pressure without a word of when to come off; write cautions: and "
         "below it, for example, - stop_if: something sharp, numb or tingling");
}

// Wounds and fractures rule pressure out (J Clin Med 2021, 10:5360); neck and
// lower spine are not rolled at all.
static void
check_safety(const struct rules *rules)
{
    const struct exercise *e = rules->e;

    if (!known_presses(e->tool)) return;
    check_cautions(rules);
    check_gate(rules, GATE_OPEN_WOUND, "pressure is not for open wounds");
    check_gate(rules, GATE_RECENT_FRACTURE, "pressure is not for fractures");
    if (is_for(e, "calves"))
        check_gate(rules, GATE_BLOOD_CLOT, "clots are most often in the calf");
    if (is_for(e, "it band"))
        check_gate(rules, GATE_IT_BAND, "the outer thigh is often too sore");
    if (is_for(e, "neck"))
        warn(rules, "body",
             "the neck is not for a roller or a ball; give it a stretch "
             "without a tool");
    if (is_for(e, "lower back")) {
        warn(rules, "body",
             "the lower back is not for a roller or a ball; roll hips and "
             "glutes, and give it a stretch without a tool");
    }
}

// ---- the whole ---------------------------------------------------------

static bool
is_needed(const struct routine *routine, const char *tool)
{
    for (size_t i = 0; i < routine->needs.count; i++) {
        if (strcmp(routine->needs.text[i], tool) == 0) return true;
    }
    return !*tool;
}

// Who stands in with a tool that nobody was told to bring.
static void
check_stand_in(const struct rules *rules)
{
    const struct routine   *routine = &rules->parts->routine;
    const struct exercise  *other;
    struct yaml            *yaml;
    const struct yaml_node *node = find(rules, "instead", &yaml);

    if (!*rules->e->instead) return;
    other = routine_exercise(routine, rules->e->instead);
    if (!other || is_needed(routine, other->tool)) return;
    if (rules->place->own && yaml != rules->place->yaml) {
        yaml = rules->place->yaml;
        node = yaml_get(rules->place->own, "use");
    }
    yaml_problem(yaml, node, SEVERITY_WARNING,
                 "%s, which stands in for %s, takes a %s that is not among "
                 "the needs; add it, or name another one with instead:",
                 other->id, rules->e->id, other->tool);
}

static void
check_exercise(const struct lint *lint, const struct parts *parts, size_t i)
{
    struct rules rules = {.lint  = lint,
                          .parts = parts,
                          .e     = &parts->routine.exercises[i],
                          .place = &parts->places[i]};

    check_words(&rules);
    check_work(&rules);
    check_side(&rules);
    check_cues(&rules);
    check_stretch(&rules);
    check_length(&rules);
    check_names(&rules);
    check_safety(&rules);
    if (yaml_get(yaml_root(rules.place->yaml), "routine"))
        check_stand_in(&rules);
}

// Minutes are whole, so that some below them are fine.
static void
check_minutes(struct reader *reader, const struct routine *routine,
              enum level level, int64_t ms)
{
    static const char *const names[LEVELS] = {"gentle", "standard", "deep"};
    const struct yaml_node *node = yaml_get(yaml_root(reader->yaml), "minutes");
    int64_t                 given = (int64_t)routine->minutes[level] * 60000;
    bool                    over  = (ms - given) * 20 > given;
    bool                    under = (given - 60000 - ms) * 20 > given;

    if (ms < 0 || !given || (!over && !under)) return;
    if (yaml_is_map(node)) node = yaml_get(node, names[level]);
    yaml_problem(reader->yaml, node, SEVERITY_WARNING,
                 "at level %s the session takes about %s, which is more than "
                 "5 %% off; change this or the doses",
                 names[level], dose_write((int)ms).text);
}

static void
check_sum(struct reader *reader, const struct routine *routine,
          const struct lint *lint)
{
    const struct yaml_node *root = yaml_root(reader->yaml);

    for (int i = 0; i < LEVELS && lint->session; i++) {
        enum level level = (enum level)i;
        int64_t    ms    = lint->session(lint->ctx, routine, level);
        if (level == LEVEL_STANDARD && ms > LONGEST_SESSION)
            yaml_problem(reader->yaml, yaml_get(root, "routine"),
                         SEVERITY_WARNING,
                         "the session takes about %d minutes; is that meant?",
                         (int)((ms + 30000) / 60000));
        check_minutes(reader, routine, level, ms);
    }
}

void
rules_apply(struct reader *reader, const struct parts *parts,
            const struct lint *lint)
{
    static const char *const spoken[] = {"title", "about"};
    const struct yaml_node  *root     = yaml_root(reader->yaml);
    const struct yaml_node  *needs    = yaml_get(root, "needs");
    bool                     routine  = yaml_get(root, "routine") != NULL;

    for (size_t i = 0; routine && i < COUNT(spoken); i++) {
        const struct yaml_node *node = yaml_get(root, spoken[i]);
        if (node) overheard_check(reader->yaml, spoken[i], node, lint);
    }
    for (size_t i = 0; i < yaml_count(needs); i++)
        check_known(reader->yaml, yaml_item(needs, i), "tool", &known_tools);
    if (parts->routine.chain.count == 0) {
        for (size_t i = 0; i < parts->routine.count; i++)
            check_exercise(lint, parts, i);
    }
    check_sum(reader, &parts->routine, lint);
}
