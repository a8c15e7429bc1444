// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/orders.h"

#define DUCK_AFTER_MS 80 // of speech: shorter is a knock
#define DUCK_HOLD_MS  500

#define UNSURE_EVERY_MS 10000
#define TALK_MS         4000 // speech so soon after speech is a conversation
#define WORD_MS         250  // shorter is no word
#define PHRASE_MS       2000 // longer is no command

void
orders_begin(struct player *p)
{
    p->last_heard = -player_frames(p, TALK_MS);
}

// Somebody said something that may have been meant for us: a soft tone, at
// most once in ten seconds, and not where it is talk that goes on and on.
static void
not_understood(struct player *p, const struct ear_heard *heard, int64_t frame)
{
    int64_t length = heard->to - heard->from;
    bool    talk =
        heard->amid || heard->from - p->last_heard < player_frames(p, TALK_MS);
    bool phrase = length > player_frames(p, WORD_MS) &&
                  length < player_frames(p, PHRASE_MS) && *heard->phrase;

    p->last_heard = heard->to;
    if (talk || !phrase || session_is_speaking(&p->session) ||
        frame < p->next_unsure)
        return;
    p->next_unsure = frame + player_frames(p, UNSURE_EVERY_MS);
    stage_tone(&p->stage, TONE_UNSURE, frame);
    events_tone(p->events, frame, tone_name(TONE_UNSURE), NULL);
    if (p->options->print) console_unsure(&p->console);
}

// "Did you say next set?"
static bool
ask_back(struct player *p, const struct ear_heard *heard, int64_t frame)
{
    struct command_source source = {.name = "voice", .heard = heard};
    struct effects        fx;

    if (!session_ask(&p->session, frame, heard->command, &fx)) return false;
    p->last_heard = heard->to;
    if (p->options->print) console_heard(&p->console, heard);
    events_asked(p->events, frame, heard->command, &source);
    stage_perform(&p->stage, &fx);
    return true;
}

void
orders_take(struct player *p, int64_t frame)
{
    struct ear_heard heard;

    while (ears_next(p->ears, &heard)) {
        heard.from -= p->stage.base;
        heard.to -= p->stage.base;
        if (heard.command == COMMANDS) continue;
        if (heard.doubtful && ask_back(p, &heard, frame)) continue;
        if (!heard.accepted) {
            not_understood(p, &heard, frame);
            continue;
        }
        p->last_heard                = heard.to;
        struct command_source source = {.name = "voice", .heard = &heard};
        if (p->options->print) console_heard(&p->console, &heard);
        player_command(p, frame, heard.command, &source);
    }
}

void
orders_duck(struct player *p, int64_t frame)
{
    if (ears_speaking(p->ears) > player_frames(p, DUCK_AFTER_MS))
        p->unduck = frame + player_frames(p, DUCK_HOLD_MS);
    stage_duck(&p->stage, frame < p->unduck, frame);
}
