// SPDX-License-Identifier: GPL-3.0-or-later
#include "listen/person.h"

#include "base/fresh.h"
#include "base/text.h"
#include "yaml/yaml.h"
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FARTHEST  9.0 // as sketch_distance() gives it for nothing
#define MOST_REST 0.4

// How far the takes may move the logarithm of the odds.
#define MOST_UP   3.5
#define MOST_DOWN 5.0

struct person {
    struct take takes[PERSON_MOST];
    size_t      count;
    size_t      learnt; // takes from here on are not of the file
};

struct person *
person_new(void)
{
    return calloc(1, sizeof(struct person));
}

void
person_free(struct person *person)
{
    free(person);
}

size_t
person_count(const struct person *person)
{
    return person->count;
}

const struct take *
person_take(const struct person *person, size_t i)
{
    return &person->takes[i];
}

int
person_takes(const struct person *person, const char *phrase)
{
    int count = 0;
    for (size_t i = 0; i < person->count; i++)
        count += strcmp(person->takes[i].phrase, phrase) == 0;
    return count;
}

bool
person_add(struct person *person, const char *command, const char *phrase,
           const struct sketch *sketch)
{
    if (person->count == PERSON_MOST) return false;
    struct take *take = &person->takes[person->count];
    take->sketch      = *sketch;
    take->number      = -1;
    if (!text_copy(take->command, sizeof take->command, command) ||
        !text_copy(take->phrase, sizeof take->phrase, phrase))
        return false;
    person->learnt = ++person->count;
    return true;
}

void
person_number(struct person *person, const struct phrases *phrases)
{
    for (size_t i = 0; i < person->count; i++) {
        struct take *take = &person->takes[i];
        take->number      = phrases_command(phrases, take->command);
    }
}

// The oldest of at least PERSON_TAKES takes of PHRASE that were learnt; the
// number of takes where there are fewer.
static size_t
to_replace(const struct person *person, const char *phrase)
{
    size_t oldest = person->count;
    int    found  = 0;
    for (size_t i = person->count; i-- > person->learnt;) {
        if (strcmp(person->takes[i].phrase, phrase) != 0) continue;
        oldest = i;
        found++;
    }
    return found < PERSON_TAKES ? person->count : oldest;
}

void
person_learn(struct person *person, int command, const char *phrase,
             const struct sketch *sketch)
{
    struct take take = {.number = command, .sketch = *sketch};
    size_t      at   = to_replace(person, phrase);
    if (person_takes(person, phrase) == 0 ||
        !text_copy(take.phrase, sizeof take.phrase, phrase))
        return;
    if (at < person->count) { // those after it move up
        memmove(&person->takes[at], &person->takes[at + 1],
                (person->count - at - 1) * sizeof take);
        person->count--;
    }
    if (person->count == PERSON_MOST) return;
    person->takes[person->count++] = take;
}

static double
smaller(double a, double b)
{
    return a < b ? a : b;
}

// Mean distance between the takes of COMMAND; ALONE where there is but one.
static double
spread_of(const struct person *person, int command, double alone)
{
    const struct take *t   = person->takes;
    double             sum = 0;
    int                n   = 0;
    for (size_t i = 0; i < person->learnt; i++)
        for (size_t j = i + 1; j < person->learnt; j++) {
            if (t[i].number != command || t[j].number != command ||
                strcmp(t[i].phrase, t[j].phrase) != 0)
                continue;
            sum += sketch_distance(&t[i].sketch, &t[j].sketch);
            n++;
        }
    return n > 0 ? sum / n : alone;
}

struct kinship
person_kinship(const struct person *person, int command, const char *phrase,
               uint64_t allowed, const struct sketch *sketch)
{
    struct kinship k     = {.near = FARTHEST, .other = -1};
    double         best  = FARTHEST;
    int            other = -1;
    for (size_t i = 0; i < person->count; i++) {
        const struct take *take = &person->takes[i];
        if (take->number < 0 || !(allowed >> take->number & 1)) continue;
        double distance = sketch_distance(sketch, &take->sketch);
        if (take->number == command) {
            k.near = smaller(k.near, distance);
            k.known |= strcmp(take->phrase, phrase) == 0;
        } else if (distance < best) {
            best  = distance;
            other = take->number;
        }
    }
    // another phrase of the command may have been heard as this one
    k.known |= k.near < PERSON_NEAR;
    if (best < PERSON_NEAR && best < k.near - PERSON_CLEAR) k.other = other;
    k.rest   = smaller(best - k.near, MOST_REST);
    k.spread = k.known ? spread_of(person, command, k.near) : 0;
    return k;
}

static double
within(double value, double least, double most)
{
    return value < least ? least : value > most ? most : value;
}

double
person_weigh(const struct person_weights *w, const struct kinship *k,
             double confidence)
{
    double sure = log(within(confidence, 1e-6, 1 - 1e-6) /
                      within(1 - confidence, 1e-6, 1 - 1e-6));
    if (!k->known) return confidence;
    double sum = w->base + w->sure * sure + w->near * k->near +
                 w->rest * k->rest + w->spread * k->spread +
                 (k->moved ? w->moved : 0);
    return 1 / (1 + exp(-within(sum, sure - MOST_DOWN, sure + MOST_UP)));
}

double
person_judge(const struct kinship *kinship, double confidence)
{
    static const struct person_weights used = {.base   = 3.4,
                                               .sure   = 0.62,
                                               .near   = -12.2,
                                               .rest   = 5.4,
                                               .spread = 8.3,
                                               .moved  = -1.3};
    return person_weigh(&used, kinship, confidence);
}

static void
read_take(struct person *person, struct yaml *yaml,
          const struct yaml_node *node)
{
    static const char *const known[] = {"command", "phrase", "sound"};
    const struct yaml_node  *sound   = yaml_get(node, "sound");
    const char              *command = yaml_text(yaml_get(node, "command"));
    const char              *phrase  = yaml_text(yaml_get(node, "phrase"));
    const char              *text    = yaml_text(sound);
    struct sketch            sketch;
    if (!yaml_known_keys(yaml, node, "a take", known, 3)) return;
    if (!command || !phrase || !text)
        yaml_problem(yaml, node, SEVERITY_ERROR,
                     "a take has a command, a phrase and a sound");
    else if (!sketch_read(&sketch, text))
        yaml_problem(yaml, sound, SEVERITY_ERROR,
                     "expected a sound: %d numbers from -99 to 99 a point, "
                     "points between slashes, at most %d",
                     MFCC_COUNT, SKETCH_POINTS);
    else if (!person_add(person, command, phrase, &sketch))
        yaml_problem(yaml, node, SEVERITY_ERROR,
                     "more than %d takes, or a name longer than %d letters",
                     PERSON_MOST, PERSON_NAME - 1);
}

static void
read_all(struct person *person, struct yaml *yaml)
{
    static const char *const known[] = {"takes"};
    const struct yaml_node  *root    = yaml_root(yaml);
    const struct yaml_node  *takes   = yaml_get(root, "takes");
    if (!yaml_is_map(root) || !yaml_is_list(takes)) {
        yaml_problem(yaml, takes ? takes : root, SEVERITY_ERROR,
                     "expected a list of takes under \"takes\"");
        return;
    }
    yaml_known_keys(yaml, root, "a voice", known, 1);
    for (size_t i = 0; i < yaml_count(takes); i++)
        read_take(person, yaml, yaml_item(takes, i));
}

enum status
person_read(struct person **out, const char *path, struct diag *diag)
{
    struct report  report = {0};
    struct yaml   *yaml   = NULL;
    struct person *person = NULL;
    enum status    status = yaml_read(&yaml, path, &report);
    if (status == STATUS_OK) {
        person = person_new();
        if (!person) status = STATUS_NO_MEMORY;
    }
    if (person) read_all(person, yaml);
    if (status == STATUS_OK && report.errors > 0) status = STATUS_BAD_INPUT;
    yaml_free(yaml);
    if (status == STATUS_OK) {
        *out   = person;
        person = NULL;
    } else {
        report_tell(&report, path, diag);
    }
    report_release(&report);
    person_free(person);
    return status;
}

static void
write_all(const struct person *person, FILE *file)
{
    char text[SKETCH_TEXT];
    fputs("# How you say the commands, learnt by \"rollcall setup\".  To "
          "forget it:\n# \"rollcall setup --forget\", or delete this file.  "
          "A take may be taken out.\n# sound: the cepstra of every 30 ms, in "
          "tenths of their usual deviation.\n",
          file);
    fputs(person->learnt > 0 ? "takes:\n" : "takes: []\n", file);
    for (size_t i = 0; i < person->learnt; i++) {
        const struct take *take = &person->takes[i];
        sketch_write(&take->sketch, text);
        fprintf(file,
                "  - command: \"%s\"\n    phrase: \"%s\"\n    sound: %s\n",
                take->command, take->phrase, text);
    }
}

enum status
person_write(const struct person *person, const char *path, struct diag *diag)
{
    struct fresh fresh;
    bool         good = fresh_begin(&fresh, path);

    if (good) {
        write_all(person, fresh.file);
        good = fresh_end(&fresh);
    }
    if (good) return STATUS_OK;
    diag_set(diag, path, "cannot be written: %s", strerror(errno));
    return STATUS_FAILED;
}
