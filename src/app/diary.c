// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/diary.h"

#include "base/log.h"
#include "base/profile.h"
#include "base/text.h"
#include "history/recorder.h"
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define SKIPPED_MS  5000 // less work than this is none
#define PATIENCE_MS 5000

struct diary {
    struct recorder       *recorder;
    const struct session  *session;
    struct bookmark        bookmark;
    int64_t                before;   // ms of the session in earlier starts
    bool                   other;    // session than what was written last
    struct bookmark_thread given_up; // for this session; key "": none
    int64_t                unit;     // frames of BOOKMARK_EVERY_MS
    int64_t                marked;   // the unit of the clock that was kept
    size_t                 at;       // segment under way
    const struct segment  *segment;  // NULL: none yet
    const struct exercise *exercise;
    int64_t                planned;
    int64_t                elapsed; // when looked at last
    int64_t                command; // frame of the one that can be undone, ...
    int                    visits;  // ... and the visits before it; -1: none
    bool                   told;    // of a pain, and not of its kind
    bool                   asked;   // for it, when looked at last
};

// ---- beginning ----------------------------------------------------------

static void
make_key(char key[40])
{
    unsigned char random[16] = {0};
    int           fd         = open("/dev/urandom", O_RDONLY | O_CLOEXEC);
    long long     got        = fd < 0 ? 0 : read(fd, random, sizeof random);

    if (fd >= 0) close(fd);
    if (got <= 0) { // good enough for one person's sessions
        struct timespec now;
        clock_gettime(CLOCK_REALTIME, &now);
        memcpy(random, &now.tv_sec, 8);
        memcpy(random + 8, &now.tv_nsec, 8);
    }
    for (int i = 0; i < 16; i++) snprintf(key + 2 * i, 3, "%02x", random[i]);
}

// Minutes east of UTC, here and now.
static int
zone_at(time_t now)
{
    struct tm local;
    return localtime_r(&now, &local) ? (int)(local.tm_gmtoff / 60) : 0;
}

static void
begin_thread(struct bookmark_thread *thread)
{
    time_t now = time(NULL);

    if (*thread->key) return;
    *thread         = (struct bookmark_thread){0};
    thread->started = (int64_t)now;
    thread->zone    = zone_at(now);
    make_key(thread->key);
}

static void
describe(struct store_session *to, const struct bookmark *b,
         const struct routine *routine)
{
    static const char *const levels[LEVELS] = {"gentle", "standard", "deep"};
    static const char *const talks[TALKS] = {"full", "usual", "brief", "quiet"};

    *to = (struct store_session){.started = b->thread.started,
                                 .zone    = b->thread.zone};
    text_copy(to->key, sizeof to->key, b->thread.key);
    text_copy(to->routine, sizeof to->routine, b->routine);
    text_copy(to->title, sizeof to->title, routine->title);
    text_copy(to->level, sizeof to->level, levels[b->level]);
    text_copy(to->talk, sizeof to->talk, talks[b->talk]);
}

// In a session that goes on from another start of the program.
static void
find_place(struct diary *d)
{
    d->at       = d->session->segment;
    d->segment  = session_segment(d->session);
    d->exercise = plan_exercise(d->session->plan, d->segment);
    d->planned  = d->segment->length;
    d->elapsed  = session_elapsed(d->session);
}

void
diary_open(struct diary **out, const struct bookmark *bookmark,
           const struct session *session, const struct routine *routine)
{
    char                   history[PATH_SIZE], mark[PATH_SIZE];
    struct recorder_config config = {.history = history, .bookmark = mark};
    struct diary          *diary  = NULL;

    *out = NULL;
    if (!profile_path(history, "history.db") || !bookmark_path(mark)) {
        log_print(LOG_WARNING, "there is no home folder, so this session is "
                               "not kept in a history");
        return;
    }
    diary = calloc(1, sizeof *diary);
    if (!diary) return;
    diary->bookmark = *bookmark;
    diary->session  = session;
    diary->marked   = -1;
    diary->visits   = -1;
    diary->unit     = (int64_t)session->voice.rate * BOOKMARK_EVERY_MS / 1000;
    begin_thread(&diary->bookmark.thread);
    diary->before = diary->bookmark.thread.ms;
    if (session->state != SESSION_IDLE) find_place(diary);
    describe(&config.session, &diary->bookmark, routine);
    if (recorder_open(&diary->recorder, &config) != STATUS_OK) {
        free(diary);
        return;
    }
    *out = diary;
}

// ---- windows of work ----------------------------------------------------

static void
put(struct diary *d, const struct record *record)
{
    struct record session = {.kind = RECORD_SESSION};

    if (d->other) {
        describe(&session.session, &d->bookmark, d->session->plan->routine);
        recorder_write(d->recorder, &session);
        d->other = false;
    }
    recorder_write(d->recorder, record);
}

static double
seconds(const struct diary *d, int64_t frames)
{
    return (double)frames / d->session->voice.rate;
}

static double
at(const struct diary *d, int64_t frame)
{
    return (double)d->before / 1000 + seconds(d, frame);
}

static void
list_muscles(char to[STORE_LIST], const struct exercise *exercise)
{
    size_t length = 0;

    to[0] = '\0';
    for (size_t i = 0; i < exercise->muscles.count; i++) {
        const char *muscle = exercise->muscles.text[i];
        if (length + strlen(muscle) + 2 > STORE_LIST) return;
        length += (size_t)snprintf(to + length, STORE_LIST - length, "%s%s",
                                   i ? "\n" : "", muscle);
    }
}

static void
write_window(struct diary *d, const struct segment *segment,
             const struct exercise *exercise, int64_t planned, int64_t done,
             const char *how)
{
    struct record         record = {.kind = RECORD_SEGMENT};
    struct store_segment *s      = &record.segment;
    const char           *side   = side_name(segment->side);

    s->visit   = d->bookmark.thread.visits;
    s->set     = segment->set;
    s->sets    = segment->sets;
    s->planned = seconds(d, planned);
    s->done    = seconds(d, done);
    text_copy(s->exercise, sizeof s->exercise, exercise->known_as);
    text_copy(s->title, sizeof s->title, exercise->title);
    text_copy(s->side, sizeof s->side, side ? side : "");
    text_copy(s->how, sizeof s->how, how);
    list_muscles(s->muscles, exercise);
    put(d, &record);
}

static bool
is_work(const struct segment *segment)
{
    return segment && segment->kind == SEGMENT_WORK;
}

// What became of the window under way.
static const char *
how_of(const struct diary *d)
{
    int64_t short_of = d->unit * SKIPPED_MS / BOOKMARK_EVERY_MS;

    if (d->segment->open || d->elapsed >= d->planned) return "done";
    return d->elapsed < short_of ? "skipped" : "shortened";
}

static void
leave(struct diary *d)
{
    if (!is_work(d->segment)) return;
    write_window(d, d->segment, d->exercise, d->planned, d->elapsed, how_of(d));
    d->bookmark.thread.visits++;
}

// Those from FROM on that were jumped over.
static void
skip(struct diary *d, size_t from, size_t to)
{
    const struct plan *plan = d->session->plan;

    for (size_t i = from; i < to && i < plan->count; i++) {
        const struct segment *segment = &plan->segments[i];
        if (!is_work(segment)) continue;
        write_window(d, segment, plan_exercise(plan, segment), segment->length,
                     0, "skipped");
        d->bookmark.thread.visits++;
    }
}

// Before a segment is left, the first time since a command that can be undone.
static void
note_visits(struct diary *d)
{
    if (!d->session->undo->there || d->session->undo->at == d->command) return;
    d->command = d->session->undo->at;
    d->visits  = d->bookmark.thread.visits;
}

// What was left since that command goes on, or comes once more, and is written
// over; what is under way is no window.
static void
take_back_visits(struct diary *d)
{
    if (d->visits < 0 || d->session->undo->at != d->command) return;
    d->bookmark.thread.visits = d->visits;
}

static void
enter(struct diary *d, const struct effect *effect)
{
    const struct session *session = d->session;

    if (effect->elapsed > 0) {
        take_back_visits(d);
    } else if (d->segment) {
        note_visits(d);
        leave(d);
        skip(d, d->at + 1, session->segment);
    }
    d->at       = session->segment;
    d->segment  = effect->segment;
    d->exercise = plan_exercise(session->plan, effect->segment);
    d->planned  = effect->segment->length;
    d->elapsed  = effect->elapsed;

    d->bookmark.plan =
        bookmark_digest(session->plans->plan[LEVEL_STANDARD][TALK_FULL]);
}

// ---- the bookmark -------------------------------------------------------

static void
mark(struct diary *d, int64_t frame)
{
    char text[BOOKMARK_SIZE];

    if (d->session->state == SESSION_IDLE || d->session->state == SESSION_ENDED)
        return;
    bookmark_place(&d->bookmark, d->session, frame);
    d->bookmark.thread.ms = d->before + frame * 1000 / d->session->voice.rate;
    if (bookmark_print(text, &d->bookmark))
        recorder_mark(d->recorder, text, strlen(text));
}

// Only where a clock counts down are seconds worth a write.
static bool
counts_down(const struct session *session)
{
    return !session->held && !session_segment(session)->spoken &&
           session->state != SESSION_IDLE && session->state != SESSION_ENDED;
}

void
diary_look(struct diary *diary, int64_t frame)
{
    struct diary         *d = diary;
    const struct session *s = d ? d->session : NULL;

    if (!d || s->state == SESSION_IDLE || s->state == SESSION_ENDED) return;
    d->elapsed = session_elapsed_at(s, frame);
    if (d->elapsed < 0) d->elapsed = 0;
    d->asked = s->question == QUESTION_PAIN;
    if (!counts_down(s)) return;
    int64_t unit = d->elapsed / d->unit;
    if (unit == d->marked) return;
    d->marked = unit;
    mark(d, frame);
}

// ---- what happens -------------------------------------------------------

static void
remark(struct diary *d, int64_t frame, const char *what, const char *value)
{
    struct record record = {.kind = RECORD_REMARK};

    record.remark.at = at(d, frame);
    text_copy(record.remark.what, sizeof record.remark.what, what);
    text_copy(record.remark.value, sizeof record.remark.value, value);
    put(d, &record);
}

// "told" first, then perhaps of which kind: one pain.
static void
pain(struct diary *d, const struct effect *effect)
{
    char                   value[STORE_TEXT];
    const char            *kind     = effect->pain.what;
    const struct exercise *exercise = effect->pain.exercise;
    const char            *side = d->segment ? side_name(d->segment->side) : "";
    const char            *what = "pain";
    bool                   told = strcmp(kind, "told") == 0;

    snprintf(value, sizeof value, "%s%s%s%s%s", kind, exercise ? ", " : "",
             exercise ? exercise->known_as : "", side && *side ? ", " : "",
             side ? side : "");
    if (strcmp(kind, "taken_back") == 0)
        what = "pain_taken_back";
    else if (d->told && d->asked && !told)
        what = "pain_kind";
    remark(d, effect->frame, what, value);
    d->told = told;
}

// What was answered about the body before a session is kept with the person,
// not here.
static void
answer(struct diary *d, const struct effect *effect)
{
    char number[16];

    if (effect->answer.to->asks != ASKS_DISCOMFORT) return;
    snprintf(number, sizeof number, "%d", effect->answer.value);
    remark(d, effect->frame,
           effect->answer.to->about ? "discomfort_after" : "discomfort_before",
           number);
}

void
diary_effect(struct diary *diary, const struct effect *effect)
{
    if (!diary) return;
    switch (effect->kind) {
    case EFFECT_SEGMENT: enter(diary, effect); break;
    case EFFECT_PAIN: pain(diary, effect); break;
    case EFFECT_ANSWER: answer(diary, effect); break;
    case EFFECT_END:
        leave(diary);
        diary->segment = NULL;
        return;
    default: return;
    }
    diary->marked = -1;
    mark(diary, effect->frame);
}

void
diary_command(struct diary *diary, int64_t frame, enum command command,
              const struct command_source *source, bool taken)
{
    struct record record = {.kind = RECORD_COMMAND};

    if (!diary) return;
    record.command.at    = at(diary, frame);
    record.command.taken = taken;
    text_copy(record.command.command, sizeof record.command.command,
              command_name(command));
    text_copy(record.command.source, sizeof record.command.source,
              source->name);
    put(diary, &record);
    if (taken) mark(diary, frame);
}

void
diary_device(struct diary *diary, int64_t frame, const char *what)
{
    if (!diary) return;
    remark(diary, frame, strcmp(what, "back") == 0 ? "device_back" : "device",
           what);
    mark(diary, frame);
}

struct bookmark_thread
diary_thread(const struct diary *diary)
{
    struct bookmark_thread thread = {0};

    if (!diary) return thread;
    thread    = diary->bookmark.thread;
    thread.ms = diary->before;
    return thread;
}

void
diary_tell(struct diary *diary)
{
    struct diag diag;
    if (diary && recorder_problem(diary->recorder, &diag))
        log_print(LOG_WARNING, "%s", diag.text);
}

// A window that is left half done is written as it is; where the session goes
// on, its whole takes its place.
static void
write_rest(struct diary *d)
{
    if (is_work(d->segment) && d->elapsed > 0)
        write_window(d, d->segment, d->exercise, d->planned, d->elapsed,
                     how_of(d));
}

static void
write_end(struct diary *d, int64_t frame, const char *ended)
{
    struct record record = {.kind = RECORD_END};

    record.end.seconds = at(d, frame);
    text_copy(record.end.ended, sizeof record.end.ended, ended);
    put(d, &record);
}

// What comes is of THREAD.  It is in the history with the first thing that is
// told of it, so that a session that is taken back at once leaves nothing.
static void
change_thread(struct diary *d, const struct bookmark_thread *thread)
{
    d->bookmark.thread = *thread;
    d->before          = thread->ms;
    d->other           = true;
    d->segment         = NULL;
    d->visits          = -1;
    d->told            = false;
}

void
diary_start_over(struct diary *diary, int64_t frame)
{
    struct diary          *d     = diary;
    struct bookmark_thread fresh = {0};

    if (!d) return;
    write_rest(d);
    write_end(d, 0, "");
    d->given_up = diary_thread(d);
    begin_thread(&fresh);
    fresh.ms = -(frame * 1000 / d->session->voice.rate);
    change_thread(d, &fresh);
}

void
diary_take_up(struct diary *diary, int64_t frame)
{
    struct diary *d = diary;

    if (!d || !*d->given_up.key) return;
    if (!d->other) write_end(d, frame, "");
    change_thread(d, &d->given_up);
    d->given_up.key[0] = '\0';
}

void
diary_close(struct diary *diary, int64_t frame, const char *ended,
            bool interrupted)
{
    struct diag diag = {""};

    if (!diary) return;
    if (interrupted) {
        diary_look(diary, frame);
        mark(diary, frame);
        write_rest(diary);
    } else {
        recorder_mark(diary->recorder, "", 0);
    }
    write_end(diary, frame, interrupted ? "" : ended);
    if (recorder_close(diary->recorder, PATIENCE_MS, &diag))
        log_print(LOG_WARNING, "%s", diag.text);
    free(diary);
}
