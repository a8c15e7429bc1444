// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/status.h"

int
status_exit(enum status status)
{
    switch (status) {
    case STATUS_OK: return 0;
    case STATUS_BAD_INPUT:
    case STATUS_NOT_FOUND: return 2;
    default: return 1;
    }
}
