// SPDX-License-Identifier: GPL-3.0-or-later
// A queue of equal records from one thread to one other, without locks.
//
// Exactly one thread pushes and one pops.  A record is copied in whole before
// it is published, so the reader never sees half of one.  Nothing here
// allocates after ring_init(): both ends are fit for an audio callback.
#ifndef BASE_RING_H
#define BASE_RING_H
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

struct ring {
    unsigned char *data;
    size_t         record; // bytes
    size_t         mask;   // records - 1, records a power of two
    atomic_size_t  head;   // written by the pusher
    atomic_size_t  tail;   // written by the popper
};

// Room for at least RECORDS records of RECORD bytes.  False: no memory.
bool
ring_init(struct ring *ring, size_t record, size_t records);

void
ring_release(struct ring *ring); // a zeroed ring is fine

// Pusher's thread.  Copies up to COUNT records; returns how many went in.
size_t
ring_push(struct ring *ring, const void *records, size_t count);

// Popper's thread.  Copies up to COUNT records out; returns how many.
size_t
ring_pop(struct ring *ring, void *records, size_t count);

// How many records wait.  Any thread; a snapshot.
size_t
ring_count(const struct ring *ring);
#endif
