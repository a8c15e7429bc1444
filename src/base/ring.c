// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/ring.h"

#include <stdlib.h>
#include <string.h>

bool
ring_init(struct ring *ring, size_t record, size_t records)
{
    size_t size = 1;
    while (size < records) size *= 2;
    ring->data   = calloc(size, record);
    ring->record = record;
    ring->mask   = size - 1;
    atomic_init(&ring->head, 0);
    atomic_init(&ring->tail, 0);
    return ring->data != NULL;
}

void
ring_release(struct ring *ring)
{
    free(ring->data);
    ring->data = NULL;
}

// Bytes for COUNT records from index AT on, in at most two runs.
static void
copy_in(struct ring *ring, size_t at, const unsigned char *from, size_t count)
{
    size_t first = ring->mask + 1 - (at & ring->mask);
    if (first > count) first = count;
    memcpy(ring->data + (at & ring->mask) * ring->record, from,
           first * ring->record);
    memcpy(ring->data, from + first * ring->record,
           (count - first) * ring->record);
}

static void
copy_out(struct ring *ring, size_t at, unsigned char *to, size_t count)
{
    size_t first = ring->mask + 1 - (at & ring->mask);
    if (first > count) first = count;
    memcpy(to, ring->data + (at & ring->mask) * ring->record,
           first * ring->record);
    memcpy(to + first * ring->record, ring->data,
           (count - first) * ring->record);
}

size_t
ring_push(struct ring *ring, const void *records, size_t count)
{
    size_t head = atomic_load_explicit(&ring->head, memory_order_relaxed);
    size_t tail = atomic_load_explicit(&ring->tail, memory_order_acquire);
    size_t room = ring->mask + 1 - (head - tail);
    if (count > room) count = room;
    copy_in(ring, head, records, count);
    atomic_store_explicit(&ring->head, head + count, memory_order_release);
    return count;
}

size_t
ring_pop(struct ring *ring, void *records, size_t count)
{
    size_t tail = atomic_load_explicit(&ring->tail, memory_order_relaxed);
    size_t head = atomic_load_explicit(&ring->head, memory_order_acquire);
    if (count > head - tail) count = head - tail;
    copy_out(ring, tail, records, count);
    atomic_store_explicit(&ring->tail, tail + count, memory_order_release);
    return count;
}

size_t
ring_count(const struct ring *ring)
{
    size_t tail  = atomic_load_explicit(&ring->tail, memory_order_acquire);
    size_t head  = atomic_load_explicit(&ring->head, memory_order_acquire);
    size_t count = head - tail; // TAIL may be older than HEAD
    return count > ring->mask ? ring->mask + 1 : count;
}
