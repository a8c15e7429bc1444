// SPDX-License-Identifier: GPL-3.0-or-later
// The phones of an acoustic model and the senones (states shared by many
// triphones) each is made of: its file mdef, as PocketSphinx's
// pocketsphinx_mdef_convert writes it.
#ifndef LISTEN_PHONES_H
#define LISTEN_PHONES_H
#include "base/diag.h"
#include "base/status.h"
#include <stddef.h>
#include <stdint.h>

#define PHONES_STATES 3 // of a phone, from left to right

// Where in a word a phone is; numbers as in the file.
enum phones_place { PHONES_INSIDE, PHONES_BEGIN, PHONES_END, PHONES_SINGLE };

struct phones;

enum status
phones_read(struct phones **out, const char *path, struct diag *diag);

void
phones_free(struct phones *phones); // NULL is fine

// Phones with no context, fillers too: numbers 0..count-1.
int
phones_count(const struct phones *phones);

const char *
phones_name(const struct phones *phones, int phone);

// The number of the phone of LENGTH letters at NAME ("AA"), -1: unknown.
int
phones_find(const struct phones *phones, const char *name, size_t length);

// How many senones there are in all.
int
phones_senones(const struct phones *phones);

// The phone that SENONE is a part of.
int
phones_owner(const struct phones *phones, int senone);

// The PHONES_STATES senones of PHONE between LEFT and RIGHT; where the model
// has not that triphone at PLACE, at another one; else those without context.
const uint16_t *
phones_states(const struct phones *phones, int phone, int left, int right,
              enum phones_place place);

// Without context.
const uint16_t *
phones_alone(const struct phones *phones, int phone);
#endif
