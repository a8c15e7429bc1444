// SPDX-License-Identifier: GPL-3.0-or-later
// When to try to connect again, and which losses are news.  A connection is
// good only after it has lasted: what ends soon, each time, is tried less and
// less often.  Times are milliseconds of one clock.
#ifndef CONTROL_BACKOFF_H
#define CONTROL_BACKOFF_H
#include <stdbool.h>
#include <stdint.h>

#define BACKOFF_FIRST 500 // before the next try, then twice that
#define BACKOFF_MOST  30000
// Two that throw each other out have the place for BACKOFF_MOST at a time.
#define BACKOFF_GOOD (2 * BACKOFF_MOST)

enum loss {
    LOSS_UNREACHED, // nobody is there; or of a good connection
    LOSS_SOON,      // of one that was not good yet
    LOSSES
};

struct backoff {
    int     wait; // before the next try
    bool    connected, good;
    int64_t since; // connected
    bool    told[LOSSES];
};

void
backoff_init(struct backoff *backoff);

void
backoff_connected(struct backoff *backoff, int64_t now);

// It is still connected, or still is not.
void
backoff_look(struct backoff *backoff, int64_t now);

// A try has failed, or a connection has ended: *wait until the next try.
enum loss
backoff_lost(struct backoff *backoff, int *wait);

// Whether that is news: once, until there is a good connection.
bool
backoff_tells(struct backoff *backoff, enum loss loss);
#endif
