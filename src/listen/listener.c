// SPDX-License-Identifier: GPL-3.0-or-later
#include "listen/listener.h"

#include "base/path.h"
#include "listen/activity.h"
#include "listen/confidence.h"
#include "listen/decoder.h"
#include "listen/endpointer.h"
#include "listen/front.h"
#include "listen/own_voice.h"
#include "listen/person.h"
#include "listen/probe.h"
#include "listen/quieten.h"
#include "listen/tries.h"
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define QUEUE 32 // results kept when nobody asks for them

#define QUIET         (-66.0F) // dB: no noise in such a room matters, ...
#define CLEAR         15.0F
#define USUAL         (-30.0F) // ... who is as loud as this at first
#define FOLLOW        0.25F    // of the difference, with each stretch
#define FRAME_SECONDS 0.01
#define LONG_AGO      (-1000) // frames

#define OWN_WORTH 0.2 // as sure as this: ask whether it was the own voice, ...
#define OWN_SHARE 0.5 // ... which needs this share of what a person does

#define LEARN_SURE 0.9 // what is taken and as near as this is learnt from
#define LEARN_NEAR 0.6

struct result {
    struct heard    heard;
    struct evidence evidence;
    bool            decoded;
    struct sketch   sketch; // empty where nobody is known
    struct kinship  kinship;
};

struct listener {
    unsigned           rate;
    struct front      *front;
    struct quieten    *quieten;
    struct activity   *activity;
    struct endpointer  endpointer;
    struct decoder    *decoder;
    struct confidence *confidence;
    struct tries       tries;
    struct person     *person; // NULL: anybody
    struct mfcc       *mfcc;   // NULL: the same
    uint64_t           allowed;
    int64_t            fed;   // frames at rate
    int64_t            spoke; // frame of 10 ms up to which somebody did
    float              voice; // dB: how loud they were lately
    struct decoded     work;
    struct own_voice   own;
    struct decoded     own_work;
    int16_t            own_samples[ENDPOINTER_MOST * ENDPOINTER_FRAME];
    int16_t            quiet_samples[ENDPOINTER_MOST * ENDPOINTER_FRAME];
    struct result      queue[QUEUE]; // a ring: the oldest falls out
    size_t             head, waiting;
    struct result      last; // what listener_next() gave
};

static enum status
open_parts(struct listener *l, const struct listener_config *config,
           struct diag *diag)
{
    char path[PATH_SIZE];
    if (config->rate < 4000 || config->rate > 384000) {
        diag_set(diag, NULL, "cannot listen at %u Hz", config->rate);
        return STATUS_BAD_INPUT;
    }
    if (!path_join(path, config->voices, "confidence.yaml"))
        return STATUS_NOT_FOUND;
    enum status status = confidence_read(&l->confidence, path, diag);
    if (status != STATUS_OK) return status;
    status = decoder_open(&l->decoder, config->voices,
                          config->commands ? config->commands : "commands.yaml",
                          diag);
    if (status != STATUS_OK) return status;
    l->front    = front_new(config->rate, config->cancel_echo);
    l->quieten  = quieten_new();
    l->activity = activity_new();
    return l->front && l->quieten && l->activity ? STATUS_OK : STATUS_NO_MEMORY;
}

enum status
listener_open(struct listener **out, const struct listener_config *config,
              struct diag *diag)
{
    struct listener *l = calloc(1, sizeof *l);
    if (!l) {
        diag_set(diag, NULL, "no memory to listen with");
        return STATUS_NO_MEMORY;
    }
    l->rate    = config->rate;
    l->allowed = UINT64_MAX;
    l->spoke   = LONG_AGO;
    l->voice   = USUAL;
    tries_init(&l->tries);
    endpointer_init(&l->endpointer);
    own_voice_init(&l->own);
    enum status status = open_parts(l, config, diag);
    if (status != STATUS_OK) {
        listener_close(l);
        return status;
    }
    listener_allow(l, UINT64_MAX);
    *out = l;
    return STATUS_OK;
}

void
listener_close(struct listener *l)
{
    if (!l) return;
    front_free(l->front);
    quieten_free(l->quieten);
    activity_free(l->activity);
    decoder_close(l->decoder);
    confidence_free(l->confidence);
    person_free(l->person);
    mfcc_free(l->mfcc);
    free(l);
}

enum status
listener_know(struct listener *l, const char *path, struct diag *diag)
{
    struct person *person = path ? NULL : person_new();
    enum status    status = STATUS_OK;
    if (path) status = person_read(&person, path, diag);
    if (status != STATUS_OK) return status;
    return listener_meet(l, person) ? STATUS_OK : STATUS_NO_MEMORY;
}

bool
listener_meet(struct listener *l, struct person *person)
{
    if (!l->mfcc) l->mfcc = mfcc_new();
    if (!person || !l->mfcc) {
        person_free(person);
        return false;
    }
    person_number(person, decoder_phrases(l->decoder));
    person_free(l->person);
    l->person = person;
    return true;
}

size_t
listener_commands(const struct listener *l)
{
    return decoder_phrases(l->decoder)->command_count;
}

const char *
listener_command(const struct listener *l, size_t i)
{
    return decoder_phrases(l->decoder)->commands[i];
}

bool
listener_state(const struct listener *l, const char *state, uint64_t *commands)
{
    return phrases_state(decoder_phrases(l->decoder), state, commands);
}

void
listener_allow(struct listener *l, uint64_t commands)
{
    if (commands == UINT64_MAX) commands = ~decoder_phrases(l->decoder)->asked;
    l->allowed = commands;
}

// From frames of 10 ms to frames fed.
static int64_t
fed_at(const struct listener *l, int64_t frame)
{
    int64_t at = frame * ENDPOINTER_FRAME * (int64_t)l->rate / FRONT_RATE;
    return at < l->fed ? at : l->fed;
}

static struct result *
new_result(struct listener *l)
{
    const struct endpointer *e = &l->endpointer;
    if (l->waiting == QUEUE) {
        l->head = (l->head + 1) % QUEUE;
        l->waiting--;
    }
    struct result *result = &l->queue[(l->head + l->waiting++) % QUEUE];
    *result               = (struct result){0};
    result->heard         = (struct heard){.from    = fed_at(l, e->from),
                                           .to      = fed_at(l, e->to),
                                           .decided = fed_at(l, e->frame),
                                           .amid    = e->amid,
                                           .command = "",
                                           .phrase  = "",
                                           .reason  = ""};
    return result;
}

static void
refuse(struct listener *l, const char *reason)
{
    new_result(l)->heard.reason = reason;
}

static void
believe(struct listener *l, struct heard *heard, int command, double confidence)
{
    double least = confidence_least(l->confidence, heard->command);
    double rate  = l->rate;
    heard->confidence =
        tries_add(&l->tries, command, confidence, least,
                  (double)heard->from / rate, (double)heard->to / rate);
    heard->accepted = heard->confidence >= least;
    if (heard->accepted) return;
    heard->reason = "not sure enough";
    heard->doubtful =
        heard->confidence >= confidence_ask(l->confidence, heard->command);
}

static void
compare(struct listener *l, struct result *result,
        const struct stretch *stretch)
{
    const struct phrases *phrases = decoder_phrases(l->decoder);
    const struct wording *phrase  = &phrases->phrases[l->work.phrase];
    sketch_make(&result->sketch, l->mfcc, stretch->samples, stretch->count,
                l->work.route.from, l->work.route.to);
    result->kinship = person_kinship(l->person, phrase->command, phrase->text,
                                     l->allowed, &result->sketch);
}

// Where the user's takes say that it was another command, that one is judged.
static void
recognise(struct listener *l, struct result *result,
          const struct stretch *stretch)
{
    struct decoded moved;
    if (!l->person) return;
    compare(l, result, stretch);
    int other = result->kinship.other;
    if (other < 0 || !decoder_again(l->decoder, UINT64_C(1) << other, &moved))
        return;
    l->work = moved;
    compare(l, result, stretch);
    result->kinship.moved = true;
}

// From what was surely said, in memory only.
static void
learn(struct listener *l, const struct result *result)
{
    const struct phrases *phrases = decoder_phrases(l->decoder);
    const struct wording *phrase  = &phrases->phrases[l->work.phrase];
    if (result->heard.accepted && result->heard.confidence >= LEARN_SURE &&
        result->kinship.known && result->kinship.near < LEARN_NEAR)
        person_learn(l->person, phrase->command, phrase->text, &result->sketch);
}

// A phone has three states of a frame at least; what was loud for less was
// filled up with what is around it.
static bool
is_too_short(const struct listener *l, const struct evidence *evidence)
{
    const struct endpointer *e = &l->endpointer;
    return (double)(e->to - e->from) <
           PHONES_STATES * evidence->value[EVIDENCE_PHONES];
}

// Whether the loudspeaker said COMMAND itself, at the same time.
static bool
is_own_voice(struct listener *l, int command, const struct stretch *heard,
             int64_t first)
{
    const struct phrases *phrases = decoder_phrases(l->decoder);
    struct stretch        said    = *heard;
    struct evidence       evidence;
    if (!own_voice_take(&l->own, first, l->own_samples, heard->count) ||
        !decoder_decode(l->decoder, l->allowed, l->own_samples, heard->count,
                        &l->own_work) ||
        phrases->phrases[l->own_work.phrase].command != command)
        return false;
    said.samples = l->own_samples;
    evidence_gather(&evidence, &l->own_work, &said);
    return confidence_judge(l->confidence, &evidence) >=
           OWN_SHARE *
               confidence_least(l->confidence, phrases->commands[command]);
}

static void
judge(struct listener *l, struct result *result, const struct stretch *stretch,
      int64_t first)
{
    recognise(l, result, stretch);
    const struct phrases *phrases = decoder_phrases(l->decoder);
    const struct wording *phrase  = &phrases->phrases[l->work.phrase];
    struct heard         *heard   = &result->heard;

    evidence_gather(&result->evidence, &l->work, stretch);
    heard->phrase  = phrase->text;
    heard->command = phrases->commands[phrase->command];
    if (is_too_short(l, &result->evidence)) {
        heard->reason = "shorter than it can be said";
        return;
    }
    result->decoded   = true;
    double confidence = person_judge(
        &result->kinship, confidence_judge(l->confidence, &result->evidence));
    if (confidence >= OWN_WORTH &&
        is_own_voice(l, phrase->command, stretch, first)) {
        heard->confidence = confidence;
        heard->reason     = "said by the loudspeaker";
        return;
    }
    believe(l, heard, phrase->command, confidence);
    if (l->person) learn(l, result);
}

// For somebody as loud as VOICE, in dB.
static bool
noise_matters(const struct listener *l, float voice)
{
    float floor = l->endpointer.bands[0].floor;
    return floor > QUIET && floor > voice - CLEAR;
}

// The stretch with the noise of the room taken down, as it was before it.
static void
take_down_noise(struct listener *l, struct stretch *stretch)
{
    const struct endpointer *e    = &l->endpointer;
    size_t                   room = endpointer_room(e);
    if (!noise_matters(l, (float)stretch->level)) return;
    size_t all = room + stretch->count;
    memcpy(l->quiet_samples, stretch->samples - room,
           all * sizeof *stretch->samples);
    for (size_t i = 0; i < all; i += QUIETEN_FRAME)
        quieten_feed(l->quieten, l->quiet_samples + i);
    stretch->samples = l->quiet_samples + room;
}

static void
decide(struct listener *l)
{
    const struct endpointer *e      = &l->endpointer;
    struct result           *result = new_result(l);
    struct stretch           stretch;
    int64_t                  first;

    stretch.samples = endpointer_speech(e, &stretch.count, &first);
    stretch.level   = (double)e->sum / e->loud;
    stretch.floor   = (double)e->bands[0].floor;
    stretch.loud    = (double)e->loud / (double)(e->to - e->from);
    stretch.echo    = (double)e->echo;
    stretch.since = e->amid ? 0 : FRAME_SECONDS * (double)(e->from - l->spoke);
    l->spoke      = e->to;
    l->voice += FOLLOW * ((float)stretch.level - l->voice);
    take_down_noise(l, &stretch);
    errno = 0;
    if (decoder_decode(l->decoder, l->allowed, stretch.samples, stretch.count,
                       &l->work)) {
        judge(l, result, &stretch, first);
    } else {
        result->heard.failed = errno == ENOMEM;
        result->heard.reason = result->heard.failed
                                   ? "not decided: out of memory"
                                   : "like no command";
    }
}

static void
act_on(struct listener *l, enum endpointer_event event)
{
    if (event == ENDPOINTER_ENDED) decide(l);
    if (event == ENDPOINTER_BRIEF) refuse(l, "too short for a command");
    if (event == ENDPOINTER_LONG) refuse(l, "too long for a command");
    if (l->endpointer.passing) l->spoke = l->endpointer.to;
}

// In a quiet room the level tells what is speech.
static float
ratio_now(struct listener *l, const float *frame)
{
    if (noise_matters(l, l->voice)) return activity_feed(l->activity, frame);
    activity_reset(l->activity);
    return 0;
}

static void
hear_frame(struct listener *l, const float *frame)
{
    own_voice_feed(&l->own, front_played(l->front));
    act_on(l, endpointer_feed(&l->endpointer, frame, front_residue(l->front),
                              ratio_now(l, frame)));
}

void
listener_feed(struct listener *l, const float *microphone,
              const float *reference, size_t frames)
{
    while (frames > 0) {
        const float *frame;
        size_t       taken =
            front_feed(l->front, microphone, reference, frames, &frame);
        microphone += taken;
        if (reference) reference += taken;
        frames -= taken;
        l->fed += (int64_t)taken;
        if (frame) hear_frame(l, frame);
    }
}

void
listener_stumble(struct listener *l)
{
    front_stumble(l->front);
}

void
listener_finish(struct listener *l)
{
    act_on(l, endpointer_finish(&l->endpointer));
}

double
listener_delay(const struct listener *l)
{
    return front_delay(l->front);
}

void
listener_expect(struct listener *l, double delay)
{
    front_expect(l->front, delay);
}

void
listener_reset(struct listener *l)
{
    front_reset(l->front);
    quieten_reset(l->quieten);
    activity_reset(l->activity);
    endpointer_init(&l->endpointer);
    own_voice_init(&l->own);
    tries_init(&l->tries);
    l->fed     = 0;
    l->spoke   = LONG_AGO;
    l->voice   = USUAL;
    l->waiting = 0;
}

bool
listener_next(struct listener *l, struct heard *heard)
{
    if (l->waiting == 0) return false;
    l->last = l->queue[l->head];
    l->head = (l->head + 1) % QUEUE;
    l->waiting--;
    *heard = l->last.heard;
    return true;
}

const struct evidence *
listener_evidence(const struct listener *l)
{
    return l->last.decoded ? &l->last.evidence : NULL;
}

const struct sketch *
listener_sketch(const struct listener *l)
{
    return &l->last.sketch;
}

const struct kinship *
listener_kinship(const struct listener *l)
{
    return &l->last.kinship;
}

int64_t
listener_speaking(const struct listener *listener)
{
    const struct endpointer *e = &listener->endpointer;
    if (!e->open) return 0;
    return (e->frame - e->from) * ENDPOINTER_FRAME * (int64_t)listener->rate /
           FRONT_RATE;
}
