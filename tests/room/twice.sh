#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Usage: twice.sh TEST
# A test of the room plays in real time: where the machine stood still for a
# second, it hears a stall that was not the program's.  So one that fails is
# tried once more, with all that it said shown.
set -uo pipefail
bash "$1"
status=$?
((status == 0 || status == 77)) && exit "$status"
echo "room: $(basename "$1") failed with status $status at a load of $(
    cut -d' ' -f1 /proc/loadavg 2>/dev/null || echo '?'); once more"
exec bash "$1"
