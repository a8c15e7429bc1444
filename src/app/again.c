// SPDX-License-Identifier: GPL-3.0-or-later
// The state goes through a file without a name, whose number is in the
// environment.
#include "app/again.h"

#include "base/text.h"
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define VARIABLE "ROLLCALL_AGAIN"

struct parcel {
    char         magic[16];
    size_t       size;
    struct again again;
};

static const char magic[16] = "rollcall again 2";

bool
again_waits(void)
{
    return getenv(VARIABLE) != NULL;
}

bool
again_take(struct again *again)
{
    static struct parcel parcel; // too large for a stack
    const char          *number = getenv(VARIABLE);

    if (!number) return false;
    int fd = atoi(number);
    unsetenv(VARIABLE);
    if (fd < 3) return false;
    bool good = pread(fd, &parcel, sizeof parcel, 0) == sizeof parcel &&
                memcmp(parcel.magic, magic, sizeof magic) == 0 &&
                parcel.size == sizeof parcel;
    close(fd);
    if (good) *again = parcel.again;
    return good;
}

// A segment that began before an answer changed the plans is of neither.
static void
find_plan(struct again *again, const struct plan_set *plans)
{
    again->level = again->session.level;
    again->talk  = again->session.talk;
    for (int level = 0; level < LEVELS; level++) {
        for (int talk = 0; talk < TALKS; talk++) {
            if (plans->plan[level][talk] != again->session.plan) continue;
            again->level = (enum level)level;
            again->talk  = (enum talk)talk;
        }
    }
}

// An instruction that broke off is to be said again.
static bool
is_cut_short(const struct session *s)
{
    const struct segment *segment = session_segment(s);
    int                   i       = s->instruction;

    return s->cut_short ||
           (i >= 0 && s->at[i] < s->cursor &&
            s->speech_until > session_elapsed(s) &&
            s->at[i] + segment->cues[i].length == s->speech_until);
}

void
again_save(struct again *again, const struct session *session,
           const struct plan_set *plans, int64_t frame)
{
    again->session           = *session;
    again->frame             = frame;
    again->session.cut_short = is_cut_short(session);
    find_plan(again, plans);
    again->last_text[0] = '\0';
    if (session->last_text)
        text_copy(again->last_text, sizeof again->last_text,
                  session->last_text);
}

bool
again_restore(const struct again *again, struct session *session,
              const struct plan_set *plans, const struct plan_voice *voice,
              struct session_undo *undo)
{
    const struct plan *plan = plans->plan[again->level][again->talk];

    if (!plan || again->session.segment >= plan->count ||
        plan->segments[again->session.segment].count > PLAN_MOST_CUES)
        return false;
    *session           = again->session;
    session->plans     = plans;
    session->plan      = plan;
    session->voice     = *voice;
    session->undo      = undo;
    session->last_text = again->last_text[0] ? again->last_text : NULL;
    if (session->instruction >=
        (int)plan->segments[again->session.segment].count)
        session->instruction = -1;
    undo->there = false;
    return true;
}

static int
write_parcel(const struct again *again)
{
    static struct parcel parcel;
    FILE                *file = tmpfile();
    int                  fd   = file ? dup(fileno(file)) : -1; // stays open

    if (file) fclose(file);
    if (fd < 0) return -1;
    memcpy(parcel.magic, magic, sizeof magic);
    parcel.size  = sizeof parcel;
    parcel.again = *again;
    if (pwrite(fd, &parcel, sizeof parcel, 0) == sizeof parcel) return fd;
    close(fd);
    return -1;
}

void
again_start(const struct again *again, char *const *arguments)
{
    static char program[] = "rollcall", name[] = "play";
    char        number[16];
    size_t      count = 0;

    while (arguments[count]) count++;
    char **all = calloc(count + 2, sizeof *all);
    if (!all) return;
    int fd = write_parcel(again);
    if (fd >= 0) {
        all[0] = program;
        all[1] = name;
        memcpy(all + 2, arguments + 1, (count - 1) * sizeof *all);
        snprintf(number, sizeof number, "%d", fd);
        setenv(VARIABLE, number, 1);
        execv("/proc/self/exe", all);
    }
    if (fd >= 0) close(fd);
    free(all);
}
