#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# One fault after another is put into the way of a session; each line of the
# table that this prints is a fault, what must come of it, and whether it did.
# $FAULTS: only those, by the names of their functions.
set -u
: "${ROLLCALL:?the program}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unset ROLLCALL_PROFILE XDG_CONFIG_HOME
export XDG_CACHE_HOME=$work/cache
failed=$work/failed
world=${ROLLCALL%/*}/world.so

await() { # COMMAND...: for at most 60 seconds
    for _ in $(seq 3000); do
        "$@" && return 0
        sleep 0.02
    done
    return 1
}

tell() { # FAULT OUTCOME PROBLEM
    local result=as\ stated
    [ -z "$3" ] || result="WRONG: $3"
    [ -z "$3" ] || echo "$1" >>"$failed"
    printf '%-37s  %-42s  %s\n' "$1" "$2" "$result" >>"$work/table"
}

# A session in FOLDER, until it has spoken; then SIGNAL.  Its data folder is
# FOLDER/data where nothing else is set, and what comes before goes to env.  It
# hears SIGHUP even where nohup started this.
session() { # FOLDER SIGNAL [ENV-ARGUMENTS...]
    local folder=$1 signal=$2 pid status=0
    shift 2
    env --default-signal=HUP "XDG_DATA_HOME=$folder/data" "HOME=$folder" \
        "$@" "$ROLLCALL" play "${routine:-lats}" --no-screening --host pipe \
        --output /dev/null --events - </dev/null \
        2>"$folder/err" >"$folder/events" &
    pid=$!
    spoke_or_over() {
        grep -q '"say"' "$folder/events" ||
            ! grep -qs '^State:.[^Z]' "/proc/$pid/status"
    }
    await spoke_or_over
    sleep 0.3 # the disk has its turn
    kill "-$signal" $pid 2>/dev/null
    wait $pid || status=$?
    echo $status >"$folder/status"
}

# What is wrong with a session that must have played, and said PATTERN.
must_have_played() { # FOLDER [PATTERN]
    grep -q '"say"' "$1/events" || {
        echo "it did not play: $(head -n 1 "$1/err")"
        return
    }
    grep -q '"event":"end","reason":"interrupted"' "$1/events" ||
        echo "it did not end"
    [ "$(cat "$1/status")" = 1 ] || echo "status $(cat "$1/status")"
    [ -z "${2-}" ] || grep -q "$2" "$1/err" || echo "it did not say '$2'"
}

kept() { # DATA-FOLDER: how many sessions
    XDG_DATA_HOME=$1 "$ROLLCALL" history --json 2>/dev/null |
        jq '.sessions | length'
}

new() { # NAME: a folder with a data folder of rollcall's
    mkdir -p "$work/$1/data/rollcall"
    echo "$work/$1"
}

# ---- the history ----------------------------------------------------------

fault_no_history() {
    local f
    f=$(new none)
    session "$f" INT
    tell 'no history yet' 'one is begun' "$(must_have_played "$f")$(
        [ "$(kept "$f/data")" = 1 ] || echo "not kept")"
}

fault_damaged_history() {
    local f
    f=$(new damaged)
    yes 'no database' | head -c 20000 >"$f/data/rollcall/history.db"
    session "$f" INT
    tell 'history damaged' 'put aside, and a new one begins' "$(
        must_have_played "$f" 'kept as .*damaged-'
        [ "$(grep -c 'cannot be read' "$f/err")" = 1 ] || echo "not said once"
        [ "$(kept "$f/data")" = 1 ] || echo "not kept"
    )"
}

fault_torn_history() {
    local f
    f=$(new torn)
    session "$f" INT
    truncate -s 5000 "$f/data/rollcall/history.db"
    session "$f" INT
    tell 'history cut off in the middle' 'put aside, and a new one begins' "$(
        must_have_played "$f"
        [ "$(kept "$f/data")" = 1 ] || echo "not kept"
    )"
}

fault_no_folder() {
    local f
    f=$(new file)
    rm -r "$f/data/rollcall"
    echo file >"$f/data/rollcall"
    session "$f" INT
    tell 'nothing can be written' 'said once; the session plays' "$(
        must_have_played "$f" 'plays on'
        [ "$(grep -c 'plays on' "$f/err")" = 1 ] || echo "said again"
    )"
}

fault_disk_full() {
    local f
    f=$(new full)
    (
        trap '' XFSZ
        ulimit -f 8
        # shellcheck disable=SC2030,SC2031
        session "$f" INT
    ) 2>/dev/null
    tell 'disk full' 'said once; the session plays' "$(
        must_have_played "$f" 'plays on'
    )"
}

fault_bookmark() {
    local f
    f=$(new bookmark)
    head -c 9000 /dev/urandom >"$f/data/rollcall/bookmark"
    session "$f" INT
    tell 'bookmark damaged' 'begins at the beginning' "$(
        must_have_played "$f"
        grep -m 1 '"segment"' "$f/events" | grep -q '"intro"' || echo "where?"
    )"
}

fault_two() {
    local f g one
    f=$(new two)
    g=$(new second)
    session "$f" INT &
    one=$!
    await grep -qs '"say"' "$f/events"
    session "$g" INT "XDG_DATA_HOME=$f/data"
    wait $one
    tell 'two sessions at once' 'both play and are kept' "$(
        must_have_played "$f"
        must_have_played "$g"
        [ "$(kept "$f/data")" = 2 ] || echo "kept $(kept "$f/data")"
    )"
}

# A session in FOLDER with WORLD preloaded, told by "echo COMMAND >&4".
begin_in() { # FOLDER ENV-ARGUMENTS...
    local folder=$1
    shift
    mkfifo "$folder/in"
    env "XDG_DATA_HOME=$folder/data" "HOME=$folder" "LD_PRELOAD=$world" "$@" \
        "$ROLLCALL" play lats --no-screening --host pipe \
        --output "$folder/sound" --events "$folder/events" \
        <"$folder/in" 2>"$folder/err" &
    player=$!
    exec 4>"$folder/in"
    await grep -qs '"say"' "$folder/events"
}

end_in() { # FOLDER
    local status=0
    kill -INT "$player"
    wait "$player" || status=$?
    exec 4>&-
    echo "$status" >"$1/status"
}

told() { # FOLDER COMMAND, until it was obeyed; then two seconds of sound
    local folder=$1 was size
    was=$(grep -c '"event":"command"' "$folder/events")
    obeyed() {
        [ "$(grep -c '"event":"command"' "$folder/events")" -gt "$was" ]
    }
    plays_on() {
        [ "$(stat -c %s "$folder/sound")" -ge $((size + 192000)) ]
    }
    echo "$2" >&4
    await obeyed || echo "$2 was not obeyed" >>"$folder/problem"
    size=$(stat -c %s "$folder/sound")
    await plays_on || echo "the sound stands still" >>"$folder/problem"
}

fault_slow_disk() {
    local f
    f=$(new hang)
    begin_in "$f" "ROLLCALL_FAULT_DISK=$f/data" "ROLLCALL_FAULT_HANG=$f/hang"
    touch "$f/hang"
    told "$f" next
    told "$f" louder
    await test -e "$f/hang.waits" || echo "nothing waits" >>"$f/problem"
    [ ! -e "$f/hang.main" ] || echo "the session waits" >>"$f/problem"
    rm "$f/hang"
    end_in "$f"
    tell 'disk hangs' 'the session plays on; all is kept' "$(
        must_have_played "$f"
        cat "$f/problem" 2>/dev/null
        [ "$(XDG_DATA_HOME=$f/data "$ROLLCALL" history --json |
            jq '.sessions[0].commands | length')" = 2 ] || echo "not kept"
    )"
}

fault_full_for_a_while() {
    local f
    f=$(new full_for_a_while)
    begin_in "$f" "ROLLCALL_FAULT_DISK=$f/data" "ROLLCALL_FAULT_ERROR=$f/error"
    told "$f" next
    echo 28 >"$f/error" # ENOSPC
    told "$f" louder
    await grep -qs 'plays on' "$f/err" || echo "not said" >>"$f/problem"
    rm "$f/error"
    told "$f" quieter
    end_in "$f"
    tell 'disk full in the middle, then free' 'said once; all is kept' "$(
        must_have_played "$f"
        cat "$f/problem" 2>/dev/null
        [ "$(grep -c 'plays on' "$f/err")" = 1 ] || echo "said again"
        [ "$(XDG_DATA_HOME=$f/data "$ROLLCALL" history --json |
            jq '.sessions[0].commands | length')" = 3 ] || echo "not kept"
    )"
}

fault_read_only() {
    local f
    f=$(new read_only)
    session "$f" INT
    echo 30 >"$f/error" # EROFS
    begin_in "$f" "ROLLCALL_FAULT_DISK=$f/data" "ROLLCALL_FAULT_ERROR=$f/error"
    told "$f" next
    end_in "$f"
    tell 'read-only disk' 'said once; plays, and nothing is lost' "$(
        must_have_played "$f" 'plays on'
        cat "$f/problem" 2>/dev/null
        [ "$(grep -c 'plays on' "$f/err")" = 1 ] || echo "said again"
        [ "$(kept "$f/data")" = 1 ] || echo "not as it was"
    )"
}

fault_clock() {
    local f date age
    f=$(new clock)
    begin_in "$f" "ROLLCALL_FAULT_CLOCK=$f/seconds"
    echo 86400 >"$f/seconds"
    told "$f" next
    echo -86400 >"$f/seconds"
    told "$f" next
    end_in "$f"
    routine=lats session "$f" INT
    tell 'clock jumps by a day' 'the session unmoved, and kept' "$(
        must_have_played "$f"
        cat "$f/problem" 2>/dev/null
        jq -se 'map(.at) | . == sort and .[-1] < 300' "$f/events" >/dev/null ||
            echo "the session's time moved"
        XDG_DATA_HOME=$f/data "$ROLLCALL" history --json >"$f/history"
        [ "$(jq '.sessions | length' "$f/history")" = 2 ] || echo "not kept"
        for date in $(jq -r '.sessions[].started' "$f/history"); do
            age=$(($(date +%s) - $(date -d "$date" +%s)))
            [ "${age#-}" -lt 600 ] || echo "dated $date"
        done
    )"
}

# ---- the person's other files ---------------------------------------------

fault_answers() {
    local f
    f=$(new answers)
    echo 'yes: [nonsense' >"$f/data/rollcall/screening.yaml"
    XDG_DATA_HOME=$f/data "$ROLLCALL" plan lats >"$f/out" 2>"$f/err" ||
        echo "failed" >>"$f/out"
    tell 'kept answers damaged' 'said; they do not count today' "$(
        grep -q 'cannot be read' "$f/err" || echo "not said"
        grep -q failed "$f/out" && echo "it fails"
    )"
}

fault_config() {
    local f
    f=$(new config)
    mkdir -p "$f/.config/rollcall"
    echo 'voice: [' >"$f/.config/rollcall/config.yaml"
    session "$f" INT
    tell 'settings damaged' 'said with its line; the session plays' "$(
        must_have_played "$f" 'config.yaml:'
    )"
}

fault_no_home() {
    local f
    f=$(new home)
    session "$f" INT HOME= XDG_DATA_HOME= XDG_CACHE_HOME=
    tell 'no HOME' 'said; the session plays, nothing is kept' "$(
        must_have_played "$f" 'no home folder'
    )"
}

fault_strange_home() {
    local f="$work/hä us 100%?#"
    mkdir -p "$f"
    session "$f" INT
    tell 'blanks and UTF-8 in the path' 'kept there' "$(
        must_have_played "$f"
        [ "$(kept "$f/data")" = 1 ] || echo "not kept"
    )"
}

fault_locale() {
    local f
    f=$(new locale)
    session "$f" INT LC_ALL=de_DE.UTF-8 LANG=tr_TR.UTF-8 TZ=Pacific/Kiritimati
    tell 'strange locale and time zone' 'plays; numbers with points' "$(
        must_have_played "$f"
        jq -s . "$f/events" >/dev/null || echo "events are no JSON"
    )"
}

# ---- what comes with rollcall ---------------------------------------------

fault_no_share() {
    local status=0
    ROLLCALL_SHARE=/nowhere "$ROLLCALL" play lats --host pipe \
        >/dev/null 2>"$work/share.err" || status=$?
    tell 'voices and routines missing' 'refused with what to do' "$(
        [ "$status" != 0 ] || echo "status 0"
        [ -s "$work/share.err" ] || echo "nothing said"
    )"
}

fault_voice() {
    local f
    f=$(new voice)
    cp -RL "$ROLLCALL_SHARE" "$f/share"
    echo 'about: [' >"$f/share/voices/en-us/calm.yaml"
    session "$f" INT "ROLLCALL_SHARE=$f/share"
    tell 'voice damaged' 'said with its line; another speaks' "$(
        must_have_played "$f" 'calm.yaml:'
    )"
}

fault_no_voice() {
    local f
    f=$(new no_voice)
    cp -RL "$ROLLCALL_SHARE" "$f/share"
    rm "$f/share/voices/en-us/calm.yaml"
    session "$f" INT "ROLLCALL_SHARE=$f/share"
    tell 'voice missing' 'said; another speaks' "$(
        must_have_played "$f" 'another voice speaks: there is no voice'
    )"
}

# The same test as a unit's: there is a microphone, of no machine.
fault_model() {
    local f
    f=$(new model)
    "${ROLLCALL%/*}/app_health_test" >"$f/out" 2>&1
    tell 'model missing, or any file of it cut' 'said aloud; the session plays' "$(
        grep -q 'OK.*without_its_model_it_plays' "$f/out" || echo "missing"
        grep -q 'OK.*a_damaged_model_keeps_nobody' "$f/out" || echo "damaged"
    )"
}

fault_no_routine() {
    local status=0
    "$ROLLCALL" play latz --host pipe >/dev/null 2>"$work/latz" || status=$?
    tell 'routine missing' 'refused; the nearest one is named' "$(
        [ "$status" = 2 ] || echo "status $status"
        grep -q "did you mean 'lats'" "$work/latz" || echo "which?"
    )"
}

fault_words() {
    local f
    f=$(new words)
    cp -RL "$ROLLCALL_SHARE" "$f/share"
    echo 'welcome: [' >"$f/share/voices/en-us/phrases.yaml"
    session "$f" INT "ROLLCALL_SHARE=$f/share"
    tell 'phrases damaged' 'said with their line; the session plays' "$(
        must_have_played "$f" 'phrases.yaml:'
    )"
}

fault_routine() {
    local f status=0
    f=$(new routine)
    printf 'routine: bad\nexercises: [\n' >"$f/bad.yaml"
    "$ROLLCALL" play "$f/bad.yaml" --host pipe >/dev/null 2>"$f/err" ||
        status=$?
    tell 'routine damaged' 'refused with its line' "$(
        [ "$status" = 2 ] || echo "status $status"
        grep -q 'bad.yaml:[0-9]*:[0-9]*: error' "$f/err" || echo "no line"
    )"
}

# ---- the outside ----------------------------------------------------------

fault_commands() {
    local f pid
    f=$(new commands)
    mkfifo "$f/in"
    XDG_DATA_HOME=$f/data "$ROLLCALL" play lats --no-screening --host pipe \
        --output /dev/null --events "$f/events" 2>"$f/err" <"$f/in" &
    pid=$!
    exec 4>"$f/in"
    for _ in $(seq 500); do printf 'louder\nquieter\n'; done >&4
    all_there() {
        [ "$(grep -c '"event":"command"' "$f/events")" = 1000 ]
    }
    await all_there 2>/dev/null
    kill -INT $pid
    wait $pid
    exec 4>&-
    local n
    n=$(XDG_DATA_HOME=$f/data "$ROLLCALL" history --json |
        jq '.sessions[0].commands | length')
    tell 'a thousand commands at once' 'all taken, all kept' "$(
        [ "$n" = 1000 ] || echo "kept $n"
    )"
}

ended_by() { # SIGNAL WHAT
    local f
    f=$(new "by_$1")
    session "$f" "$1"
    tell "$2" 'ends, and can be gone on with' "$(
        must_have_played "$f"
        grep -aq '^place' "$f/data/rollcall/bookmark" || echo "no bookmark"
    )"
}

fault_signals() { ended_by TERM 'SIGTERM'; }

fault_hangup() { ended_by HUP 'SIGHUP: the terminal is closed'; }

# The reader of the events goes away after the first line.
fault_reader() {
    local f status=0 pid
    f=$(new reader)
    mkfifo "$f/events"
    XDG_DATA_HOME=$f/data "$ROLLCALL" play lats --no-screening --host pipe \
        --output "$f/sound" --events "$f/events" </dev/null 2>"$f/err" &
    pid=$!
    head -n 1 "$f/events" >"$f/first"
    grown() {
        [ "$(stat -c %s "$f/sound" 2>/dev/null || echo 0)" -gt 500000 ] ||
            ! grep -qs '^State:.[^Z]' "/proc/$pid/status"
    }
    await grown
    kill -INT $pid 2>/dev/null
    wait $pid || status=$?
    tell 'who reads the events goes away' 'said once; the session plays' "$(
        [ "$status" = 1 ] || echo "status $status"
        [ "$(stat -c %s "$f/sound")" -gt 500000 ] || echo "it stopped"
        [ -s "$f/err" ] || echo "nothing said"
    )"
}

fault_bytes() {
    local f
    f=$(new bytes)
    begin_in "$f"
    head -c 200000 /dev/urandom | tr -d '\n' >&4
    printf '\nl\303\251\303\n\0\0\n%s\n' '{"say":1}' >&4
    told "$f" louder
    end_in "$f"
    tell 'typed bytes that are no text' 'told; the next command is taken' "$(
        must_have_played "$f"
        cat "$f/problem" 2>/dev/null
        jq -s . "$f/events" >/dev/null || echo "events are no JSON"
    )"
}

fault_sound_closed() {
    local status=0
    XDG_DATA_HOME=$work/shut timeout 20 "$ROLLCALL" play lats --host pipe \
        --no-screening <&- >&- 2>"$work/closed" || status=$?
    tell 'sound to a closed stdout' 'status 1 and a message' "$(
        [ "$status" = 1 ] || echo "status $status"
        [ -s "$work/closed" ] || echo "nothing said"
    )"
}

fault_stdout() {
    local status=0
    "$ROLLCALL" history --json >/dev/full 2>"$work/stdout.err" || status=$?
    "$ROLLCALL" history --json >&- 2>>"$work/stdout.err" && status=0
    tell 'stdout full or closed' 'status 1 and a message' "$(
        [ "$status" = 1 ] || echo "status $status"
        [ -s "$work/stdout.err" ] || echo "nothing said"
    )"
}

# What is said is made once, for all.
session "$(new warm)" INT
export XDG_DATA_HOME=$work/warm/data

count=0
for fault in ${FAULTS:-$(declare -F | awk '$3 ~ /^fault_/ { print $3 }')}; do
    $fault &
    count=$((count + 1))
    [ $((count % 10)) = 0 ] && wait
done
wait
sort "$work/table"
[ "$(wc -l <"$work/table")" = "$count" ] || echo "a line is missing"
echo "$count faults, $(grep -c 'as stated$' "$work/table") as stated"
[ ! -e "$failed" ] && [ "$(wc -l <"$work/table")" = "$count" ]
