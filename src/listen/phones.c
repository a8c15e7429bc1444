// SPDX-License-Identifier: GPL-3.0-or-later
#include "listen/phones.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NAME        8
#define MOST_PHONES 128
#define LONGEST     4096    // bytes of a text in the file
#define MOST_ITEMS  4000000 // triphones, senones of all sequences

struct phones {
    int       count, senones;
    char      names[MOST_PHONES][NAME];
    uint16_t *states;             // of sequence S from PHONES_STATES * S on
    int32_t   alone[MOST_PHONES]; // sequences
    int32_t  *triphones;          // sequences by place, phone, left, right
    uint8_t  *owner;              // of each senone
};

// The head of the file, after its byte order, version and description.
struct head {
    int32_t phones, all, states, alone_senones, senones, transitions, sequences,
        context, tree, silence;
};

struct entry {
    int32_t sequence, transition;
    uint8_t place, phone, left, right;
};

static size_t
triphone(const struct phones *p, int place, int phone, int left, int right)
{
    size_t n = (size_t)p->count;
    return (((size_t)place * n + (size_t)phone) * n + (size_t)left) * n +
           (size_t)right;
}

static bool
read_items(FILE *file, void *to, size_t size, size_t count)
{
    return fread(to, size, count, file) == count;
}

static bool
read_head(FILE *file, struct head *head)
{
    char    magic[4];
    int32_t version, length;
    return read_items(file, magic, 4, 1) && memcmp(magic, "BMDF", 4) == 0 &&
           read_items(file, &version, 4, 1) && version <= 1 &&
           read_items(file, &length, 4, 1) && length >= 0 && length < LONGEST &&
           fseek(file, length, SEEK_CUR) == 0 &&
           read_items(file, head, sizeof *head, 1);
}

static bool
is_usable(const struct head *h)
{
    return h->states == PHONES_STATES && h->phones > 0 &&
           h->phones <= MOST_PHONES && h->all >= h->phones &&
           h->all < MOST_ITEMS && h->sequences > 0 &&
           h->sequences < MOST_ITEMS / PHONES_STATES && h->senones > 0 &&
           h->senones < 32768 && h->tree >= 0 && h->tree < MOST_ITEMS;
}

// Names one after the other, padded to four bytes in all.
static bool
read_names(struct phones *p, FILE *file)
{
    size_t length = 0;
    for (int i = 0; i < p->count; i++) {
        for (size_t n = 0;; n++) {
            int c = fgetc(file);
            if (c == EOF || n >= NAME) return false;
            p->names[i][n] = (char)c;
            length++;
            if (c == 0) break;
        }
    }
    return fseek(file, (long)(-length & 3), SEEK_CUR) == 0;
}

static bool
note_entry(struct phones *p, const struct entry *e, const struct head *head,
           int at)
{
    if (e->sequence < 0 || e->sequence >= head->sequences) return false;
    if (at < p->count) {
        p->alone[at] = e->sequence;
        return true;
    }
    if (e->place > PHONES_SINGLE || e->phone >= p->count ||
        e->left >= p->count || e->right >= p->count)
        return false;
    p->triphones[triphone(p, e->place, e->phone, e->left, e->right)] =
        e->sequence;
    return true;
}

static bool
read_entries(struct phones *p, FILE *file, const struct head *head)
{
    size_t places = triphone(p, PHONES_SINGLE + 1, 0, 0, 0);
    p->triphones  = malloc(places * sizeof *p->triphones);
    if (!p->triphones) return false;
    for (size_t i = 0; i < places; i++) p->triphones[i] = -1;
    for (int i = 0; i < head->all; i++) {
        struct entry entry;
        if (!read_items(file, &entry, sizeof entry, 1) ||
            !note_entry(p, &entry, head, i))
            return false;
    }
    return true;
}

static bool
read_states(struct phones *p, FILE *file, const struct head *head)
{
    int32_t count, wanted = PHONES_STATES * head->sequences;
    if (!read_items(file, &count, 4, 1) || count != wanted) return false;
    p->states = malloc((size_t)count * sizeof *p->states);
    if (!p->states ||
        !read_items(file, p->states, sizeof *p->states, (size_t)count))
        return false;
    for (int32_t i = 0; i < count; i++)
        if (p->states[i] >= p->senones) return false;
    return true;
}

static void
own(struct phones *p, int32_t sequence, int phone)
{
    for (int s = 0; s < PHONES_STATES && sequence >= 0; s++)
        p->owner[p->states[PHONES_STATES * sequence + s]] = (uint8_t)phone;
}

static bool
find_owners(struct phones *p)
{
    size_t n      = (size_t)p->count,
           places = triphone(p, PHONES_SINGLE + 1, 0, 0, 0);
    p->owner      = calloc((size_t)p->senones, 1);
    if (!p->owner) return false;
    for (size_t i = 0; i < places; i++)
        own(p, p->triphones[i], (int)(i / n / n % n));
    for (int i = 0; i < p->count; i++) own(p, p->alone[i], i);
    return true;
}

static bool
read_all(struct phones *p, FILE *file)
{
    struct head head;
    if (!read_head(file, &head) || !is_usable(&head)) return false;
    p->count   = head.phones;
    p->senones = head.senones;
    return read_names(p, file) && fseek(file, 8L * head.tree, SEEK_CUR) == 0 &&
           read_entries(p, file, &head) && read_states(p, file, &head) &&
           find_owners(p);
}

enum status
phones_read(struct phones **out, const char *path, struct diag *diag)
{
    struct phones *phones = NULL;
    FILE          *file   = fopen(path, "rb");
    if (!file) {
        if (errno == ENOMEM) return STATUS_NO_MEMORY;
        diag_set(diag, path, "%s; is the package pocketsphinx-en-us installed?",
                 strerror(errno));
        return STATUS_NOT_FOUND;
    }
    errno       = 0;
    phones      = calloc(1, sizeof *phones);
    bool right  = phones && read_all(phones, file);
    bool memory = right || errno != ENOMEM;
    fclose(file);
    if (!memory) {
        phones_free(phones);
        return STATUS_NO_MEMORY;
    }
    if (!right) {
        diag_set(diag, path,
                 "this is not a model definition of PocketSphinx "
                 "(binary, three states a phone)");
        phones_free(phones);
        return STATUS_BAD_INPUT;
    }
    *out = phones;
    return STATUS_OK;
}

void
phones_free(struct phones *phones)
{
    if (!phones) return;
    free(phones->states);
    free(phones->triphones);
    free(phones->owner);
    free(phones);
}

int
phones_count(const struct phones *phones)
{
    return phones->count;
}

const char *
phones_name(const struct phones *phones, int phone)
{
    return phones->names[phone];
}

int
phones_find(const struct phones *phones, const char *name, size_t length)
{
    for (int i = 0; i < phones->count; i++)
        if (strlen(phones->names[i]) == length &&
            memcmp(phones->names[i], name, length) == 0)
            return i;
    return -1;
}

int
phones_senones(const struct phones *phones)
{
    return phones->senones;
}

int
phones_owner(const struct phones *phones, int senone)
{
    return phones->owner[senone];
}

const uint16_t *
phones_alone(const struct phones *phones, int phone)
{
    return phones->states + PHONES_STATES * phones->alone[phone];
}

const uint16_t *
phones_states(const struct phones *phones, int phone, int left, int right,
              enum phones_place place)
{
    static const int order[][4] = {
        [PHONES_INSIDE] = {PHONES_INSIDE, PHONES_BEGIN, PHONES_END,
                           PHONES_SINGLE},
        [PHONES_BEGIN]  = {PHONES_BEGIN, PHONES_INSIDE, PHONES_END,
                           PHONES_SINGLE},
        [PHONES_END] = {PHONES_END, PHONES_INSIDE, PHONES_BEGIN, PHONES_SINGLE},
        [PHONES_SINGLE] = {PHONES_SINGLE, PHONES_BEGIN, PHONES_END,
                           PHONES_INSIDE}};
    for (int i = 0; i < 4; i++) {
        int32_t sequence = phones->triphones[triphone(phones, order[place][i],
                                                      phone, left, right)];
        if (sequence >= 0) return phones->states + PHONES_STATES * sequence;
    }
    return phones_alone(phones, phone);
}
