#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Everything that can go wrong, at length: each fault once, each allocation
# failing, 200 sessions killed at random instants, and a thousand sessions in
# one process.  Takes half an hour, and prints a table at the end.
#
#   bench_faults [faults | memory | kill | soak]...

set -u
bin=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
export ROLLCALL=${ROLLCALL:-$bin/rollcall}
export ROLLCALL_SHARE=${ROLLCALL_SHARE:-$bin/../share/rollcall}
faults=@PROJECT_SOURCE_DIR@/tests/faults
log=$(mktemp)
trap 'rm -f "$log"' EXIT

run() { # WHAT
    case $1 in
    faults) bash "$faults/faults.sh" ;;
    memory) bash "$faults/memory.sh" all ;;
    kill) bash "$faults/kill.sh" 200 ;;
    soak) "$bin/soak" 1000 ;;
    esac
}

(($#)) || set -- faults memory kill soak
for what; do
    case $what in
    faults | memory | kill | soak) ;;
    *) sed -n '3,/^$/s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
    esac
done
table= good=0
for what; do
    began=$SECONDS result=right
    run "$what" 2>&1 | tee "$log"
    [ "${PIPESTATUS[0]}" = 0 ] || { result=WRONG; good=1; }
    printf -v table '%s%-8s  %-6s  %5d s  %s\n' "$table" "$what" "$result" \
        $((SECONDS - began)) "$(tail -n 1 "$log")"
done
printf '\n%s' "$table"
exit $good
