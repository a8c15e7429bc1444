// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/steering.h"

#include "base/text.h"
#include "routine/library.h"
#include <stdio.h>
#include <string.h>

#define AT_ONCE 8 // wishes looked at in one go

#define COPY(to, from) text_copy(to, sizeof(to), (from) ? (from) : "")

void
steering_init(struct steering *steering, struct board *board,
              const char *selected)
{
    memset(steering, 0, sizeof *steering);
    steering->board = board;
    state_clear(&steering->state);
    COPY(steering->state.selected, selected);
    steering->state.volume = state_percent(0);
}

// What a session has filled in is cleared; the rest stays.
static void
forget_session(struct state *state)
{
    struct state kept = *state;

    state_clear(state);
    state->muted    = kept.muted;
    state->volume   = kept.volume;
    state->commands = kept.commands;
    state->step     = kept.step;
    COPY(state->selected, kept.selected);
    COPY(state->command, kept.command);
    COPY(state->source, kept.source);
    COPY(state->problem, kept.problem);
}

void
steering_idle(struct steering *steering, bool hears)
{
    forget_session(&steering->state);
    steering->state.hears = hears;
    board_publish(steering->board, &steering->state, 0);
}

void
steering_starting(struct steering *steering)
{
    forget_session(&steering->state);
    steering->state.activity = ACTIVITY_STARTING;
    board_publish(steering->board, &steering->state, 0);
}

static void
select_routine(struct steering *steering, const struct wish *wish)
{
    struct diag diag = {""};
    char        path[PATH_SIZE];

    if (library_find(path, wish->routine, &diag)) {
        board_answer(steering->board, wish, OUTCOME_UNKNOWN, diag.text);
        return;
    }
    COPY(steering->state.selected, wish->routine);
    board_answer(steering->board, wish, OUTCOME_DONE, "");
}

bool
steering_settle(struct steering *steering, const struct wish *wish)
{
    switch (wish->kind) {
    case WISH_SELECT: select_routine(steering, wish); return true;
    case WISH_VOLUME:
        steering->volume       = state_decibels(wish->volume);
        steering->state.volume = wish->volume;
        break;
    case WISH_MUTE:
    case WISH_UNMUTE:
        steering->muted       = wish->kind == WISH_MUTE;
        steering->state.muted = steering->muted;
        break;
    default: return false;
    }
    board_answer(steering->board, wish, OUTCOME_DONE, "");
    return true;
}

// ---- of a session ------------------------------------------------------

static void
pass_event(void *ctx, const char *line)
{
    struct steering *steering = ctx;
    board_event(steering->board, line);
}

void
steering_begin(struct player *p)
{
    struct steering *steering = p->options->steering;

    events_give(p->events, pass_event, steering);
    engine_mute(p->engine, steering->muted);
    stage_gain(&p->stage, steering->volume, 0);
    steering->begun = 0;
}

static void
obey(struct player *p, int64_t frame, const struct wish *wish)
{
    struct command_source source = {.name = source_name(wish->source)};
    char                  text[128];

    if (player_command(p, frame, wish->command, &source)) {
        board_answer(p->options->steering->board, wish, OUTCOME_DONE, "");
        return;
    }
    snprintf(text, sizeof text, "'%s' means nothing at this moment",
             command_name(wish->command));
    board_answer(p->options->steering->board, wish, OUTCOME_DECLINED, text);
}

static void
set_volume(struct player *p, int64_t frame, const struct wish *wish)
{
    struct effects fx;

    session_volume(&p->session, frame, state_decibels(wish->volume), &fx);
    stage_perform(&p->stage, &fx);
}

void
steering_take(struct player *p, int64_t frame)
{
    struct steering *steering = p->options->steering;
    struct wish      wish;

    for (int i = 0; i < AT_ONCE && !p->stage.ended; i++) {
        if (!board_wish(steering->board, &wish)) break;
        if (wish.kind == WISH_COMMAND)
            obey(p, frame, &wish);
        else if (wish.kind == WISH_PLAY)
            board_answer(steering->board, &wish, OUTCOME_BUSY,
                         "a session is under way; end it first: rollcall tell "
                         "end_session");
        else if (wish.kind == WISH_VOLUME)
            set_volume(p, frame, &wish);
        steering_settle(steering, &wish);
        engine_mute(p->engine, steering->muted);
    }
}

void
steering_note(struct player *p, enum command command,
              const struct command_source *source, bool taken)
{
    struct state *state = &p->options->steering->state;

    if (!taken) return;
    state->commands++;
    COPY(state->command, command_name(command));
    COPY(state->source, source->name);
}

static void
show_segment(struct state *state, const struct player *p,
             const struct segment *segment)
{
    const struct exercise *exercise = plan_exercise(p->session.plan, segment);

    COPY(state->kind, segment_kind_name(segment->kind));
    COPY(state->exercise, exercise ? exercise->id : NULL);
    COPY(state->exercise_title, exercise ? exercise->title : NULL);
    COPY(state->side, side_name(segment->side));
    state->set  = segment->set;
    state->sets = segment->set ? segment->sets : 0;
}

void
steering_show(struct player *p, int64_t frame)
{
    const struct session *s        = &p->session;
    struct steering      *steering = p->options->steering;
    struct state          state    = steering->state;
    int                   rate     = (int)p->prepared.voice.rate;
    int64_t               elapsed  = session_elapsed_at(s, frame);

    if (elapsed < 0) elapsed = 0;
    if (elapsed > s->length) elapsed = s->length;
    forget_session(&state);
    state.activity =
        s->state == SESSION_PAUSED ? ACTIVITY_PAUSED : ACTIVITY_PLAYING;
    state.hears    = p->ears != NULL;
    state.position = (int)(elapsed / rate);
    state.length   = (int)((s->length + rate / 2) / rate);
    // told by whole seconds of the segment, so that both change at once
    state.session_left =
        (int)((session_left(s) + session_elapsed(s)) / rate) - state.position;
    if (state.session_left < 0) state.session_left = 0;
    if (state_decibels(state.volume) != s->gain)
        state.volume = state_percent(s->gain);
    steering->volume = s->gain;
    COPY(state.routine, p->prepared.plan->routine->id);
    COPY(state.title, p->title);
    COPY(state.problem, NULL);
    show_segment(&state, p, session_segment(s));
    if (p->stage.begun != steering->begun) {
        steering->begun = p->stage.begun;
        state.step++;
    }
    steering->state = state;
    board_publish(steering->board, &state, (double)elapsed / rate);
}
