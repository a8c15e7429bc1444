#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Measures how a session survives its sound server: played with a microphone
# in the virtual room, it loses the server again and again, and has to come
# back by itself each time.
#
#   bench_loss [--json] [--times N] [SERVER...]
#
# SERVER: pulse, pipewire-pulse, pipewire (see room.sh); all that are installed
# where none is named.  N: 10, which take five minutes a server.
set -u
bin=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
export ROLLCALL=${ROLLCALL:-$bin/rollcall}
export ROLLCALL_SHARE=${ROLLCALL_SHARE:-$bin/../share/rollcall}
room=@PROJECT_SOURCE_DIR@/tests/room/room.sh

json= times=10 servers=()
while (($#)); do
    case $1 in
    --json) json=yes ;;
    --times) times=$2; shift ;;
    -*) sed -n '3,/^$/s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
    *) servers+=("$1") ;;
    esac
    shift
done

is_installed() { # SERVER
    local plugin=${ROOM_PIPEWIRE_PLUGIN-}
    case $1 in
    pulse) command -v pulseaudio ;;
    pipewire-pulse) command -v pipewire-pulse && command -v wireplumber ;;
    pipewire)
        is_installed pipewire-pulse &&
            { [ -n "$plugin" ] ||
                compgen -G '/usr/lib/*/alsa-lib/libasound_module_pcm_pipewire.so'; }
        ;;
    *) false ;;
    esac >/dev/null
}

count() { # EVENT
    grep -c "\"event\":\"$1\"" "$room_dir/e.jsonl" 2>/dev/null
}

# reaches EVENT COUNT SECONDS
reaches() {
    local i
    for ((i = 0; i < $3 * 20; i++)); do
        [ "$(count "$1")" -ge "$2" ] && return 0
        kill -0 "$player" 2>/dev/null || return 1
        sleep 0.05
    done
    return 1
}

start_session() {
    : >"$room_dir/e.jsonl"
    "$ROLLCALL" play upper-back --resume no --talk quiet --sets 20 \
        --events "$room_dir/e.jsonl" </dev/null 2>>"$room_dir/err.txt" &
    player=$!
    reaches segment 1 20 && sleep 1
}

end_session() {
    kill -INT "$player" 2>/dev/null
    wait "$player" 2>/dev/null
}

# What is done to the server; it is there again when this returns.
disturb() { # WHAT
    case $1 in
    killed) room_crash; sleep 1; room_restart ;;
    stopped) room_stall 5 ;;
    restarted)
        kill "${room_servers[@]}"
        wait "${room_servers[@]}" 2>/dev/null
        room_servers=()
        room_restart
        ;;
    esac
}

# Leaves the seconds from the server's return to the session's in $waited; not
# in a shell of its own, since the room remembers its server.
lose_once() { # WHAT
    local backs resumes from i
    waited=40
    backs=$(count back)
    resumes=$(grep -c '"command":"resume"' "$room_dir/e.jsonl")
    disturb "$1" >&2
    from=$EPOCHREALTIME
    reaches back $((backs + 1)) 40 || return
    waited=$(jq -n "$EPOCHREALTIME - $from | . * 100 | round / 100")
    # told where we were, it goes on
    for ((i = 0; i < 400; i++)); do
        [ "$(grep -c '"command":"resume"' "$room_dir/e.jsonl")" \
            -gt "$resumes" ] && break
        sleep 0.05
    done
    ((i < 400))
}

# Prints: WHAT, how often it came back, of how many, the median and the worst
# wait, how often it began afresh, commands nobody gave.
lose() { # WHAT
    local what=$1 i came=0 waits=() waited fresh
    : >"$room_dir/err.txt"
    start_session || { echo "$room_kind $what 0 $times 0 0 0 0"; return; }
    for ((i = 0; i < times; i++)); do
        if lose_once "$what"; then
            came=$((came + 1))
        else
            { echo "-- $what $i"; tail -n 4 "$room_dir/err.txt"; } >&2
            end_session
            start_session
        fi
        waits+=("$waited")
        sleep 1
    done
    end_session
    fresh=$(grep -c 'starting afresh' "$room_dir/err.txt")
    printf '%s %s %s %s %s %s %s\n' "$room_kind" "$what" "$came" "$times" \
        "$(printf '%s\n' "${waits[@]}" | sort -n |
            awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)], v[NR] }')" \
        "$fresh" "$(grep -c '"source":"voice"' "$room_dir/e.jsonl")"
}

one_server() { # SERVER
    local what
    export ROOM_SERVER=$1
    . "$room"
    room_up || exit
    for what in killed stopped restarted; do
        lose "$what"
    done
}

show() {
    local format='%-15s %-10s %3s of %-3s %8s s %8s s %6s %6s\n'
    printf '%-15s %-10s %10s %10s %10s %6s %6s\n' server 'which was' 'came back' \
        median worst afresh heard
    while read -r server what came of median worst fresh heard; do
        # shellcheck disable=SC2059
        printf "$format" "$server" "$what" "$came" "$of" "$median" "$worst" \
            "$fresh" "$heard"
    done
}

show_json() {
    jq -Rn '[inputs | split(" ") | {server: .[0], was: .[1],
        came_back: .[2] | tonumber, times: .[3] | tonumber,
        median_seconds: .[4] | tonumber, worst_seconds: .[5] | tonumber,
        began_afresh: .[6] | tonumber, commands_nobody_gave: .[7] | tonumber}]'
}

if ((${#servers[@]} == 0)); then
    for server in pulse pipewire-pulse pipewire; do
        is_installed "$server" && servers+=("$server")
    done
fi
for server in "${servers[@]}"; do
    is_installed "$server" || { echo "$server is not installed" >&2; exit 1; }
    (one_server "$server")
done | if [ "$json" ]; then show_json; else show; fi
