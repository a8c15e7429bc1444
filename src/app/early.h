// SPDX-License-Identifier: GPL-3.0-or-later
// A listener that is made on a thread while the devices open: its models take
// as long to load as they do.
#ifndef APP_EARLY_H
#define APP_EARLY_H
#include "base/diag.h"
#include "base/status.h"
#include "listen/listener.h"

struct early;

// Begins; NULL where it cannot, and the listener is made when it is wanted.
struct early *
early_begin(const struct listener_config *config);

// What listener_open() gives for CONFIG, waited for; the caller's to close.
// EARLY may be NULL, or have begun with another config: then it is made now.
enum status
early_take(struct listener **out, struct early *early,
           const struct listener_config *config, struct diag *diag);

// With a listener that was not taken.  NULL is fine.
void
early_drop(struct early *early);
#endif
