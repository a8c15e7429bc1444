// SPDX-License-Identifier: GPL-3.0-or-later
#include "history/recorder.h"

#include "base/path.h"
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define BATCH    64
#define RETRY_MS 2000

struct entry {
    struct entry *next;
    struct record record;
};

struct recorder {
    pthread_t            thread;
    char                *history;
    char                *bookmark;
    struct store_session session;

    pthread_mutex_t lock; // for all below
    pthread_cond_t  news;
    pthread_cond_t  over;
    struct entry   *first, **last;
    size_t          waiting;
    unsigned char   mark[SLOT_MOST];
    size_t          mark_length;
    bool            marked; // and not written yet
    bool            closing;
    bool            left; // nobody waits for the end any more
    bool            done;
    struct diag     problem;
    bool            told;

    struct store   *store;  // the thread's own, as all below
    bool            failed; // the history, the last time
    struct timespec retry;
    int64_t         id;
    struct slot     slot;
};

static void
free_all(struct recorder *r)
{
    while (r->first) {
        struct entry *entry = r->first;
        r->first            = entry->next;
        free(entry);
    }
    pthread_cond_destroy(&r->news);
    pthread_cond_destroy(&r->over);
    pthread_mutex_destroy(&r->lock);
    free(r->history);
    free(r->bookmark);
    free(r);
}

static void
set_problem(struct recorder *r, const char *text)
{
    pthread_mutex_lock(&r->lock);
    if (!r->problem.text[0]) diag_set(&r->problem, NULL, "%s", text);
    pthread_mutex_unlock(&r->lock);
}

// ---- the thread ---------------------------------------------------------

// A damaged history is put aside, not thrown away, and a new one begins.
static enum status
begin_anew(struct recorder *r, struct diag *diag)
{
    static const char *const tails[] = {"-wal", "-shm", ""};
    char                     from[PATH_SIZE], to[PATH_SIZE], text[PATH_SIZE];
    long long                now = (long long)time(NULL);

    for (int i = 0; i < 3; i++) {
        if (snprintf(from, PATH_SIZE, "%s%s", r->history, tails[i]) >=
                PATH_SIZE ||
            snprintf(to, PATH_SIZE, "%s.damaged-%lld%s", r->history, now,
                     tails[i]) >= PATH_SIZE ||
            (rename(from, to) != 0 && errno != ENOENT))
            return STATUS_BAD_INPUT;
    }
    enum status st = store_open(&r->store, r->history, false, diag);
    if (!st && snprintf(text, sizeof text,
                        "the history was damaged; a new one begins, and the "
                        "old one is kept as %s",
                        to) > 0)
        set_problem(r, text);
    return st;
}

static enum status
open_store(struct recorder *r, struct diag *diag)
{
    if (r->store) return STATUS_OK;
    enum status st = store_open(&r->store, r->history, false, diag);
    return st == STATUS_BAD_INPUT ? begin_anew(r, diag) : st;
}

static enum status
write_one(struct recorder *r, const struct record *record, struct diag *diag)
{
    switch (record->kind) {
    case RECORD_SESSION:
        return store_session(r->store, &record->session, &r->id, diag);
    case RECORD_SEGMENT:
        return store_segment(r->store, r->id, &record->segment, diag);
    case RECORD_COMMAND:
        return store_command(r->store, r->id, &record->command, diag);
    case RECORD_REMARK:
        return store_remark(r->store, r->id, &record->remark, diag);
    case RECORD_END: break;
    }
    return store_end(r->store, r->id, &record->end, diag);
}

// All COUNT entries from FIRST in one transaction, the session's row before
// them: so nothing is ever of a session that is not there.
static enum status
write_batch(struct recorder *r, const struct entry *first, size_t count,
            struct diag *diag)
{
    struct store_session session = r->session;
    enum status          st      = open_store(r, diag);
    if (st) return st;

    st = store_begin(r->store, diag);
    if (!st) st = store_session(r->store, &r->session, &r->id, diag);
    for (size_t i = 0; i < count && !st; i++) {
        if (i > 0) first = first->next; // the last one's is being written to
        if (first->record.kind == RECORD_SESSION)
            session = first->record.session;
        st = write_one(r, &first->record, diag);
    }
    if (!st) st = store_commit(r->store, diag);
    if (!st) r->session = session;
    if (st) store_rollback(r->store);
    if (st == STATUS_BAD_INPUT) { // damaged while it was open
        store_close(r->store);
        r->store = NULL;
    }
    return st;
}

static void
write_mark(struct recorder *r, const unsigned char *mark, size_t length)
{
    struct diag diag = {""};
    enum status st   = STATUS_OK;

    if (r->slot.fd < 0) st = slot_open(&r->slot, r->bookmark, &diag);
    if (!st) st = slot_write(&r->slot, mark, length, &diag);
    if (st) set_problem(r, diag.text);
}

static void
history_failed(struct recorder *r, const struct diag *diag)
{
    char text[1200];
    snprintf(text, sizeof text,
             "this session is not being written to the history, and plays on: "
             "%s",
             diag->text);
    set_problem(r, text);
}

// With the lock held: those written are gone.
static void
drop(struct recorder *r, size_t count)
{
    for (; count > 0 && r->first; count--) {
        struct entry *entry = r->first;
        r->first            = entry->next;
        if (!r->first) r->last = &r->first;
        r->waiting--;
        free(entry);
    }
}

// With the lock held: until there is something to do.  After a failure the
// history has a rest; bookmarks have none.
static void
await(struct recorder *r)
{
    while (!r->marked && !r->closing) {
        if (!r->failed && r->waiting) break;
        if (!r->failed)
            pthread_cond_wait(&r->news, &r->lock);
        else if (pthread_cond_timedwait(&r->news, &r->lock, &r->retry) ==
                 ETIMEDOUT)
            break;
    }
}

static bool
is_resting(const struct recorder *r)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return r->failed && !r->closing && now.tv_sec < r->retry.tv_sec;
}

// With the lock held, which it gives away meanwhile.
static void
work(struct recorder *r)
{
    unsigned char mark[SLOT_MOST];
    struct diag   diag   = {""};
    bool          rests  = is_resting(r);
    size_t        count  = r->waiting < BATCH ? r->waiting : BATCH;
    bool          marks  = r->marked && (r->failed || count == r->waiting);
    size_t        length = r->mark_length;
    struct entry *first  = r->first;
    enum status   st     = STATUS_OK;

    if (marks) {
        memcpy(mark, r->mark, length);
        r->marked = false;
    }
    pthread_mutex_unlock(&r->lock);
    if (!rests && (count > 0 || !r->store)) {
        st = write_batch(r, first, count, &diag);
        if (st) history_failed(r, &diag);
    }
    if (marks) write_mark(r, mark, length);
    pthread_mutex_lock(&r->lock);
    if (rests) return;
    r->failed = st != STATUS_OK;
    if (!r->failed) drop(r, count);
    clock_gettime(CLOCK_MONOTONIC, &r->retry);
    r->retry.tv_sec += RETRY_MS / 1000;
}

static void *
record(void *ctx)
{
    struct recorder *r = ctx;

    pthread_mutex_lock(&r->lock);
    work(r); // the session's row
    while (!r->closing || r->marked || (r->waiting && !r->failed)) {
        await(r);
        work(r);
    }
    pthread_mutex_unlock(&r->lock);
    store_close(r->store);
    slot_close(&r->slot);
    pthread_mutex_lock(&r->lock);
    r->done = true;
    pthread_cond_signal(&r->over);
    bool left = r->left;
    pthread_mutex_unlock(&r->lock);
    if (left) free_all(r);
    return NULL;
}

// ---- the caller's side --------------------------------------------------

static bool
start(struct recorder *r)
{
    pthread_condattr_t attributes;
    sigset_t           all, before;

    pthread_mutex_init(&r->lock, NULL);
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&r->news, &attributes);
    pthread_cond_init(&r->over, &attributes);
    pthread_condattr_destroy(&attributes);
    sigfillset(&all); // signals are for the main thread
    pthread_sigmask(SIG_SETMASK, &all, &before);
    bool good = pthread_create(&r->thread, NULL, record, r) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return good;
}

enum status
recorder_open(struct recorder **out, const struct recorder_config *config)
{
    struct recorder *r = calloc(1, sizeof *r);
    if (!r) return STATUS_NO_MEMORY;

    r->last     = &r->first;
    r->slot.fd  = -1;
    r->session  = config->session;
    r->history  = strdup(config->history);
    r->bookmark = strdup(config->bookmark);
    if (!r->history || !r->bookmark || !start(r)) {
        free_all(r);
        return STATUS_NO_MEMORY;
    }
    *out = r;
    return STATUS_OK;
}

void
recorder_write(struct recorder *recorder, const struct record *record)
{
    struct entry *entry = malloc(sizeof *entry);

    pthread_mutex_lock(&recorder->lock);
    if (!entry || recorder->waiting == RECORDER_MOST) {
        if (!recorder->problem.text[0])
            diag_set(&recorder->problem, NULL,
                     "the disk is too slow for the history: some of this "
                     "session is not kept");
        free(entry);
    } else {
        *entry = (struct entry){.record = *record};

        *recorder->last = entry;
        recorder->last  = &entry->next;
        recorder->waiting++;
        pthread_cond_signal(&recorder->news);
    }
    pthread_mutex_unlock(&recorder->lock);
}

void
recorder_mark(struct recorder *recorder, const void *data, size_t length)
{
    if (length > SLOT_MOST) return;
    pthread_mutex_lock(&recorder->lock);
    memcpy(recorder->mark, data, length);
    recorder->mark_length = length;
    recorder->marked      = true;
    pthread_cond_signal(&recorder->news);
    pthread_mutex_unlock(&recorder->lock);
}

bool
recorder_problem(struct recorder *recorder, struct diag *diag)
{
    pthread_mutex_lock(&recorder->lock);
    bool news = recorder->problem.text[0] && !recorder->told;
    if (news) {
        recorder->told = true;
        *diag          = recorder->problem;
    }
    pthread_mutex_unlock(&recorder->lock);
    return news;
}

bool
recorder_close(struct recorder *recorder, int patience_ms, struct diag *diag)
{
    struct recorder *r = recorder;
    struct timespec  until;

    if (!r) return false;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += patience_ms / 1000;
    until.tv_nsec += patience_ms % 1000 * 1000000L;
    until.tv_sec += until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;

    pthread_mutex_lock(&r->lock);
    r->closing = true;
    pthread_cond_signal(&r->news);
    while (!r->done &&
           pthread_cond_timedwait(&r->over, &r->lock, &until) != ETIMEDOUT)
        ;
    bool done = r->done;
    if (!done && !r->problem.text[0])
        diag_set(&r->problem, NULL,
                 "the disk is too slow for the history: the end of this "
                 "session may not be kept");
    bool news = r->problem.text[0] && !r->told;
    r->left   = !done;
    if (news) *diag = r->problem;
    pthread_mutex_unlock(&r->lock);
    if (done) {
        pthread_join(r->thread, NULL);
        free_all(r);
    } else {
        pthread_detach(r->thread);
    }
    return news;
}
