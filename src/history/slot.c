// SPDX-License-Identifier: GPL-3.0-or-later
#include "history/slot.h"

#include "base/path.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#define HEAD 24

static const char magic[8] = "rollcal1";

// CRC-32 as in IEEE 802.3, bit by bit: a slot is small.
static uint32_t
checksum(const unsigned char *data, size_t length)
{
    uint32_t sum = UINT32_MAX;
    for (size_t i = 0; i < length; i++) {
        sum ^= data[i];
        for (int bit = 0; bit < 8; bit++)
            sum = sum >> 1 ^ (sum & 1 ? UINT32_C(0xEDB88320) : 0);
    }
    return ~sum;
}

static void
put(unsigned char *to, uint64_t value, int bytes)
{
    for (int i = 0; i < bytes; i++) to[i] = (unsigned char)(value >> 8 * i);
}

static uint64_t
get(const unsigned char *from, int bytes)
{
    uint64_t value = 0;
    for (int i = 0; i < bytes; i++) value |= (uint64_t)from[i] << 8 * i;
    return value;
}

// magic, number (8), length (4), checksum of number, length and data (4)
static bool
is_whole(const unsigned char slot[SLOT_SIZE], uint64_t *number, size_t *length)
{
    unsigned char copy[SLOT_SIZE];

    *number = get(slot + 8, 8);
    *length = (size_t)get(slot + 16, 4);
    if (memcmp(slot, magic, sizeof magic) != 0 || *length > SLOT_MOST)
        return false;
    memcpy(copy, slot + 8, 12);
    memcpy(copy + 12, slot + HEAD, *length);
    return checksum(copy, 12 + *length) == get(slot + 20, 4);
}

// The newer whole slot of FD; false where there is none.
static bool
newest(int fd, unsigned char slot[SLOT_SIZE], uint64_t *number, size_t *length)
{
    bool found = false;

    for (int i = 0; i < 2; i++) {
        unsigned char read[SLOT_SIZE] = {0};
        uint64_t      its;
        size_t        bytes;
        if (pread(fd, read, SLOT_SIZE, (off_t)i * SLOT_SIZE) < HEAD) continue;
        if (!is_whole(read, &its, &bytes) || (found && its < *number)) continue;
        memcpy(slot, read, SLOT_SIZE);
        *number = its;
        *length = bytes;
        found   = true;
    }
    return found;
}

static enum status
fail(struct diag *diag, const char *path)
{
    diag_set(diag, path, "where you are in the session cannot be kept: %s",
             strerror(errno));
    return STATUS_FAILED;
}

enum status
slot_open(struct slot *slot, const char *path, struct diag *diag)
{
    unsigned char old[SLOT_SIZE];
    size_t        length;

    *slot = (struct slot){.fd = -1};
    if (!path_make_folders(path)) return fail(diag, path);
    slot->fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (slot->fd < 0) return fail(diag, path);
    if (flock(slot->fd, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
        diag_set(diag, NULL,
                 "another session of the same person is under way, so this "
                 "one cannot be gone on with where it breaks off");
        slot_close(slot);
        return STATUS_LOST;
    }
    if (!newest(slot->fd, old, &slot->number, &length)) slot->number = 0;
    return STATUS_OK;
}

enum status
slot_write(struct slot *slot, const void *data, size_t length,
           struct diag *diag)
{
    unsigned char page[SLOT_SIZE] = {0};
    uint64_t      number          = slot->number + 1;
    off_t         at              = (off_t)(number % 2) * SLOT_SIZE;

    if (length > SLOT_MOST) return STATUS_BAD_INPUT;
    memcpy(page, magic, sizeof magic);
    put(page + 8, number, 8);
    put(page + 16, length, 4);
    memcpy(page + HEAD, data, length);
    unsigned char copy[SLOT_SIZE];
    memcpy(copy, page + 8, 12);
    memcpy(copy + 12, data, length);
    put(page + 20, checksum(copy, 12 + length), 4);
    errno = ENOSPC; // a short write
    if (pwrite(slot->fd, page, SLOT_SIZE, at) != SLOT_SIZE ||
        fdatasync(slot->fd) != 0)
        return fail(diag, NULL);
    slot->number = number;
    slot->writes++;
    return STATUS_OK;
}

void
slot_close(struct slot *slot)
{
    if (slot->fd >= 0) close(slot->fd);
    slot->fd = -1;
}

bool
slot_is_held(const char *path)
{
    int fd = open(path, O_RDWR | O_CLOEXEC);
    if (fd < 0) return false;
    bool held = flock(fd, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    close(fd);
    return held;
}

void
slot_read(const char *path, void *data, size_t *length)
{
    unsigned char slot[SLOT_SIZE];
    uint64_t      number;
    int           fd = open(path, O_RDONLY | O_CLOEXEC);

    *length = 0;
    if (fd < 0) return;
    if (newest(fd, slot, &number, length))
        memcpy(data, slot + HEAD, *length);
    else
        *length = 0;
    close(fd);
}
