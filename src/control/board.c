// SPDX-License-Identifier: GPL-3.0-or-later
#include "control/board.h"

#include "base/text.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

struct waker {
    board_waker *wake;
    void        *ctx;
};

struct board {
    pthread_mutex_t    lock;
    struct state       state;
    double             position;
    double             published; // seconds of the monotonic clock
    struct wish        wishes[BOARD_WISHES];
    size_t             wish_first, wish_count;
    struct board_reply answers[BOARD_ANSWERS];
    size_t             answer_count;
    char              *lines[BOARD_LINES];
    size_t             line_first, line_count;
    bool               listened;
    struct waker       wakers[BOARD_WAKERS];
    int                bell[2]; // a pipe: a byte in it is a wish to look at
};

const char *
source_name(enum source source)
{
    static const char *const names[SOURCES] = {"socket", "mpris", "mqtt"};
    return names[source];
}

enum status
board_new(struct board **out)
{
    struct board *board = calloc(1, sizeof *board);
    if (!board) return STATUS_NO_MEMORY;
    if (pipe(board->bell) != 0) {
        free(board);
        return STATUS_FAILED;
    }
    for (int i = 0; i < 2; i++) {
        fcntl(board->bell[i], F_SETFD, FD_CLOEXEC);
        fcntl(board->bell[i], F_SETFL, O_NONBLOCK);
    }
    pthread_mutex_init(&board->lock, NULL);
    *out = board;
    return STATUS_OK;
}

void
board_free(struct board *board)
{
    if (!board) return;
    for (size_t i = 0; i < board->line_count; i++)
        free(board->lines[(board->line_first + i) % BOARD_LINES]);
    close(board->bell[0]);
    close(board->bell[1]);
    pthread_mutex_destroy(&board->lock);
    free(board);
}

static double
seconds_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

// Under the lock, so that nobody is woken who has gone.
static void
wake_all(struct board *board)
{
    for (size_t i = 0; i < BOARD_WAKERS; i++) {
        if (board->wakers[i].wake) board->wakers[i].wake(board->wakers[i].ctx);
    }
}

void
board_publish(struct board *board, const struct state *state, double position)
{
    pthread_mutex_lock(&board->lock);
    bool differs = !state_is_same(&board->state, state);
    if (differs) memcpy(&board->state, state, sizeof *state);
    board->position  = position;
    board->published = seconds_now();
    if (differs) wake_all(board);
    pthread_mutex_unlock(&board->lock);
}

void
board_event(struct board *board, const char *line)
{
    pthread_mutex_lock(&board->lock);
    char *copy = NULL;
    if (board->listened && board->line_count < BOARD_LINES) copy = strdup(line);
    if (copy) {
        size_t last = (board->line_first + board->line_count) % BOARD_LINES;
        board->lines[last] = copy;
        board->line_count++;
        wake_all(board);
    }
    pthread_mutex_unlock(&board->lock);
}

bool
board_wish(struct board *board, struct wish *wish)
{
    pthread_mutex_lock(&board->lock);
    bool there = board->wish_count > 0;
    if (there) {
        *wish             = board->wishes[board->wish_first];
        board->wish_first = (board->wish_first + 1) % BOARD_WISHES;
        board->wish_count--;
    }
    pthread_mutex_unlock(&board->lock);
    return there;
}

bool
board_is_asked(struct board *board)
{
    pthread_mutex_lock(&board->lock);
    bool asked = board->wish_count > 0;
    pthread_mutex_unlock(&board->lock);
    return asked;
}

void
board_answer(struct board *board, const struct wish *wish, enum outcome outcome,
             const char *text)
{
    if (!wish->token) return;
    pthread_mutex_lock(&board->lock);
    if (board->answer_count < BOARD_ANSWERS) {
        struct board_reply *answer = &board->answers[board->answer_count++];
        answer->source             = wish->source;
        answer->token              = wish->token;
        answer->outcome            = outcome;
        text_copy(answer->text, sizeof answer->text, text);
        text_mend(answer->text);
        wake_all(board);
    }
    pthread_mutex_unlock(&board->lock);
}

void
board_sleep(struct board *board, int ms)
{
    struct pollfd bell = {.fd = board->bell[0], .events = POLLIN};
    char          bytes[64];

    if (poll(&bell, 1, ms) <= 0) return;
    while (read(board->bell[0], bytes, sizeof bytes) > 0) {
    }
}

bool
board_wake_me(struct board *board, board_waker *wake, void *ctx)
{
    bool done = false;

    pthread_mutex_lock(&board->lock);
    for (size_t i = 0; i < BOARD_WAKERS && !done; i++) {
        done = !board->wakers[i].wake;
        if (done) board->wakers[i] = (struct waker){wake, ctx};
    }
    pthread_mutex_unlock(&board->lock);
    return done;
}

void
board_let_sleep(struct board *board, board_waker *wake, void *ctx)
{
    pthread_mutex_lock(&board->lock);
    for (size_t i = 0; i < BOARD_WAKERS; i++) {
        if (board->wakers[i].wake == wake && board->wakers[i].ctx == ctx)
            board->wakers[i] = (struct waker){NULL, NULL};
    }
    pthread_mutex_unlock(&board->lock);
}

void
board_read(struct board *board, struct state *state, double *position)
{
    pthread_mutex_lock(&board->lock);
    memcpy(state, &board->state, sizeof *state);
    if (position) {
        *position = board->position;
        if (state->activity == ACTIVITY_PLAYING)
            *position += seconds_now() - board->published;
        if (*position > state->length) *position = state->length;
    }
    pthread_mutex_unlock(&board->lock);
}

bool
board_ask(struct board *board, const struct wish *wish)
{
    pthread_mutex_lock(&board->lock);
    bool room = board->wish_count < BOARD_WISHES;
    if (room) {
        size_t last = (board->wish_first + board->wish_count) % BOARD_WISHES;
        board->wishes[last] = *wish;
        board->wish_count++;
    }
    pthread_mutex_unlock(&board->lock);
    // full: it is ringing already
    while (room && write(board->bell[1], "", 1) < 0 && errno == EINTR) {
    }
    return room;
}

bool
board_next_answer(struct board *board, enum source source,
                  struct board_reply *answer)
{
    size_t at = 0;

    pthread_mutex_lock(&board->lock);
    while (at < board->answer_count && board->answers[at].source != source)
        at++;
    bool there = at < board->answer_count;
    if (there) {
        struct board_reply *own = &board->answers[at];
        *answer                 = *own;
        board->answer_count--;
        memmove(own, own + 1, (board->answer_count - at) * sizeof *own);
    }
    pthread_mutex_unlock(&board->lock);
    return there;
}

void
board_listen(struct board *board, bool listen)
{
    pthread_mutex_lock(&board->lock);
    board->listened = listen;
    pthread_mutex_unlock(&board->lock);
}

char *
board_next_event(struct board *board)
{
    char *line = NULL;

    pthread_mutex_lock(&board->lock);
    if (board->line_count > 0) {
        line              = board->lines[board->line_first];
        board->line_first = (board->line_first + 1) % BOARD_LINES;
        board->line_count--;
    }
    pthread_mutex_unlock(&board->lock);
    return line;
}
