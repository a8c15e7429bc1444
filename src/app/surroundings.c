// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/surroundings.h"

#include "base/fresh.h"
#include "yaml/yaml.h"
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// dB; what the ears were measured with, see docs/listening.md
#define NOISY       (-45.0) // dBFS of a room
#define CLEAR       15.0    // of speech over it
#define SOFT        (-50.0) // dBFS of speech, ...
#define TOO_LOUD    (-6.0)  // ... in its loudest third of a second
#define ECHO_OVER   12.0    // over speech, where rollcall speaks at SPOKEN
#define SPOKEN      (-23.0)
#define LATE_MS     150
#define TOO_LATE_MS 500

size_t
surroundings_judge(const struct surroundings *s,
                   enum phrase                advice[SURROUNDINGS_MOST_ADVICE])
{
    size_t count = 0;

    if (!s->speaks)
        advice[count++] = PHRASE_CHECK_NO_SPEECH;
    else if (s->speech > TOO_LOUD)
        advice[count++] = PHRASE_CHECK_CLIPS;
    else if (s->speech < SOFT)
        advice[count++] = PHRASE_CHECK_SOFT;
    if (s->noise > NOISY || (s->speaks && s->speech - s->noise < CLEAR))
        advice[count++] = PHRASE_CHECK_NOISY;
    if (!s->echoes)
        advice[count++] = PHRASE_CHECK_NO_ECHO;
    else if (s->speaks && SPOKEN + s->echo - s->speech > ECHO_OVER)
        advice[count++] = PHRASE_CHECK_ECHO;
    if (s->echoes && s->delay_ms > TOO_LATE_MS)
        advice[count++] = PHRASE_CHECK_TOO_LATE;
    else if (s->echoes && s->delay_ms > LATE_MS)
        advice[count++] = PHRASE_CHECK_LATE;
    return count;
}

bool
surroundings_path(char path[PATH_SIZE])
{
    char folder[PATH_SIZE];
    return path_user_data(folder) && path_join(path, folder, "sound.yaml");
}

// ---- the file ----

static bool
read_number(struct yaml *yaml, const char *key, double least, double most,
            double *to)
{
    const struct yaml_node *node = yaml_get(yaml_root(yaml), key);
    const char             *text = yaml_text(node);
    char                   *end  = NULL;
    double                  x    = text ? strtod(text, &end) : 0;

    if (!node) return false;
    if (text && *text && !*end && x >= least && x <= most) {
        *to = x;
        return true;
    }
    yaml_problem(yaml, node, SEVERITY_ERROR, "'%s' is a number from %g to %g",
                 key, least, most);
    return false;
}

static enum status
read_all(struct surroundings *s, struct yaml *yaml, struct report *report)
{
    static const char *const known[] = {"delay_ms", "echo", "noise", "speech"};
    struct surroundings      made    = {.noise = -120};

    if (!yaml_is_map(yaml_root(yaml))) {
        yaml_problem(yaml, yaml_root(yaml), SEVERITY_ERROR,
                     "what was measured is a map with 'delay_ms'");
        return STATUS_BAD_INPUT;
    }
    yaml_known_keys(yaml, yaml_root(yaml), "what was measured", known,
                    sizeof known / sizeof *known);
    made.echoes = read_number(yaml, "delay_ms", 0, 2000, &made.delay_ms);
    read_number(yaml, "echo", -120, 60, &made.echo);
    read_number(yaml, "noise", -120, 6, &made.noise);
    made.speaks = read_number(yaml, "speech", -120, 6, &made.speech);
    if (report->errors) return STATUS_BAD_INPUT;
    *s = made;
    return STATUS_OK;
}

enum status
surroundings_read(struct surroundings *s, const char *path,
                  struct report *report)
{
    struct yaml *yaml = NULL;
    enum status  st   = yaml_read(&yaml, path, report);

    if (!st) st = read_all(s, yaml, report);
    yaml_free(yaml);
    return st;
}

enum status
surroundings_parse(struct surroundings *s, const char *name, const char *text,
                   size_t length, struct report *report)
{
    struct yaml *yaml = NULL;
    enum status  st   = yaml_parse(&yaml, name, text, length, report);

    if (!st) st = read_all(s, yaml, report);
    yaml_free(yaml);
    return st;
}

static void
write_all(const struct surroundings *s, FILE *file)
{
    fputs("# What \"rollcall setup --sound\" measured; dB of full scale, but\n"
          "# \"echo\": of the microphone over what is played.\n",
          file);
    if (s->echoes)
        fprintf(file, "delay_ms: %.1f\necho: %.1f\n", s->delay_ms, s->echo);
    fprintf(file, "noise: %.1f\n", s->noise);
    if (s->speaks) fprintf(file, "speech: %.1f\n", s->speech);
}

enum status
surroundings_write(const struct surroundings *s, const char *path,
                   struct diag *diag)
{
    struct fresh fresh;
    bool         good = fresh_begin(&fresh, path);

    if (good) {
        write_all(s, fresh.file);
        good = fresh_end(&fresh);
    }
    if (good) return STATUS_OK;
    diag_set(diag, path, "what was measured cannot be kept: %s",
             strerror(errno));
    return STATUS_FAILED;
}
