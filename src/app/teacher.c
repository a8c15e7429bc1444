// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/teacher.h"

#include "app/deck.h"
#include "app/interrupt.h"
#include "app/prepare.h"
#include "audio/tones.h"
#include <stdio.h>

#define BLOCK    480
#define TRIES    6   // at one phrase
#define PATIENCE 6   // seconds without an answer
#define ECHO     0.3 // seconds in which a room still sounds

struct teacher {
    const struct teacher_options *options;
    struct deck                   deck;
    struct lesson                *lesson;
    struct prepared               voice;
    int64_t                       begun; // engine frame of lesson_begin()
    int64_t                       fed;   // since
};

static enum status
open_deck(struct teacher *t, struct diag *diag)
{
    struct host_config config = {.input  = t->options->input,
                                 .output = t->options->output,
                                 .listen = true};
    enum status        st = deck_open(&t->deck, &host_portaudio, &config, diag);

    return st ? st : deck_hears(&t->deck, diag);
}

static enum status
open_voice(struct teacher *t, struct diag *diag)
{
    struct report report = {0};
    if (t->options->silent) return STATUS_OK;
    enum status st =
        prepare_voice(&t->voice, NULL, t->deck.host->rate, true, &report, diag);
    if (st && report.errors) report_tell(&report, NULL, diag);
    report_release(&report);
    return st;
}

// Feeds what the microphone gave to the lesson.
static void
hear(struct teacher *t)
{
    struct heard_frame pairs[BLOCK];
    float              microphone[BLOCK], reference[BLOCK];
    int64_t            first;
    size_t             count;

    while ((count = engine_heard(t->deck.engine, pairs, BLOCK, &first)) > 0) {
        for (size_t i = 0; i < count; i++) {
            microphone[i] = pairs[i].microphone;
            reference[i]  = pairs[i].reference;
        }
        t->begun = first - t->fed; // jumps where frames were lost
        t->fed += (int64_t)count;
        lesson_feed(t->lesson, microphone, reference, count);
    }
}

static enum status
run(struct teacher *t, struct diag *diag)
{
    enum status st =
        t->deck.host->ops->run(t->deck.host, t->deck.host->rate / 100, diag);
    hear(t);
    engine_collect(t->deck.engine);
    return st;
}

// Sounds PCM; the frame at which it will be over.
static int64_t
play(struct teacher *t, enum engine_layer layer, struct pcm *pcm)
{
    int64_t now = engine_frames(t->deck.engine);
    if (pcm) engine_play(t->deck.engine, layer, pcm, ENGINE_NOW);
    return now + t->deck.host->latency + (pcm ? pcm->frames : 0);
}

static int64_t
say(struct teacher *t, const char *text)
{
    struct pcm *pcm =
        t->options->silent ? NULL : speech_clip(t->voice.speech, text);
    return play(t, LAYER_SPEECH, pcm);
}

static int64_t
sound(struct teacher *t, enum tone tone)
{
    struct pcm *pcm = tone_make(tone, t->deck.host->rate);
    int64_t     end = play(t, LAYER_TONE, pcm);
    pcm_drop(pcm);
    return end;
}

static enum status
wait_until(struct teacher *t, int64_t frame, struct diag *diag)
{
    enum status st = STATUS_OK;
    while (!st && !interrupted() && engine_frames(t->deck.engine) < frame)
        st = run(t, diag);
    return st;
}

static void
tell(struct teacher *t, size_t i, enum teacher_moment moment,
     const struct lesson_result *result)
{
    struct teacher_step step = {.moment = moment,
                                .phrase = lesson_phrase(t->lesson, i),
                                .number = i + 1,
                                .count  = lesson_count(t->lesson),
                                .wanted = lesson_wanted(t->lesson, i)};
    if (result) step.result = *result;
    t->options->step(t->options->ctx, &step);
}

// Waits for an answer that begins after frame SINCE; false: none came.  What is
// not understood just after SINCE is the rest of the own voice, where a sound
// server is later than it tells.
static bool
answered(struct teacher *t, int64_t since, struct lesson_result *result,
         enum status *st, struct diag *diag)
{
    int64_t last = since + (int64_t)PATIENCE * t->deck.host->rate;
    while (!*st && !interrupted() && engine_frames(t->deck.engine) < last) {
        *st = run(t, diag);
        if (lesson_next(t->lesson, since - t->begun, result) &&
            (result->verdict != LESSON_UNSURE ||
             result->from + t->begun > since + t->deck.host->rate))
            return true;
    }
    return false;
}

// The phrase comes first, so that what is heard late of it is long over when
// the answer is waited for.
static const char *
words(char text[128], const char *phrase, int attempt)
{
    if (attempt > 0) return "Again, please.";
    snprintf(text, 128, "%s. Please say it.", phrase);
    return text;
}

static enum status
ask_once(struct teacher *t, size_t i, int attempt, struct diag *diag)
{
    struct lesson_result result;
    char                 text[128];
    enum status          st = STATUS_OK;

    tell(t, i, TEACHER_ASKS, NULL);
    int64_t end = say(t, words(text, lesson_phrase(t->lesson, i), attempt));
    end += (int64_t)(t->options->silent ? 0 : ECHO * t->deck.host->rate);
    if (answered(t, end, &result, &st, diag)) {
        tell(t, i, TEACHER_HEARD, &result);
        if (result.verdict == LESSON_NOT_KEPT) {
            diag_set(diag, NULL, "%s", lesson_problem(t->lesson));
            return STATUS_FAILED;
        }
        end = sound(t, result.verdict == LESSON_TAKEN ? TONE_ACCEPTED
                                                      : TONE_UNSURE);
        if (!st) st = wait_until(t, end, diag);
    } else if (!st && !interrupted()) {
        tell(t, i, TEACHER_DEAF, NULL);
    }
    return st;
}

static enum status
ask(struct teacher *t, size_t i, int *missed, struct diag *diag)
{
    enum status st = STATUS_OK;
    lesson_begin(t->lesson, i);
    t->fed = 0;
    for (int attempt = 0; attempt < TRIES && !st && !interrupted() &&
                          lesson_wanted(t->lesson, i) > 0;
         attempt++)
        st = ask_once(t, i, attempt, diag);
    *missed += !interrupted() && lesson_wanted(t->lesson, i) > 0;
    return st;
}

enum status
teacher_run(const struct teacher_options *options, int *missed,
            struct diag *diag)
{
    struct teacher t  = {.options = options};
    enum status    st = open_deck(&t, diag);

    *missed = 0;
    if (!st)
        st = lesson_open(&t.lesson, options->path, t.deck.host->rate, diag);
    if (!st) st = open_voice(&t, diag);
    for (size_t i = 0; !st && !interrupted() && i < lesson_count(t.lesson); i++)
        if (lesson_wanted(t.lesson, i) > 0) st = ask(&t, i, missed, diag);
    if (!st && !interrupted() && !options->silent)
        st = wait_until(&t, say(&t, "Thank you. I know your voice now."), diag);
    deck_close(&t.deck);
    lesson_close(t.lesson);
    prepared_release(&t.voice);
    return st;
}
