#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The ten questions: asked and answered in a session, kept, obeyed in the next
# one, shown, changed, forgotten.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export XDG_DATA_HOME=$work/data
kept=$work/data/rollcall/screening.yaml

fail() {
    echo "FAILED: $*" >&2
    exit 1
}

"$ROLLCALL" setup --screening --show | grep -q 'No question was answered' ||
    fail 'answers from nowhere'

# pregnancy: yes, the ninth
i=0
for at in 20 25 30 35 40 45 50 55 60 65; do
    i=$((i + 1))
    if ((i == 9)); then echo "$at yes"; else echo "$at no"; fi
done >script.txt
"$ROLLCALL" render upper-back --screening --script script.txt \
    -o a.wav --events a.jsonl 2>a.txt
[ "$(jq -r 'select(.event == "answer") | .to' a.jsonl | wc -l)" = 10 ] ||
    fail 'not ten answers'
[ "$(jq -r 'select(.event == "answer" and .answer == "yes") | .to' a.jsonl)" \
    = pregnancy ] || fail 'another yes'
jq -r 'select(.event == "segment" and .kind == "work") | .exercise' a.jsonl |
    sort -u | tr '\n' ' ' >done.txt
[ "$(cat done.txt)" = 'rhomboids ' ] || fail "it did: $(cat done.txt)"
reason='Because of pregnancy, we leave out Trapezius and Latissimus.'
jq -r 'select(.event == "say").text' a.jsonl | grep -qxF "$reason" ||
    fail 'the reason was not said'
grep -qF "$reason" a.txt || fail 'the reason was not printed'

[ "$(stat -c %a "$kept")" = 600 ] || fail 'others may read the answers'
grep -q '^yes: \[pregnancy\]$' "$kept" || fail 'the yes was not kept'

# the next session asks nothing and obeys
"$ROLLCALL" plan upper-back --json 2>b.txt >b.json
grep -qF "$reason" b.txt || fail 'the answer was forgotten'
jq -e '[.segments[].kind] | index("question") == null' b.json >/dev/null ||
    fail 'asked again'
"$ROLLCALL" plan upper-back --json --no-screening |
    jq -e '[.segments[].exercise] | index("lats") != null' >/dev/null ||
    fail '--no-screening left something out'

# changed on the terminal: an empty line leaves an answer as it is
printf '\n\n\n\n\n\n\n\nno\n\n' | "$ROLLCALL" setup --screening --quiet \
    >c.txt 2>/dev/null
grep -q 'pregnancy *no' c.txt || fail 'no change'
grep -q 'open_wound *no' c.txt || fail 'an answer was lost'
"$ROLLCALL" plan upper-back 2>&1 | grep -q Because && fail 'still left out'

# a file that cannot be read does not count, is told, and stays
echo 'yes: [numness]' >"$kept"
"$ROLLCALL" plan upper-back >/dev/null 2>d.txt || fail 'no plan'
grep -q "did you mean 'numbness'" d.txt || fail 'no hint'
grep -q numness "$kept" || fail 'the file was touched'
"$ROLLCALL" setup --screening --forget >/dev/null
[ ! -e "$kept" ] || fail 'not forgotten'

"$ROLLCALL" plan upper-back --gates 'shoulder injuri' 2>e.txt && fail 'a gate?'
grep -q "did you mean 'shoulder_injury'" e.txt || fail 'no nearest gate'

# discomfort, before and after
{ echo '8 number 6'; echo '12 next_exercise'; echo '14 next_exercise'
  echo '16 next_exercise'; echo '18 next_exercise'; echo '26 4'; } >script.txt
"$ROLLCALL" render upper-back --discomfort --script script.txt -o f.wav \
    --events f.jsonl 2>/dev/null
jq -r 'select(.event == "answer") | "\(.to) \(.answer)"' f.jsonl >f.txt
diff - f.txt <<'X' || fail 'another discomfort'
discomfort_before 6
discomfort_after 4
X
[ "$(jq 'select(.event == "command" and .command == "number").number' \
    f.jsonl | head -n 1)" = 6 ] || fail 'number is no command'
