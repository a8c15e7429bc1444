// SPDX-License-Identifier: GPL-3.0-or-later
// A look into the listener, for fitting its confidence model and measuring it.
#ifndef LISTEN_PROBE_H
#define LISTEN_PROBE_H
#include "listen/evidence.h"
#include "listen/listener.h"

// The evidence for the result that listener_next() gave last; NULL where it
// was not decoded at all.
const struct evidence *
listener_evidence(const struct listener *listener);
#endif
