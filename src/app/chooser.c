// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/chooser.h"

#include "app/console.h"
#include "app/deck.h"
#include "app/ears.h"
#include "app/greeting.h"
#include "app/interrupt.h"
#include "app/offers.h"
#include "app/prepare.h"
#include "app/typed.h"
#include "app/wish.h"
#include "audio/tones.h"
#include "base/log.h"
#include "base/notify.h"
#include "base/text.h"
#include "routine/known.h"
#include "routine/library.h"
#include "routine/routine.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PAGE       4 // routines named at a time
#define GAP_MS     350
#define PROMPT_MS  20000 // of silence, then the question is asked again
#define MOST_ASKED 2
#define MOST_LINES 12

// One of what is to be said.
struct saying {
    char text[PHRASE_SIZE];
    int  offered; // the one of the library that it offers, -1: none
};

struct chooser {
    const struct chooser_options *options;

    struct offers offers;

    struct prepared  prepared; // the voice alone
    struct deck      deck;
    struct ears     *ears;
    struct greeting *greeting;
    struct typed    *typed;
    struct library   library;
    struct pcm      *accepted;
    struct console   console;
    size_t           first;   // of the page
    int              chosen;  // in the library, -1: none
    int              offered; // that was offered last, -1: none
    int              minutes; // 0: not said
    struct saying    queue[MOST_LINES];
    size_t           queued;
    size_t           said;
    int64_t          quiet; // frame from which nothing sounds
    int              asked;
    bool             done;
};

// ---- what is said ------------------------------------------------------

static int64_t
ms_to_frames(const struct chooser *c, int64_t ms)
{
    return ms * c->deck.host->rate / 1000;
}

static const char *
title_of(struct chooser *c, int index, char title[128])
{
    struct routine *routine = NULL;
    struct report   report  = {0};

    title[0] = '\0';
    if (!routine_read(&routine, c->library.entries[index].path, &report))
        text_copy(title, 128, routine->title);
    routine_free(routine);
    report_release(&report);
    return title;
}

// Puts VALUE in place of {NAME} in TO.
static void
fill(char to[PHRASE_SIZE], const char *name, const char *value)
{
    char  before[PHRASE_SIZE];
    char *at = strstr(to, name);
    if (!at) return;
    memcpy(before, to, PHRASE_SIZE);
    snprintf(to, PHRASE_SIZE, "%.*s%s%s", (int)(at - to), before, value,
             before + (at - to) + strlen(name));
}

static void
say(struct chooser *c, enum greeting_line line, int number, int index)
{
    char title[128], digits[16];
    if (c->queued == MOST_LINES) return;

    c->queue[c->queued].offered = -1;
    char *to                    = c->queue[c->queued++].text;
    text_copy(to, PHRASE_SIZE, greeting_text(c->greeting, line));
    snprintf(digits, sizeof digits, "%d", number);
    fill(to, "{n}", digits);
    if (index >= 0) fill(to, "{title}", title_of(c, index, title));
}

// Ends what is being said, and what was to be said.
static void
hush(struct chooser *c)
{
    engine_cut(c->deck.engine, LAYER_SPEECH, ENGINE_NOW);
    c->queued = c->said = 0;
    c->quiet            = engine_frames(c->deck.engine) + ms_to_frames(c, 200);
}

static void
say_page(struct chooser *c)
{
    for (int i = 0; i < PAGE && c->first + (size_t)i < c->library.count; i++)
        say(c, GREETING_CHOICE, i + 1, (int)c->first + i);
    say(c, GREETING_HOW, 0, -1);
}

// The next line of the queue, when the one before is over.
static void
speak(struct chooser *c, int64_t now)
{
    if (c->said == c->queued || now < c->quiet) return;
    const struct saying *saying = &c->queue[c->said++];
    const char          *text   = saying->text;
    struct pcm          *clip   = speech_clip(c->prepared.speech, text);

    if (saying->offered >= 0) c->offered = saying->offered;

    console_clear(&c->console);
    fprintf(stderr, "  %s\n", text);
    if (!clip) return;
    engine_play(c->deck.engine, LAYER_SPEECH, clip, ENGINE_NOW);
    c->quiet = now + clip->frames + ms_to_frames(c, GAP_MS);
}

// ---- what is answered --------------------------------------------------

static void
say_chosen(struct chooser *c)
{
    say(c, c->minutes ? GREETING_CHOSEN_IN : GREETING_CHOSEN, c->minutes,
        c->chosen);
}

static void
choose(struct chooser *c, int index)
{
    hush(c);
    if (index < 0) {
        say(c, GREETING_UNKNOWN, 0, -1);
        return;
    }
    c->chosen = index;
    say_chosen(c);
    if (c->ears) ears_allow_state(c->ears, "chosen");
}

static void
choose_minutes(struct chooser *c, int minutes)
{
    hush(c);
    c->minutes = minutes;
    if (c->chosen >= 0)
        say_chosen(c);
    else
        say(c, GREETING_MINUTES, minutes, -1);
}

// The routine of that id, or for that part of the body, or the usual one; -1:
// none.
static int
find_routine(const struct chooser *c, const char *what)
{
    char                path[PATH_SIZE];
    const struct offer *usual = offers_find(&c->offers, OFFER_USUAL);

    if (strcmp(what, "usual") == 0) {
        if (!usual) return -1;
        what = usual->routine;
    }

    for (size_t i = 0; i < c->library.count; i++) {
        if (strcmp(c->library.entries[i].id, what) == 0) return (int)i;
    }
    if (!known_has(&known_bodies, what) || routine_for_body(path, what, NULL))
        return -1;
    for (size_t i = 0; i < c->library.count; i++) {
        if (strcmp(c->library.entries[i].path, path) == 0) return (int)i;
    }
    return -1;
}

static void
turn_page(struct chooser *c)
{
    c->first += PAGE;
    if (c->first >= c->library.count) c->first = 0;
    say_page(c);
}

static void
take_back(struct chooser *c)
{
    c->chosen = -1;
    say(c, GREETING_WHAT_THEN, 0, -1);
    if (c->ears) ears_allow_state(c->ears, "choosing");
}

// NAME as choosing.yaml has it.
static void
answer(struct chooser *c, const char *name)
{
    c->asked = 0;
    engine_play(c->deck.engine, LAYER_TONE, c->accepted, ENGINE_NOW);
    if (strncmp(name, "pick ", 5) == 0) {
        choose(c, find_routine(c, name + 5));
        return;
    }
    if (strncmp(name, "choice ", 7) == 0) {
        size_t nth   = strtoul(name + 7, NULL, 10) - 1;
        size_t index = c->first + nth;
        choose(c, nth < PAGE && index < c->library.count ? (int)index : -1);
        return;
    }
    if (strncmp(name, "minutes ", 8) == 0) {
        choose_minutes(c, (int)strtol(name + 8, NULL, 10));
        return;
    }
    hush(c);
    if (strcmp(name, "yes") == 0 && c->chosen < 0 && c->offered >= 0)
        choose(c, c->offered);
    else if (strcmp(name, "start") == 0 && c->chosen >= 0)
        c->done = true;
    else if (strcmp(name, "next") == 0)
        turn_page(c);
    else if (strcmp(name, "no") == 0)
        take_back(c);
    else if (strcmp(name, "stop") == 0) {
        c->chosen = -1;
        c->done   = true;
        say(c, GREETING_GOODBYE, 0, -1);
    } else if (c->chosen >= 0)
        say_chosen(c);
    else
        say_page(c);
}

// A typed line: a number, a routine's id, a part of the body, with or without
// minutes; or a command by its name or a phrase.
static void
answer_typed(struct chooser *c, const char *line)
{
    char        name[96];
    struct wish wish;

    wish_parse(&wish, line);
    if (wish.minutes) c->minutes = wish.minutes;
    int         index = find_routine(c, wish.what);
    const char *said  = typed_name(c->typed, line);
    if (said) line = said;
    if (strcmp(line, "quit") == 0) line = "stop";
    if (index >= 0) {
        choose(c, index);
    } else if (wish.minutes && !*wish.what) {
        choose_minutes(c, wish.minutes);
    } else if (*line >= '0' && *line <= '9') {
        snprintf(name, sizeof name, "choice %.8s", wish.what);
        answer(c, name);
    } else {
        answer(c, line);
    }
}

static void
take_answers(struct chooser *c)
{
    struct ear_heard heard;
    const char      *line;

    while (c->ears && !c->done && ears_next(c->ears, &heard)) {
        if (!heard.accepted) continue;
        console_heard(&c->console, &heard);
        answer(c, heard.name);
    }
    console_look(&c->console);
    while (!c->done && (line = console_line(&c->console)))
        answer_typed(c, line);
}

// Nobody answers: the question again, twice; then it waits in silence, or has
// waited long enough.
static void
ask_again(struct chooser *c, int64_t now)
{
    int64_t silent = c->said < c->queued ? 0 : now - c->quiet;

    if (c->asked == MOST_ASKED) {
        int64_t most = ms_to_frames(c, c->options->patience * 1000LL);
        if (most > 0 && silent >= most) {
            c->chosen = -1;
            c->done   = true;
        }
        return;
    }
    if (silent < ms_to_frames(c, PROMPT_MS)) return;
    c->asked++;
    if (c->chosen >= 0)
        say_chosen(c);
    else
        say(c, GREETING_AGAIN, 0, -1);
}

// ---- the whole ---------------------------------------------------------

static enum status
open_host(struct chooser *c, struct diag *diag)
{
    struct host_config config = {.listen = true,
                                 .output = c->options->output,
                                 .input  = c->options->input};
    enum status        st = deck_open(&c->deck, &host_portaudio, &config, diag);

    if (!st) c->accepted = tone_make(TONE_ACCEPTED, c->deck.host->rate);
    return st || c->accepted ? st : STATUS_NO_MEMORY;
}

// What most people come for is named first.
static void
put_first(struct library *library, const char *id)
{
    for (size_t i = 1; i < library->count; i++) {
        if (strcmp(library->entries[i].id, id) != 0) continue;
        struct library_entry entry = library->entries[i];
        memmove(library->entries + 1, library->entries, i * sizeof entry);
        library->entries[0] = entry;
        return;
    }
}

// What is offered comes before that, in its order.
static void
put_offers_first(struct chooser *c)
{
    put_first(&c->library, "upper-back");
    offers_read(&c->offers);
    for (size_t i = c->offers.count; i-- > 0;)
        put_first(&c->library, c->offers.list[i].routine);
}

static void
open_ears(struct chooser *c, const char *voices)
{
    struct diag        diag   = {""};
    struct ears_config config = {.voices   = voices,
                                 .commands = "choosing.yaml",
                                 .rate     = c->deck.host->rate,
                                 .live     = true};

    if (!c->deck.host->hears || !ears_know(voices)) return;
    if (ears_open(&c->ears, c->deck.engine, &config, &diag) == STATUS_OK)
        ears_allow_state(c->ears, "choosing");
    else
        log_print(LOG_WARNING, "nobody can be heard: %s",
                  diag.text[0] ? diag.text : "there is not enough memory");
}

static enum status
open_all(struct chooser *c, struct report *report, struct diag *diag)
{
    char        voices[PATH_SIZE];
    enum status st = open_host(c, diag);

    if (!st && !prepare_voices(voices)) st = STATUS_NOT_FOUND;
    if (!st) st = greeting_read(&c->greeting, voices, report);
    if (!st) st = library_scan(&c->library, diag);
    if (!st) put_offers_first(c);
    if (!st)
        st = prepare_voice(&c->prepared, c->options->voice, c->deck.host->rate,
                           true, report, diag);
    if (!st) c->typed = typed_open("choosing.yaml");
    if (!st) open_ears(c, voices);
    return st;
}

static bool
is_called_away(struct chooser *c)
{
    notify_alive();
    bool away = interrupted() ||
                (c->options->leave && c->options->leave(c->options->ctx));
    if (away) c->chosen = -1;
    return away;
}

// Said as an offer; each is in the list that follows.
static void
offer(struct chooser *c)
{
    for (size_t i = 0; i < c->offers.count; i++) {
        const struct offer *o     = &c->offers.list[i];
        int                 index = find_routine(c, o->routine);
        if (index < 0) continue;
        say(c, (enum greeting_line)o->kind, o->days, index);
        struct saying *saying = &c->queue[c->queued - 1];
        saying->offered       = index;
        fill(saying->text, "{muscle}", o->muscle);
    }
}

static enum status
run(struct chooser *c, struct diag *diag)
{
    enum status st = STATUS_OK;

    say(c, GREETING_HELLO, 0, -1);
    offer(c);
    say_page(c);
    while (!st && !is_called_away(c)) {
        int64_t now = engine_frames(c->deck.engine);
        take_answers(c);
        speak(c, now);
        ask_again(c, now);
        engine_collect(c->deck.engine);
        if (c->done && c->said == c->queued && now >= c->quiet) break;
        st = c->deck.host->ops->run(c->deck.host, ms_to_frames(c, 10), diag);
    }
    return st;
}

enum status
chooser_run(struct choice *choice, const struct chooser_options *options,
            struct report *report, struct diag *diag)
{
    struct chooser *c = calloc(1, sizeof *c);
    if (!c) return STATUS_NO_MEMORY;

    *choice        = (struct choice){.minutes = 0};
    c->options     = options;
    c->chosen      = -1;
    c->offered     = -1;
    enum status st = open_all(c, report, diag);
    if (!st) st = run(c, diag);
    if (!st && c->chosen >= 0)
        text_copy(choice->routine, PATH_SIZE, c->library.entries[c->chosen].id);
    choice->minutes = c->minutes;
    ears_close(c->ears);
    deck_close(&c->deck);
    pcm_drop(c->accepted);
    prepared_release(&c->prepared);
    library_release(&c->library);
    typed_close(c->typed);
    greeting_free(c->greeting);
    free(c);
    return st;
}
