// SPDX-License-Identifier: GPL-3.0-or-later
// What a person may want to do now, from their history: an offer, no order.
#ifndef APP_SUGGEST_H
#define APP_SUGGEST_H
#include "app/look_back.h"

struct suggestion {
    char   usual[STORE_NAME];    // routine, "": nothing is usual
    int    times;                // in the last LOOK_BACK_DAYS
    char   due[STORE_NAME];      // routine, "": nothing is due
    char   muscle[STORE_TEXT];   // that is why
    int    days;                 // since it was worked
    char   uneven[STORE_TEXT];   // muscle, "": the sides are even
    char   less[8];              // the side that had less
    char   even_out[STORE_NAME]; // routine with that muscle, as last done
    double had, other;           // seconds of that side, and of the other
};

// Due is the muscle that was worked longest ago, from three days on; usual the
// routine done most, from three times on, and another than what is due; uneven
// a muscle one side of which had a fifth less, and a minute.
void
suggest_make(struct suggestion *suggestion, const struct look_back *back);
#endif
