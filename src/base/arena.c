// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK 16384

struct block {
    struct block *next;
    size_t        size;
    size_t        used;
    max_align_t   data[];
};

struct arena {
    struct block *blocks; // the newest first
    size_t        left;
};

struct arena *
arena_new(size_t limit)
{
    struct arena *arena = calloc(1, sizeof *arena);
    if (arena) arena->left = limit;
    return arena;
}

void
arena_free(struct arena *arena)
{
    if (!arena) return;
    while (arena->blocks) {
        struct block *block = arena->blocks;
        arena->blocks       = block->next;
        free(block);
    }
    free(arena);
}

static struct block *
add_block(struct arena *arena, size_t size)
{
    size_t        data  = size > BLOCK ? size : BLOCK;
    struct block *block = calloc(1, sizeof *block + data);
    if (!block) return NULL;
    block->size   = data;
    block->next   = arena->blocks;
    arena->blocks = block;
    return block;
}

void *
arena_alloc(struct arena *arena, size_t count, size_t size)
{
    const size_t align = alignof(max_align_t);
    if (size && count > SIZE_MAX / 2 / size) return NULL;

    size_t bytes = (count * size + align - 1) / align * align;
    if (bytes > arena->left) return NULL;

    struct block *block = arena->blocks;
    if (!block || block->size - block->used < bytes) {
        block = add_block(arena, bytes);
        if (!block) return NULL;
    }
    void *memory = (char *)block->data + block->used;
    block->used += bytes;
    arena->left -= bytes;
    return memory;
}

char *
arena_text(struct arena *arena, const char *text, size_t length)
{
    if (length == SIZE_MAX) return NULL;
    char *copy = arena_alloc(arena, length + 1, 1);
    if (copy) memcpy(copy, text, length);
    return copy;
}
