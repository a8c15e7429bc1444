// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/events.h"

#include "app/hooks.h"
#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct events {
    FILE         *file; // NULL: keeps nothing
    char         *path;
    unsigned      rate;
    bool          failed;
    int           error;
    events_tap   *tap; // or NULL
    void         *tap_ctx;
    struct hooks *hooks; // or NULL
};

enum status
events_open(struct events **out, const char *path, unsigned rate, bool append,
            struct diag *diag)
{
    struct events *events = calloc(1, sizeof *events);
    if (!events) return STATUS_NO_MEMORY;

    events->rate = rate;
    if (path) {
        events->path = strdup(path);
        events->file =
            strcmp(path, "-") == 0 ? stdout : fopen(path, append ? "ae" : "we");
        if (!events->file || !events->path) {
            diag_set(diag, path, "cannot be written: %s", strerror(errno));
            free(events->path);
            free(events);
            return STATUS_FAILED;
        }
    }
    *out = events;
    return STATUS_OK;
}

void
events_give(struct events *events, events_tap *tap, void *ctx)
{
    events->tap     = tap;
    events->tap_ctx = ctx;
}

enum status
events_close(struct events *events, struct diag *diag)
{
    enum status st = STATUS_OK;

    if (!events) return STATUS_OK;
    if (events->file) {
        bool bad = ferror(events->file) != 0;
        if (events->file == stdout)
            bad |= fflush(stdout) != 0;
        else
            bad |= fclose(events->file) != 0;
        if (bad || events->failed) {
            diag_set(diag, events->path, "the events were not all written: %s",
                     strerror(events->error ? events->error : errno));
            st = STATUS_FAILED;
            if (events->file == stdout) clearerr(stdout); // it is told here
        }
    }
    free(events->path);
    free(events);
    return st;
}

void
events_hook(struct events *events, struct hooks *hooks)
{
    events->hooks = hooks;
}

static bool
is_wanted(const struct events *events)
{
    return events->file || events->tap || events->hooks;
}

static double
seconds(const struct events *events, int64_t frames)
{
    return (double)frames / events->rate;
}

// An event object with its time, or NULL where nothing is kept.
static json_t *
begin(const struct events *events, int64_t frame, const char *event)
{
    if (!is_wanted(events)) return NULL;
    return json_pack("{s:f,s:I,s:s}", "at", seconds(events, frame), "frame",
                     (json_int_t)frame, "event", event);
}

// Writes and drops OBJECT, flushed so that a follower sees it at once.
static void
finish(struct events *events, json_t *object)
{
    if (!is_wanted(events)) return;
    char *line =
        object ? json_dumps(object, JSON_COMPACT | JSON_REAL_PRECISION(12))
               : NULL;
    if (line && events->tap) events->tap(events->tap_ctx, line);
    if (line && events->hooks) {
        const char *name = json_string_value(json_object_get(object, "event"));
        hooks_run(events->hooks, hook_event(name), line);
    }
    if (events->file && (!line || fprintf(events->file, "%s\n", line) < 0 ||
                         fflush(events->file) == EOF)) {
        if (!events->failed) events->error = errno;
        events->failed = true;
    }
    free(line);
    json_decref(object);
}

static void
set(json_t *object, const char *key, json_t *value)
{
    if (object)
        json_object_set_new(object, key, value);
    else
        json_decref(value);
}

static json_t *
text_or_null(const char *text)
{
    return text ? json_string(text) : json_null();
}

void
events_session(struct events *events, int64_t frame, const struct plan *plan)
{
    json_t *object = begin(events, frame, "session");
    set(object, "routine", json_string(plan->routine->id));
    set(object, "seconds", json_real(seconds(events, plan->length)));
    finish(events, object);
}

void
events_segment(struct events *events, int64_t frame, const struct plan *plan,
               const struct segment *segment, int64_t length, int64_t elapsed)
{
    const struct exercise *exercise = plan_exercise(plan, segment);
    bool                   set_     = segment->set > 0;
    json_t                *object   = begin(events, frame, "segment");

    set(object, "kind", json_string(segment_kind_name(segment->kind)));
    set(object, "exercise", text_or_null(exercise ? exercise->id : NULL));
    set(object, "set", set_ ? json_integer(segment->set) : json_null());
    set(object, "sets", set_ ? json_integer(segment->sets) : json_null());
    set(object, "side", text_or_null(side_name(segment->side)));
    set(object, "seconds", json_real(seconds(events, length)));
    if (elapsed) set(object, "elapsed", json_real(seconds(events, elapsed)));
    if (segment->open) set(object, "open", json_true());
    finish(events, object);
}

void
events_length(struct events *events, int64_t frame, int64_t length)
{
    json_t *object = begin(events, frame, "length");
    set(object, "seconds", json_real(seconds(events, length)));
    finish(events, object);
}

void
events_say(struct events *events, int64_t frame, const char *text,
           int64_t length)
{
    json_t *object = begin(events, frame, "say");
    set(object, "text", json_string(text));
    set(object, "until", json_real(seconds(events, frame + length)));
    finish(events, object);
}

void
events_tone(struct events *events, int64_t frame, const char *name,
            const char *ends)
{
    json_t *object = begin(events, frame, "tone");
    set(object, "name", json_string(name));
    if (ends) set(object, "ends", json_string(ends));
    finish(events, object);
}

void
events_plain(struct events *events, int64_t frame, const char *event)
{
    finish(events, begin(events, frame, event));
}

void
events_stall(struct events *events, int64_t frame, int64_t stalled)
{
    json_t *object = begin(events, frame, "stall");
    set(object, "seconds", json_real(seconds(events, stalled)));
    finish(events, object);
}

void
events_xrun(struct events *events, int64_t frame, unsigned count)
{
    json_t *object = begin(events, frame, "xrun");
    set(object, "count", json_integer(count));
    finish(events, object);
}

void
events_slept(struct events *events, int64_t frame, double seconds)
{
    json_t *object = begin(events, frame, "slept");
    set(object, "seconds", json_real(seconds));
    finish(events, object);
}

void
events_microphone(struct events *events, int64_t frame, bool there)
{
    json_t *object = begin(events, frame, "microphone");
    set(object, "there", json_boolean(there));
    finish(events, object);
}

void
events_gain(struct events *events, int64_t frame, int decibels)
{
    json_t *object = begin(events, frame, "volume");
    set(object, "decibels", json_integer(decibels));
    finish(events, object);
}

void
events_music(struct events *events, int64_t frame, bool on, int decibels)
{
    json_t *object = begin(events, frame, "music");
    set(object, "on", json_boolean(on));
    set(object, "decibels", json_integer(decibels));
    finish(events, object);
}

static void
write_command(struct events *events, int64_t frame, const char *event,
              enum command command, const struct command_source *source)
{
    json_t *object = begin(events, frame, event);
    int     number = command_number(command);
    set(object, "command",
        json_string(number < 0 ? command_name(command) : "number"));
    if (number >= 0) set(object, "number", json_integer(number));
    set(object, "source", json_string(source->name));
    if (source->heard) {
        const struct ear_heard *heard = source->heard;
        set(object, "phrase", json_string(heard->phrase));
        set(object, "confidence", json_real(heard->confidence));
        set(object, "from", json_real(seconds(events, heard->from)));
        set(object, "to", json_real(seconds(events, heard->to)));
    }
    finish(events, object);
}

void
events_command(struct events *events, int64_t frame, enum command command,
               const struct command_source *source, bool taken)
{
    write_command(events, frame, taken ? "command" : "declined", command,
                  source);
}

void
events_asked(struct events *events, int64_t frame, enum command command,
             const struct command_source *source)
{
    write_command(events, frame, "asked", command, source);
}

void
events_answer(struct events *events, int64_t frame,
              const struct segment *question, int value)
{
    json_t *object = begin(events, frame, "answer");

    switch (question->asks) {
    case ASKS_GATE:
        set(object, "to", json_string(gate_ids[question->about]));
        set(object, "answer", json_string(value ? "yes" : "no"));
        break;
    case ASKS_SIDE:
        set(object, "to", json_string("first_side"));
        set(object, "answer", json_string(side_name((enum side)value)));
        break;
    default:
        set(object, "to",
            json_string(question->about ? "discomfort_after"
                                        : "discomfort_before"));
        set(object, "answer", json_integer(value));
        break;
    }
    finish(events, object);
}

void
events_pain(struct events *events, int64_t frame, const char *what,
            const struct exercise *exercise)
{
    json_t *object = begin(events, frame, "pain");
    bool    area   = exercise && exercise->body.count > 0;
    set(object, "what", json_string(what));
    set(object, "exercise", exercise ? json_string(exercise->id) : json_null());
    set(object, "area",
        area ? json_string(exercise->body.text[0]) : json_null());
    finish(events, object);
}

void
events_end(struct events *events, int64_t frame, const char *reason)
{
    json_t *object = begin(events, frame, "end");
    set(object, "reason", json_string(reason));
    finish(events, object);
}
