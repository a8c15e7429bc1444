// SPDX-License-Identifier: GPL-3.0-or-later
// A few words kept so that no torn write can spoil them: a file of two slots
// written in turn, each with a number and a checksum.  Whatever instant the
// power goes at, the newer slot is whole or the older one still is.
#ifndef HISTORY_SLOT_H
#define HISTORY_SLOT_H
#include "base/diag.h"
#include "base/status.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SLOT_SIZE 4096 // bytes on disk of one slot: a page, a card's block
#define SLOT_MOST (SLOT_SIZE - 24) // bytes of what is kept

struct slot {
    int      fd;     // -1: not open
    uint64_t number; // of the last write
    unsigned writes; // since it was opened
};

// Makes the file, for its owner alone, and the folders to it.  STATUS_LOST:
// another program has it open.
enum status
slot_open(struct slot *slot, const char *path, struct diag *diag);

// LENGTH bytes, at most SLOT_MOST.  On the disk when it returns STATUS_OK; one
// block is written.
enum status
slot_write(struct slot *slot, const void *data, size_t length,
           struct diag *diag);

void
slot_close(struct slot *slot);

// Whether a program has it open to write.
bool
slot_is_held(const char *path);

// What was written last, and its length in *length: 0 where nothing was, where
// there is no file, or where neither slot is whole.  DATA has room for
// SLOT_MOST bytes.
void
slot_read(const char *path, void *data, size_t *length);
#endif
