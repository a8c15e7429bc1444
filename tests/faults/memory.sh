#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Usage: memory.sh [all | each]
# Each allocation of the program's own fails in turn, alone and then with all
# that come after it; with libraries' own allocations nothing is done.  What
# must come of it: the program goes on as ever; or goes on and says what it goes
# without; or ends with status 1 and says why, with nothing left that looks
# whole.  Never a crash, and no history is lost.
#
# An allocation that is called from where another was is like that one, and left
# out; of the others $MOST in each scenario are tried, spread evenly.  "all"
# tries all of these others, and of those that are like one its 2nd, 4th, 8th
# and so on, each alone and then with what comes after it; "each" the same with
# every single one, which takes hours.
set -u
: "${ROLLCALL:?the program}"
here=$(cd "$(dirname "$0")" && pwd)
short=${ROLLCALL}_short_of_memory
everything=${1-}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export XDG_CACHE_HOME=$work/cache XDG_CONFIG_HOME=$work/config LC_ALL=C
export ROLLCALL_FAULT_LOG=log
workers=${WORKERS:-$(nproc)}
most=${MOST:-24}
unset ROLLCALL_PROFILE
case $everything in
'') export ROLLCALL_FAULT_WAYS=once ;;
all) export ROLLCALL_FAULT_WAYS=doubled ;;
esac
cd "$work" || exit 1

cp "$here/short.yaml" . || exit 1
sed 's/title: Side/titel: Side/' short.yaml >wrong.yaml
mkdir -p config/rollcall
printf 'voice: brisk\ntalk: full\nlisten: no\n' >config/rollcall/config.yaml
printf '3 pause\n4 resume\n6 more_time\n' >script.txt

# ---- what is run ------------------------------------------------------------
# Each prints what it found, and makes files in made/.

check() { "$short" check ../short.yaml ../wrong.yaml; }
plan() { "$short" plan ../short.yaml --json; }
list() { "$short" list; }
voices() { "$short" voices; }
config() { "$short" config; }
format() {
    cp ../short.yaml made/formatted.yaml
    "$short" format made/formatted.yaml
}
history() { "$short" history; }
page() { "$short" history --html made/page.html; }
export_all() { "$short" history --export made/all.json; }
listen() { "$short" listen --json ../said.wav; }
render() {
    "$short" render ../short.yaml --no-screening --script ../script.txt \
        -o made/sound.wav --events made/events
}
play() {
    printf 'next\nend_session\nyes\n' |
        "$short" play ../short.yaml --no-screening --host pipe \
            --output made/sound --events made/events
}
serve() {
    "$short" serve --no-mpris --host pipe --output made/sound &
    local pid=$! status=0
    for _ in $(seq 3000); do
        { grep -q ready err || ! kill -0 $pid; } 2>/dev/null && break
        sleep 0.02
    done
    kill -TERM $pid 2>/dev/null
    wait $pid || status=$?
    rm -f made/sound
    return $status
}

# ---- how it is judged -------------------------------------------------------

run() { # SCENARIO: its status
    local status=0
    rm -rf data made log
    mkdir -p data/rollcall made
    cp ../before.db data/rollcall/history.db
    (
        trap - TERM
        export XDG_DATA_HOME=$PWD/data XDG_RUNTIME_DIR=$PWD
        $1
    ) >out 2>err </dev/null || status=$?
    return $status
}

# What is wrong, nothing where it is as it must be.  RIGHT is a folder with what
# came of it without a fault.
problem() { # STATUS RIGHT
    local file status=$1 right=$2
    if [ "$status" -gt 2 ]; then
        echo "it crashed, with status $status"
    elif [ "$status" = "$(cat "$right/status")" ]; then
        cmp -s err "$right/err" || return
        cmp -s out "$right/out" || echo "other output, and nothing said"
        [ "${right##*_}" = play ] || diff -rq made "$right/made" >/dev/null ||
            echo "other files, and nothing said"
    else
        [ "$status" = 1 ] || echo "status $status"
        [ -s err ] || echo "it says nothing"
        for file in made/*; do
            case $file in
            made/formatted.yaml) cmp -s $file ../short.yaml ;;
            made/events | made/sound) ;;
            *) [ ! -e "$file" ] ;;
            esac || echo "$file is left"
        done
    fi
    [ "$(sqlite3 data/rollcall/history.db \
        'SELECT count(*) FROM sessions WHERE id = 7' 2>&1)" = 1 ] ||
        echo "the history is lost"
}

where() { # the callers of the one that failed
    sed 1d log | addr2line -f -p -s -e "$short" | sed 's/^/        /'
}

try() { # SCENARIO FAULT...
    local scenario=$1 fault status message
    shift
    for fault; do
        status=0
        ROLLCALL_FAULT=$fault run "$scenario" || status=$?
        message=$(problem $status "$work/right_$scenario")
        [ -z "$message" ] && continue
        printf '%s, allocation %s: %s\n' "$scenario" "$fault" "$message"
        where
        head -n 3 err
    done
}

fault() { # NUMBER of those tried
    if [ "$everything" ]; then
        printf '%d%.*s' $(($1 / 2 + 1)) $(($1 % 2)) -
    else
        printf '%d%.*s' $(($1 * count / tried + 1)) $(($1 % 2)) -
    fi
}

try_all() { # SCENARIO
    local i count tried right=$work/right_$1 jobs=() workers=$workers
    [ "$1" != play ] || workers=24 # it mostly waits
    mkdir "$right"
    cd "$right" || exit
    ROLLCALL_FAULT='' run "$1"
    echo $? >status
    count=$(head -n 1 log)
    tried=$((count < most ? count : most))
    [ -z "$everything" ] || tried=$((2 * count))
    for ((i = 0; i < workers; i++)); do
        (
            mkdir -p "$work/$i"
            cd "$work/$i" || exit
            faults=()
            for ((n = i; n < tried; n += workers)); do
                faults+=("$(fault "$n")")
            done
            try "$1" "${faults[@]}" >"$work/wrong_$i"
        ) &
        jobs+=($!)
    done
    wait "${jobs[@]}"
    cd "$work" || exit
    cat wrong_* >>wrong
    printf '%-12s %6d allocations, %6d times one failed: %d wrong\n' \
        "$1" "$count" "$tried" "$(cat wrong_* | grep -c '^[a-z_]*, alloc')"
    rm wrong_*
}

# ---- and in turn ------------------------------------------------------------

flite -voice slt -t 'next set' -o said.wav || exit 1
XDG_DATA_HOME=$work/first "$ROLLCALL" play short.yaml --no-screening \
    --host pipe --output first.raw </dev/null 2>err &
pid=$!
for _ in $(seq 3000); do
    [ -s first.raw ] && break
    sleep 0.02
done
kill -INT $pid
wait $pid
sqlite3 first/rollcall/history.db \
    "UPDATE sessions SET id = 7; VACUUM INTO 'before.db'" || exit 1

for scenario in ${SCENARIOS:-check plan list voices config format history page
    export_all listen render play serve}; do
    try_all "$scenario"
done
[ ! -s wrong ] || { cat wrong; exit 1; }
