#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Usage: kill.sh [TRIALS]
# Kills sessions (kill -9) at random instants, and starts each again: it must go
# on at the exercise, set, side and second where it was, and its history must
# have every window of work that was over.  What was rendered until the kill is
# in the sound file; where the session then was, in its events.
set -eu
: "${ROLLCALL:?the program}"
trials=${1:-8}
at_once=8
work=$(mktemp -d)
# In memory, where that can be: how late a busy disk takes a bookmark is not
# what is judged here.
data=$(mktemp -d -p /dev/shm 2>/dev/null || mktemp -d)
trap 'rm -rf "$work" "$data"' EXIT
export XDG_CACHE_HOME=$work/cache
unset ROLLCALL_PROFILE
RANDOM=${SEED:-$$}
echo "seed ${SEED:-$$}"

# Polls for at most 60 seconds.
await() {
    for _ in $(seq 3000); do
        "$@" && return 0
        sleep 0.02
    done
    return 1
}

tenths() { # LEAST MOST: a random time of so many tenths of a second
    local ms=$(($1 * 100 + RANDOM * 32768 % (($2 - $1) * 100 + 1) +
        RANDOM % (($2 - $1) * 100 + 1)))
    ((ms > $2 * 100)) && ms=$((ms - ($2 - $1) * 100))
    printf '%d.%03d' $((ms / 1000)) $((ms % 1000))
}

play() { # FOLDER EVENTS ARGUMENTS...
    local folder=$1 events=$2
    shift 2
    XDG_DATA_HOME=$data/${folder##*/} exec "$ROLLCALL" play lats \
        --no-screening --talk full --host pipe --output "$folder/$events.raw" \
        --events "$folder/$events.jsonl" "$@" 2>"$folder/$events.err"
}

# Where a session is at frame $k, and where it is about to be.
# shellcheck disable=SC2016
place='
def place: reduce .[] as $e (null;
    if $e.event == "segment" then
        {kind: $e.kind, exercise: $e.exercise, set: $e.set, side: $e.side,
         length: $e.seconds, from: $e.at, before: ($e.elapsed // 0)}
    elif $e.event == "length" then .length = $e.seconds
    elif $e.event == "command" and $e.command == "pause" then
        .before += $e.at - .from | .held = true
    elif $e.event == "command" and $e.command == "resume" then
        .from = $e.at | .held = false
    else . end);
def left($at): . + {left: (.length - .before -
    (if .held or $at < .from then 0 else $at - .from end))};
($k / 48000) as $at
| [([.[] | select(.frame <= $k)] | place | left($at)),
   (place | left($at)),
   ([.[] | select(.at < $at - 0.3)] | place | left($at))]'

trial() { # NUMBER, with random times in its arguments
    local folder=$work/$1 pid moves=$2
    mkdir "$folder"
    mkfifo "$folder/in"
    play "$folder" first <"$folder/in" &
    pid=$!
    exec 3>"$folder/in"
    await test -s "$folder/first.raw" || echo "never began" >"$folder/failed"
    for move in $moves; do
        case $move in
        [0-9]*) sleep "$move" ;;
        *) echo "${move//_/ }" >&3 ;;
        esac
    done
    kill -9 $pid
    wait $pid 2>/dev/null || true
    exec 3>&-
    again "$folder"
}

# The second start, just to its first segment.
again() {
    local folder=$1 pid
    play "$folder" second --resume yes </dev/null &
    pid=$!
    await grep -qs '"event":"segment"' "$folder/second.jsonl" ||
        echo "never came back" >"$folder/failed"
    XDG_DATA_HOME=$data/${folder##*/} "$ROLLCALL" history --json \
        >"$folder/history.json" ||
        echo "no history" >"$folder/failed"
    kill -9 $pid
    wait $pid 2>/dev/null || true
}

judge() { # FOLDER: prints what is wrong, and nothing where all is right
    local folder=$1 size
    [ ! -s "$folder/failed" ] || cat "$folder/failed"
    size=$(stat -c %s "$folder/first.raw")
    # the session begins 30 ms into the sound
    jq -s --argjson k $((size / 2 - 1440)) "$place" "$folder/first.jsonl" \
        >"$folder/was.json" || echo "no events"
    jq -rn --slurpfile was "$folder/was.json" --slurpfile e \
        "$folder/second.jsonl" --slurpfile h "$folder/history.json" \
        --slurpfile first "$folder/first.jsonl" '
        ([$e[] | select(.event == "segment")][0]) as $is
        | ($is.seconds - ($is.elapsed // 0)) as $left
        | def near: .kind == $is.kind and .exercise == $is.exercise
            and .set == $is.set and .side == $is.side
            and ((.kind | IN("lead_in", "work", "change", "rest") | not)
                 or (.left - $left | fabs) <= 1.0);
        (if any($was[0][]; . != null and near) then empty
         else "is \($is | tojson), was \($was[0] | tojson)" end),
        ([$first[] | select(.event == "segment")] | .[:-1]
         | [.[] | select(.kind == "work")] | length) as $over
        | ($h[0].sessions[0].windows | length) as $kept
        | if ($h[0].sessions | length) == 1 and ($kept >= $over - 1)
          then empty
          else "of \($over) windows that were over, \($kept) are kept" end'
}

# What is said is made once, for all.
mkdir "$work/warm"
play "$work/warm" warm </dev/null &
warm=$!
await grep -qs '"say"' "$work/warm/warm.jsonl" || echo "no voice"
kill -9 $warm
wait $warm 2>/dev/null || true

moves() { # a random session of a few seconds
    local some=(next next_set pause resume next)
    printf '%s start %s ' "$(tenths 0 4)" "$(tenths 1 5)"
    for _ in $(seq $((RANDOM % 5))); do
        printf '%s %s ' "${some[RANDOM % 5]}" "$(tenths 2 6)"
    done
    printf '%s' "$(tenths 0 20)"
}

for ((i = 0; i < trials; i += at_once)); do
    for ((j = i; j < i + at_once && j < trials; j++)); do
        trial "$j" "$(moves)" &
    done
    wait
done

wrong=0
for ((i = 0; i < trials; i++)); do
    problem=$(judge "$work/$i")
    [ -z "$problem" ] && continue
    wrong=$((wrong + 1))
    echo "trial $i: $problem"
done
echo "$trials sessions killed, $((trials - wrong)) gone on with where they were"
[ "$wrong" = 0 ]
