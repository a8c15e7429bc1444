// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/offers.h"

#include "app/bookmark.h"
#include "app/return.h"
#include "app/suggest.h"
#include "base/text.h"
#include <string.h>

// Nothing for the same routine that is offered for another reason.
static struct offer *
add(struct offers *offers, enum offer_kind kind, const char *routine)
{
    if (!*routine) return NULL;
    for (size_t i = 0; i < offers->count; i++)
        if (strcmp(offers->list[i].routine, routine) == 0 &&
            kind < OFFER_LEFT_HAD_LESS)
            return NULL;
    struct offer *offer = &offers->list[offers->count++];
    *offer              = (struct offer){.kind = kind};
    text_copy(offer->routine, sizeof offer->routine, routine);
    return offer;
}

static void
add_suggestions(struct offers *offers, const struct suggestion *s)
{
    struct offer *due = add(offers, OFFER_DUE, s->due);
    if (due) due->days = s->days;
    add(offers, OFFER_USUAL, s->usual);

    struct offer *less =
        add(offers,
            strcmp(s->less, "left") == 0 ? OFFER_LEFT_HAD_LESS
                                         : OFFER_RIGHT_HAD_LESS,
            s->even_out);
    if (less) text_copy(less->muscle, sizeof less->muscle, s->uneven);
}

void
offers_read(struct offers *offers)
{
    struct bookmark   broken;
    struct look_back  back;
    struct suggestion suggestion;

    *offers = (struct offers){.count = 0};
    if (bookmark_recall(&broken) && return_is_recent(&broken))
        add(offers, OFFER_BROKE_OFF, broken.routine);
    if (look_back_read(&back, NULL) != STATUS_OK) return;
    suggest_make(&suggestion, &back);
    look_back_release(&back);
    add_suggestions(offers, &suggestion);
}

const struct offer *
offers_find(const struct offers *offers, enum offer_kind kind)
{
    for (size_t i = 0; i < offers->count; i++)
        if (offers->list[i].kind == kind) return &offers->list[i];
    return NULL;
}
