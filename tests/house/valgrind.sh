#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Usage: valgrind.sh    ("./run test valgrind" does it)
# A session rendered under valgrind, with commands of a script and a recording
# as the microphone: no wrong access, nothing lost.  eSpeak NG never joins its
# own thread, which is "possibly lost"; what is that is not counted.
set -euo pipefail
cd "${ROLLCALL_SOURCE:-$(dirname "$0")/../..}"
rollcall=$PWD/build/debug/bin/rollcall
short=$PWD/tests/faults/short.yaml
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export XDG_DATA_HOME=$work/data XDG_CACHE_HOME=$work/cache
export XDG_CONFIG_HOME=$work/config
cd "$work"

printf '3 pause\n4 resume\n6 more_time\n' >script.txt
flite -voice slt -t 'next set' -o said.wav

valgrind -q --error-exitcode=9 --leak-check=full \
    --errors-for-leak-kinds=definite --show-leak-kinds=definite \
    "$rollcall" render "$short" --no-screening --script script.txt \
    --mic said.wav -o sound.wav --events events.jsonl
grep -q '"reason":"completed"' events.jsonl
echo 'a render is clean under valgrind'
