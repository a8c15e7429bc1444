// SPDX-License-Identifier: GPL-3.0-or-later
// What somebody may be offered who begins hands free: what broke off, what is
// due, what is usual, what would even out two sides.
#ifndef APP_OFFERS_H
#define APP_OFFERS_H
#include "history/store.h"
#include <stddef.h>

enum offer_kind {
    OFFER_BROKE_OFF,
    OFFER_DUE,
    OFFER_USUAL,
    OFFER_LEFT_HAD_LESS,
    OFFER_RIGHT_HAD_LESS,
    OFFERS
};

struct offer {
    enum offer_kind kind;
    char            routine[STORE_NAME];
    int             days;               // due: since then
    char            muscle[STORE_TEXT]; // had less: which
};

struct offers {
    struct offer list[OFFERS]; // as they are said
    size_t       count;
};

// Of the person whose session it is; none where nothing is remembered.
void
offers_read(struct offers *offers);

// NULL where there is none of that kind.
const struct offer *
offers_find(const struct offers *offers, enum offer_kind kind);
#endif
