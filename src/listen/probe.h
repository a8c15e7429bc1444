// SPDX-License-Identifier: GPL-3.0-or-later
// A look into the listener, for fitting its confidence model, measuring it, and
// learning a person's voice.
#ifndef LISTEN_PROBE_H
#define LISTEN_PROBE_H
#include "listen/evidence.h"
#include "listen/listener.h"
#include "listen/person.h"

// The evidence for the result that listener_next() gave last; NULL where it
// was not decoded at all.
const struct evidence *
listener_evidence(const struct listener *listener);

// Like listener_know(); PERSON is the listener's from now on.  False, PERSON
// being freed: no memory.
bool
listener_meet(struct listener *listener, struct person *person);

// What it sounded like, and how it lies to the person's takes; empty and not
// known before listener_know().
const struct sketch *
listener_sketch(const struct listener *listener);
const struct kinship *
listener_kinship(const struct listener *listener);
#endif
