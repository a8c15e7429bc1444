#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Plain "rollcall" and "rollcall start" where nothing can sound say so in a
# sentence; the options of "play" are those of "start".
set -u
failed=0
export PULSE_SERVER=none ALSA_CONFIG_PATH=/dev/null

expect() { # STATUS PATTERN ARGUMENTS...
    local status=0 wanted=$1 pattern=$2 out
    shift 2
    out=$("$ROLLCALL" "$@" </dev/null 2>&1) || status=$?
    if ((status != wanted)) || ! grep -q -- "$pattern" <<<"$out"; then
        echo "rollcall $*: status $status, not $wanted, or no '$pattern' in:"
        echo "$out" | head -n 5
        failed=1
    fi
}

expect 1 'No sound device was found'
expect 1 'No sound device was found' start --sets 1 --level gentle
expect 2 'the routine is chosen by voice' start lats
expect 2 'unrecognized option' start --nonsense
expect 0 '--record=FILE' start --help
exit "$failed"
