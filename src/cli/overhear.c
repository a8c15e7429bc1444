// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/overhear.h"

#include "app/ears.h"
#include "app/prepare.h"
#include "base/language.h"
#include "listen/listener.h"
#include <stdlib.h>
#include <string.h>

#define CHUNK      1024 // frames fed at a time
#define BEFORE     (PREPARE_RATE / 2)
#define MOST_HEARD 4096 // lines whose result is kept

// A line that was listened to: routines share their exercises.
struct line {
    char       *text;
    const char *state;
    char       *phrase; // NULL: no command
};

struct overhear {
    struct prepared  prepared; // the voice alone
    struct listener *listener;
    struct line      lines[MOST_HEARD];
    size_t           count;
};

static enum status
open_listener(struct overhear *o, struct diag *diag)
{
    char voices[PATH_SIZE];

    if (!prepare_voices(voices)) {
        diag_set(diag, NULL, "cannot tell where rollcall's own files are");
        return STATUS_NOT_FOUND;
    }
    if (!ears_know(voices)) {
        diag_set(diag, NULL,
                 "there is no acoustic model for %s, so nothing was listened "
                 "to",
                 language_name());
        return STATUS_NOT_FOUND;
    }
    struct listener_config config = {.voices = voices, .rate = PREPARE_RATE};
    return listener_open(&o->listener, &config, diag);
}

enum status
overhear_open(struct overhear **out, const char *voice, struct report *report,
              struct diag *diag)
{
    struct overhear *o = calloc(1, sizeof *o);
    if (!o) return STATUS_NO_MEMORY;

    enum status st = open_listener(o, diag);
    if (!st)
        st = prepare_voice(&o->prepared, voice, PREPARE_RATE, false, report,
                           diag);
    if (st) {
        overhear_close(o);
        return st;
    }
    *out = o;
    return STATUS_OK;
}

void
overhear_close(struct overhear *overhear)
{
    if (!overhear) return;
    for (size_t i = 0; i < overhear->count; i++) {
        free(overhear->lines[i].text);
        free(overhear->lines[i].phrase);
    }
    listener_close(overhear->listener);
    prepared_release(&overhear->prepared);
    free(overhear);
}

// The state of the session in which what stands below KEY is said; NULL: any.
static const char *
state_of(const char *key)
{
    static const char *const playing[] = {"cues", "vary", "rest"};
    static const char *const asked[]   = {"answers", "feel", "avoid",
                                          "how_often"};

    for (size_t i = 0; i < sizeof playing / sizeof *playing; i++) {
        if (strcmp(key, playing[i]) == 0) return "playing";
    }
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        if (strcmp(key, asked[i]) == 0) return NULL;
    }
    return "ready";
}

// The first command of a session that was heard since the last call.
static const char *
take_heard(struct overhear *o)
{
    const char  *phrase = NULL;
    struct heard heard;
    enum command command;

    while (listener_next(o->listener, &heard)) {
        if (!phrase && heard.accepted && command_parse(&command, heard.command))
            phrase = heard.phrase;
    }
    return phrase;
}

static const char *
listen(struct overhear *o, const char *text, const char *state)
{
    static const float silence[BEFORE];
    uint64_t           allowed = UINT64_MAX;
    const struct pcm  *clip    = speech_clip(o->prepared.speech, text);

    if (!clip) return NULL;
    if (state && !listener_state(o->listener, state, &allowed))
        allowed = UINT64_MAX;
    listener_allow(o->listener, allowed);
    listener_reset(o->listener);
    listener_feed(o->listener, silence, NULL, BEFORE);
    for (int64_t at = 0; at < clip->frames; at += CHUNK) {
        int64_t left = clip->frames - at;
        listener_feed(o->listener, clip->samples + at, NULL,
                      (size_t)(left < CHUNK ? left : CHUNK));
    }
    listener_finish(o->listener);
    return take_heard(o);
}

// As listen(), but what was heard before is known.
static const char *
hear_once(struct overhear *o, const char *text, const char *state)
{
    for (size_t i = 0; i < o->count; i++) {
        if (o->lines[i].state == state && strcmp(o->lines[i].text, text) == 0)
            return o->lines[i].phrase;
    }
    const char *phrase = listen(o, text, state);
    if (o->count == MOST_HEARD) return phrase;

    struct line *line = &o->lines[o->count];
    line->text        = strdup(text);
    if (!line->text) return phrase;
    line->state  = state;
    line->phrase = phrase ? strdup(phrase) : NULL;
    o->count++;
    return phrase;
}

// A title is said in sentences of rollcall's own.
static const char *
hear_title(struct overhear *o, const char *title)
{
    static const enum phrase sentences[] = {PHRASE_WELCOME, PHRASE_FIRST_BARE,
                                            PHRASE_NEXT_BARE, PHRASE_REST_NEXT};
    struct phrase_value      value       = {.name = "title", .text = title};
    char                     text[PHRASE_SIZE];
    const char              *phrase = NULL;

    for (size_t i = 0; !phrase && i < sizeof sentences / sizeof *sentences;
         i++) {
        phrase_expand(text, o->prepared.book, sentences[i], &value, 1);
        phrase = hear_once(o, text, "ready");
    }
    return phrase;
}

const char *
overhear_line(void *overhear, const char *key, const char *text)
{
    struct overhear *o = overhear;

    return strcmp(key, "title") == 0 ? hear_title(o, text)
                                     : hear_once(o, text, state_of(key));
}
