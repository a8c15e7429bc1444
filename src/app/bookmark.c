// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/bookmark.h"

#include "base/profile.h"
#include "base/text.h"
#include "history/slot.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define FIRST_LINE "rollcall bookmark 1"

bool
bookmark_path(char path[PATH_SIZE])
{
    return profile_path(path, "bookmark");
}

// ---- a place in a plan --------------------------------------------------

// FNV-1a, 64 bits.
static uint64_t
mix_text(uint64_t hash, const char *text)
{
    for (; *text; text++)
        hash = (hash ^ (unsigned char)*text) * UINT64_C(1099511628211);
    return hash;
}

static uint64_t
mix(uint64_t hash, int64_t number)
{
    for (int i = 0; i < 8; i++) {
        unsigned byte = (unsigned)((uint64_t)number >> 8 * i) & 255;
        hash          = (hash ^ byte) * UINT64_C(1099511628211);
    }
    return hash;
}

uint64_t
bookmark_digest(const struct plan *plan)
{
    uint64_t hash = UINT64_C(14695981039346656037);

    for (size_t i = 0; i < plan->count; i++) {
        const struct segment  *s = &plan->segments[i];
        const struct exercise *e = plan_exercise(plan, s);
        if (s->kind != SEGMENT_WORK) continue;
        hash = mix(mix_text(hash, e->id), s->set);
        hash = mix(mix(hash, s->sets), (int64_t)s->side);
        hash = mix(hash, s->length * 1000 / plan->rate);
    }
    return hash;
}

static bool
is_alike(const struct plan *plan, const struct segment *segment,
         const struct bookmark *b)
{
    const struct exercise *exercise = plan_exercise(plan, segment);
    return segment->kind == b->kind && segment->set == b->set &&
           segment->side == b->side && segment->about == b->about &&
           strcmp(exercise ? exercise->id : "", b->exercise) == 0;
}

size_t
bookmark_find(const struct bookmark *bookmark, const struct plan *plan)
{
    int nth = bookmark->nth;
    for (size_t i = 0; i < plan->count; i++) {
        if (is_alike(plan, &plan->segments[i], bookmark) && nth-- == 0)
            return i;
    }
    return plan->count;
}

void
bookmark_place(struct bookmark *bookmark, const struct session *session,
               int64_t frame)
{
    const struct segment  *here     = session_segment(session);
    const struct exercise *exercise = plan_exercise(session->plan, here);
    int64_t                rate     = session->plan->rate;
    int64_t                elapsed  = session_elapsed_at(session, frame);

    if (elapsed < 0) elapsed = 0; // it is decided a little ahead
    bookmark->level  = session->level;
    bookmark->talk   = session->talk;
    bookmark->gain   = session->gain;
    bookmark->given  = session->given;
    bookmark->kind   = here->kind;
    bookmark->set    = here->set;
    bookmark->side   = here->side;
    bookmark->about  = here->about;
    bookmark->nth    = 0;
    bookmark->moving = !session->held;
    text_copy(bookmark->exercise, sizeof bookmark->exercise,
              exercise ? exercise->id : "");
    bookmark->elapsed_ms = elapsed * 1000 / rate;
    bookmark->length_ms  = session->length * 1000 / rate;
    for (const struct segment *s = session->plan->segments; s < here; s++)
        bookmark->nth += is_alike(session->plan, s, bookmark);
}

// ---- as text ------------------------------------------------------------

#define LL(number) ((long long)(number))

static const char layout[] = "%s\n"
                             "thread %s %lld %d %d %lld\n"
                             "routine %s\n"
                             "wished %d %d %d %d %d\n"
                             "plan %016llx\n"
                             "now %d %d %d\n"
                             "given %x %x %d %d %s\n"
                             "place %d %d %d %d %d %lld %lld %d\n"
                             "exercise %s\n"
                             "path %s\n"
                             "end\n";

bool
bookmark_print(char to[BOOKMARK_SIZE], const struct bookmark *bookmark)
{
    const struct bookmark        *b = bookmark;
    const struct bookmark_thread *t = &b->thread;
    const struct given           *g = &b->given;
    char                          first[ROUTINE_MOST_EXERCISES + 1];

    for (int i = 0; i < ROUTINE_MOST_EXERCISES; i++)
        first[i] = (char)('0' + (int)g->first[i]);
    first[ROUTINE_MOST_EXERCISES] = '\0';

    int used = snprintf(
        to, BOOKMARK_SIZE, layout, FIRST_LINE, t->key, LL(t->started), t->zone,
        t->visits, LL(t->ms), b->routine, (int)b->wished_level,
        (int)b->wished_talk, b->sets, b->minutes, b->screening,
        (unsigned long long)b->plan, (int)b->level, (int)b->talk, b->gain,
        g->asked, g->gates, g->discomfort[0], g->discomfort[1], first,
        (int)b->kind, b->set, (int)b->side, b->about, b->nth, LL(b->elapsed_ms),
        LL(b->length_ms), b->moving, *b->exercise ? b->exercise : "-", b->path);
    return used > 0 && used < BOOKMARK_SIZE;
}

// One line after another, each with its name; what is read of it.
struct lines_of {
    char *rest;
};

static const char *
line(struct lines_of *lines, const char *name)
{
    char  *start  = lines->rest;
    char  *end    = start ? strchr(start, '\n') : NULL;
    size_t length = strlen(name);

    if (!end || strncmp(start, name, length) != 0 || start[length] != ' ')
        return NULL;
    *end        = '\0';
    lines->rest = end + 1;
    return start + length + 1;
}

static bool
in_range(int value, int below)
{
    return value >= 0 && value < below;
}

static bool
parse_thread(struct bookmark *b, const char *text)
{
    struct bookmark_thread *t = &b->thread;
    return text &&
           sscanf(text, "%39[0-9a-f] %" SCNd64 " %d %d %" SCNd64, t->key,
                  &t->started, &t->zone, &t->visits, &t->ms) == 5 &&
           t->visits >= 0 && t->visits < 1000000 && t->ms >= 0;
}

static bool
parse_wished(struct bookmark *b, const char *text)
{
    int level, talk, screening;
    if (!text || sscanf(text, "%d %d %d %d %d", &level, &talk, &b->sets,
                        &b->minutes, &screening) != 5)
        return false;
    b->wished_level = (enum level)level;
    b->wished_talk  = (enum talk)talk;
    b->screening    = screening != 0;
    return in_range(level, LEVELS) && in_range(talk, TALKS) &&
           in_range(b->sets, ROUTINE_MOST_SETS + 1) &&
           in_range(b->minutes, ROUTINE_MOST_MINUTES + 1);
}

static bool
parse_now(struct bookmark *b, const char *text)
{
    int level, talk;
    if (!text || sscanf(text, "%d %d %d", &level, &talk, &b->gain) != 3)
        return false;
    b->level = (enum level)level;
    b->talk  = (enum talk)talk;
    return in_range(level, LEVELS) && in_range(talk, TALKS) &&
           b->gain >= SESSION_QUIETEST && b->gain <= SESSION_LOUDEST;
}

static bool
parse_given(struct bookmark *b, const char *text)
{
    struct given *given = &b->given;
    char          first[ROUTINE_MOST_EXERCISES + 1];

    if (!text ||
        sscanf(text, "%x %x %d %d %40[0-2]", &given->asked, &given->gates,
               &given->discomfort[0], &given->discomfort[1], first) != 5)
        return false;
    for (int i = 0; first[i]; i++)
        given->first[i] = (enum side)(first[i] - '0');
    return in_range(given->discomfort[0], 12) &&
           in_range(given->discomfort[1], 12);
}

static bool
parse_place(struct bookmark *b, const char *text)
{
    int kind, side, moving;
    if (!text || sscanf(text, "%d %d %d %d %d %" SCNd64 " %" SCNd64 " %d",
                        &kind, &b->set, &side, &b->about, &b->nth,
                        &b->elapsed_ms, &b->length_ms, &moving) != 8)
        return false;
    b->kind   = (enum segment_kind)kind;
    b->side   = (enum side)side;
    b->moving = moving != 0;
    return in_range(kind, SEGMENT_KINDS) && in_range(side, SIDE_RIGHT + 1) &&
           b->nth >= 0 && b->elapsed_ms >= 0 && b->length_ms >= 0 &&
           b->length_ms <= 24 * 3600 * 1000;
}

static bool
parse_text(char *to, size_t size, const char *text)
{
    return text && *text && text_copy(to, size, text);
}

bool
bookmark_parse(struct bookmark *bookmark, const char *text, size_t length)
{
    struct bookmark *b = bookmark;
    char             copy[BOOKMARK_SIZE];
    struct lines_of  lines = {copy};

    memset(b, 0, sizeof *b);
    if (length == 0 || length >= sizeof copy) return false;
    memcpy(copy, text, length);
    copy[length] = '\0';
    if (strncmp(copy, FIRST_LINE "\n", sizeof FIRST_LINE) != 0) return false;
    lines.rest = copy + sizeof FIRST_LINE;

    if (!parse_thread(b, line(&lines, "thread")) ||
        !parse_text(b->routine, sizeof b->routine, line(&lines, "routine")) ||
        !parse_wished(b, line(&lines, "wished")))
        return false;
    const char *plan = line(&lines, "plan");
    if (!plan || sscanf(plan, "%" SCNx64, &b->plan) != 1) return false;
    if (!parse_now(b, line(&lines, "now")) ||
        !parse_given(b, line(&lines, "given")) ||
        !parse_place(b, line(&lines, "place")) ||
        !parse_text(b->exercise, sizeof b->exercise,
                    line(&lines, "exercise")) ||
        !parse_text(b->path, sizeof b->path, line(&lines, "path")))
        return false;
    if (strcmp(b->exercise, "-") == 0) b->exercise[0] = '\0';
    return strcmp(lines.rest, "end\n") == 0;
}

bool
bookmark_recall(struct bookmark *bookmark)
{
    char   path[PATH_SIZE], text[SLOT_MOST];
    size_t length;

    if (!bookmark_path(path) || slot_is_held(path)) return false;
    slot_read(path, text, &length);
    return bookmark_parse(bookmark, text, length);
}
