// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/history_text.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

void
history_time(char to[40], int64_t seconds, int zone)
{
    int     year, month, date;
    int64_t local = seconds + (int64_t)zone * 60;
    int     clock = (int)(local % 86400);
    int     away  = abs(zone);

    if (clock < 0) clock += 86400;
    summary_date(summary_day(seconds, zone), &year, &month, &date);
    snprintf(to, 40, "%04d-%02d-%02dT%02d:%02d:%02d%c%02d:%02d", year, month,
             date, clock / 3600, clock / 60 % 60, clock % 60,
             zone < 0 ? '-' : '+', away / 60, away % 60);
}

static json_t *
told(int discomfort)
{
    return discomfort < 0 ? json_null() : json_integer(discomfort);
}

static json_t *
text_or_null(const char *text)
{
    return *text ? json_string(text) : json_null();
}

static json_t *
session_json(const struct past_session *s)
{
    char when[40];

    history_time(when, s->started, s->zone);
    return json_pack(
        "{s:I,s:s,s:s,s:s,s:s,s:s,s:f,s:f,s:o,s:i,s:i,s:i,s:i,s:i,s:i,s:o,s:o}",
        "id", (json_int_t)s->id, "started", when, "routine", s->routine,
        "title", s->title, "level", s->level, "talk", s->talk, "seconds",
        s->seconds, "worked", s->worked, "ended", text_or_null(s->ended),
        "done", s->done, "shortened", s->shortened, "skipped", s->skipped,
        "commands_taken", s->commands, "pains", s->pains, "device_troubles",
        s->devices, "discomfort_before", told(s->before), "discomfort_after",
        told(s->after));
}

static json_t *
muscle_list(const char *muscles)
{
    json_t *list = json_array();

    while (*muscles) {
        size_t length = strcspn(muscles, "\n");
        json_array_append_new(list, json_stringn(muscles, length));
        muscles += length + (muscles[length] == '\n');
    }
    return list;
}

static json_t *
segments_json(const struct past_segments *segments)
{
    json_t *list = json_array();

    for (size_t i = 0; i < segments->count; i++) {
        const struct store_segment *s = &segments->list[i];
        json_array_append_new(
            list, json_pack("{s:s,s:s,s:i,s:i,s:o,s:f,s:f,s:s,s:o}", "exercise",
                            s->exercise, "title", s->title, "set", s->set,
                            "sets", s->sets, "side", text_or_null(s->side),
                            "planned", s->planned, "done", s->done, "how",
                            s->how, "muscles", muscle_list(s->muscles)));
    }
    return list;
}

static json_t *
commands_json(const struct past_commands *commands)
{
    json_t *list = json_array();

    for (size_t i = 0; i < commands->count; i++) {
        const struct store_command *c = &commands->list[i];
        json_array_append_new(list, json_pack("{s:f,s:s,s:s,s:b}", "at", c->at,
                                              "command", c->command, "source",
                                              c->source, "taken", c->taken));
    }
    return list;
}

static json_t *
remarks_json(const struct past_remarks *remarks)
{
    json_t *list = json_array();

    for (size_t i = 0; i < remarks->count; i++) {
        const struct store_remark *r = &remarks->list[i];
        json_array_append_new(list,
                              json_pack("{s:f,s:s,s:s}", "at", r->at, "what",
                                        r->what, "value", r->value));
    }
    return list;
}

// A session with all that is in it; NULL: *status and *diag say why.
static json_t *
whole_session(const struct past_session *session, struct store *store,
              enum status *status, struct diag *diag)
{
    struct past_segments segments = {0};
    struct past_commands commands = {0};
    struct past_remarks  remarks  = {0};
    json_t              *object   = NULL;

    *status = past_segments(&segments, store, session->id, diag);
    if (!*status) *status = past_commands(&commands, store, session->id, diag);
    if (!*status) *status = past_remarks(&remarks, store, session->id, diag);
    if (!*status) {
        object = session_json(session);
        if (!object) *status = STATUS_NO_MEMORY;
        json_object_set_new(object, "windows", segments_json(&segments));
        json_object_set_new(object, "commands", commands_json(&commands));
        json_object_set_new(object, "remarks", remarks_json(&remarks));
    }
    past_release(&segments);
    past_release(&commands);
    past_release(&remarks);
    return object;
}

static json_t *
summary_json(const struct look_back *back)
{
    const struct summary *s       = &back->summary;
    json_t               *weeks   = json_array();
    json_t               *muscles = json_array();

    for (int i = 0; i < SUMMARY_WEEKS; i++)
        json_array_append_new(weeks, json_real(s->week[i]));
    for (size_t i = 0; i < back->muscles.count; i++) {
        const struct past_muscle *m = &back->muscles.list[i];
        char                      when[40];
        history_time(when, m->last, m->zone);
        json_array_append_new(
            muscles,
            json_pack("{s:s,s:o,s:f,s:i,s:s}", "muscle", m->muscle, "side",
                      text_or_null(m->side), "seconds", m->seconds, "sessions",
                      m->sessions, "last", when));
    }
    return json_pack("{s:i,s:f,s:i,s:i,s:o,s:f,s:f,s:o}", "sessions",
                     s->sessions, "minutes", s->minutes, "streak", s->streak,
                     "longest_streak", s->longest, "minutes_a_week", weeks,
                     "relief", s->relief, "discomfort_trend_a_week", s->trend,
                     "muscles", muscles);
}

enum status
history_write_json(FILE *file, const struct look_back *back, struct diag *diag)
{
    struct store *store = NULL;
    json_t       *list  = json_array();
    enum status   st    = look_back_open(&store, true, diag);

    for (size_t i = 0; i < back->sessions.count && !st; i++)
        json_array_append_new(
            list, whole_session(&back->sessions.list[i], store, &st, diag));
    store_close(store);
    json_t *all = json_pack("{s:i,s:o,s:o}", "version", 1, "summary",
                            summary_json(back), "sessions", list);
    if (!st && !all) st = STATUS_NO_MEMORY;
    if (!st &&
        (json_dumpf(all, file, JSON_INDENT(2) | JSON_REAL_PRECISION(9)) ||
         fputc('\n', file) == EOF))
        st = STATUS_FAILED;
    json_decref(all);
    return st;
}

// Quoted where it must be.  A sheet would take "=..." for a formula.
static void
field(FILE *file, const char *text, const char *end)
{
    bool plain = !strpbrk(text, ",\"\n\r;") && !strchr("=+-@", *text);

    if (plain || !*text) {
        fprintf(file, "%s%s", text, end);
        return;
    }
    fputc('"', file);
    if (strchr("=+-@", *text)) fputc('\'', file);
    for (; *text; text++) {
        if (*text == '"') fputc('"', file);
        fputc(*text == '\n' ? ';' : *text, file);
    }
    fprintf(file, "\"%s", end);
}

static void
write_window(FILE *file, const struct past_session *s,
             const struct store_segment *g)
{
    char when[40];

    history_time(when, s->started, s->zone);
    fprintf(file, "%lld,%s,", (long long)s->id, when);
    field(file, s->routine, ",");
    field(file, s->ended, ",");
    field(file, g->exercise, ",");
    field(file, g->title, ",");
    fprintf(file, "%d,%d,%s,%.3f,%.3f,%s,", g->set, g->sets, g->side,
            g->planned, g->done, g->how);
    field(file, g->muscles, "\n");
}

enum status
history_write_csv(FILE *file, const struct look_back *back, struct diag *diag)
{
    struct store *store = NULL;
    enum status   st    = look_back_open(&store, true, diag);

    if (!st)
        fputs("session,started,routine,ended,exercise,title,set,sets,side,"
              "planned,done,how,muscles\n",
              file);
    for (size_t i = 0; i < back->sessions.count && !st; i++) {
        struct past_segments segments;
        st = past_segments(&segments, store, back->sessions.list[i].id, diag);
        for (size_t j = 0; j < segments.count && !st; j++)
            write_window(file, &back->sessions.list[i], &segments.list[j]);
        past_release(&segments);
    }
    store_close(store);
    return st;
}
