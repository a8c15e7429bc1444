#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The virtual room: a private sound server with a loudspeaker, a microphone and
# the air between them, for tests of the real program without a sound card.
#
#   what the program plays -> [speaker] --monitor--> echo gain -> [room]
#   a person speaking -----------------------------------------------^  |
#   what the program hears <------------------monitor--------------------'
#
# By itself it runs one command in a new room:
#
#   tests/room/room.sh COMMAND [ARGUMENT...]
#
# In a test it is sourced, and gives these verbs:
#
#   room_up                 start it; the environment then leads every program
#                           started by this shell into it.  room_down follows
#                           by itself when the shell exits
#   room_down               end all that was started, remove the folder
#   room_speak FILE         say a sound file into the room; returns at its end
#   room_capture FILE       record the loudspeaker into a WAV, in the background
#   room_capture_mic FILE   the same with what the microphone hears
#   room_capture_stop       end both recordings
#   room_echo GAIN          how loud the microphone hears the loudspeaker,
#                           linear (1 at start; 0: headphones)
#   room_stall SECONDS      the server freezes for so long
#   room_crash              the server dies at once (kill -9)
#   room_restart            a new server in place of the one that died; with
#                           ROOM_COLD=1 its devices still sleep
#   room_unplug             the devices stop (suspended); room_replug
#
# $room_dir is a private folder for a test's own files; it goes with the room.
# Every process is ended by its process id, also when a test fails.
# Needs pulseaudio, pulseaudio-utils and libasound2-plugins.  Works as root.
#
# $ROOM_SERVER says which server: pulse (PulseAudio, if not given),
# pipewire-pulse (PipeWire by the same ALSA plugin), or pipewire (by its own).
# These need pipewire, wireplumber, pipewire-pulse, dbus-daemon; the last one the
# plugin of pipewire-alsa, in $ROOM_PIPEWIRE_PLUGIN where it is not installed
# (beside pulseaudio it cannot be).

room_here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
room_dir=
room_servers=()
room_bus=
room_kind=${ROOM_SERVER:-pulse}
room_captures=()

room_fail() {
    echo "room: $*" >&2
    [ -s "$room_dir/server.log" ] && tail -n 5 "$room_dir/server.log" >&2
    return 1
}

room_wait() { # COMMAND...: until it succeeds, at most ten seconds
    local i
    for i in {1..100}; do
        "$@" >/dev/null 2>&1 && return 0
        sleep 0.1
    done
    return 1
}

room_environment() {
    export XDG_RUNTIME_DIR=$room_dir/run
    export XDG_CONFIG_HOME=$room_dir/config
    export XDG_DATA_HOME=$room_dir/data
    mkdir -p "$XDG_DATA_HOME/rollcall" # no first session: nothing is asked
    cat >"$XDG_DATA_HOME/rollcall/screening.yaml" <<'Y'
yes: []
no: [open_wound, recent_fracture, blood_clot, bone_infection, inflamed_area,
     muscle_ossification, numbness, recent_surgery, pregnancy,
     fresh_back_strain]
Y
    export PULSE_RUNTIME_PATH=$room_dir/run/pulse
    export PULSE_SERVER=unix:$room_dir/run/pulse/native
    export PULSE_COOKIE=$room_dir/config/cookie
    export ALSA_CONFIG_PATH=$room_dir/asound.conf
    export TSAN_OPTIONS="suppressions=$room_here/tsan.supp ${TSAN_OPTIONS-}"
    unset PULSE_SINK PULSE_SOURCE
    [ "$room_kind" = pulse ] && return
    export PIPEWIRE_RUNTIME_DIR=$room_dir/run
    export XDG_STATE_HOME=$room_dir/state
    export DBUS_SESSION_BUS_ADDRESS=unix:path=$room_dir/run/bus
}

room_plugin() {
    local found
    found=(/usr/lib/*/alsa-lib/libasound_module_pcm_pipewire.so)
    printf '%s' "${ROOM_PIPEWIRE_PLUGIN:-${found[0]}}"
}

# ALSA knows one device, "default", and no card.
room_alsa() {
    case $room_kind in
    pipewire)
        printf 'pcm_type.pipewire { lib "%s" }\n' "$(room_plugin)"
        echo 'pcm.!default { type pipewire playback_node "-1"' \
            'capture_node "-1" }'
        ;;
    *)
        echo 'pcm.!default { type pulse }'
        echo 'ctl.!default { type pulse }'
        ;;
    esac
}

room_files() {
    mkdir -m 700 "$room_dir/run" "$room_dir/config" || return 1
    room_alsa >"$room_dir/asound.conf"
    cat >"$room_dir/server.pa" <<'END'
load-module module-native-protocol-unix auth-anonymous=1
load-module module-null-sink sink_name=speaker rate=48000 channels=1 channel_map=mono
load-module module-null-sink sink_name=room rate=48000 channels=1 channel_map=mono
load-module module-loopback source=speaker.monitor sink=room latency_msec=20 source_dont_move=true sink_dont_move=true sink_input_properties=media.name=room-echo
set-default-sink speaker
set-default-source room.monitor
END
}

room_start() { # COMMAND...: one of the server's processes
    "$@" >>"$room_dir/server.log" 2>&1 &
    room_servers+=($!)
}

room_start_pulse() {
    room_start pulseaudio -n -F "$room_dir/server.pa" --daemonize=no \
        --use-pid-file=no --exit-idle-time=-1 --disallow-exit \
        --log-target=stderr
    room_wait pactl info || room_fail "pulseaudio does not start" || return
    # a null sink begins with a block of two seconds, and a stream opened
    # before that is over gets nothing until then
    [ -n "${ROOM_COLD-}" ] || sleep 2.3
}

room_load() { # MODULE ARGUMENTS...
    pactl load-module "$@" >/dev/null
}

# PipeWire's session manager wants a bus of its own.
room_start_pipewire() {
    if [ -z "$room_bus" ]; then
        dbus-daemon --session --nofork --nopidfile \
            --address="unix:path=$room_dir/run/bus" >/dev/null 2>&1 &
        room_bus=$!
        room_wait test -S "$room_dir/run/bus" || return
    fi
    room_start pipewire
    room_wait test -S "$room_dir/run/pipewire-0" || return
    room_start wireplumber
    room_start pipewire-pulse
    room_wait pactl info || room_fail "pipewire does not start" || return
    room_load module-null-sink sink_name=speaker rate=48000 channels=1 \
        channel_map=mono || return
    room_load module-null-sink sink_name=room rate=48000 channels=1 \
        channel_map=mono || return
    room_load module-loopback source=speaker.monitor sink=room \
        latency_msec=20 sink_input_properties=media.name=room-echo || return
    pactl set-default-sink speaker && pactl set-default-source room.monitor
    sleep 0.5
}

room_start_server() {
    case $room_kind in
    pulse) room_start_pulse ;;
    *) room_start_pipewire ;;
    esac
}

room_up() {
    [ -z "$room_dir" ] || room_fail "is up already" || return
    room_dir=$(mktemp -d -t rollcall-room.XXXXXX) || return
    trap room_down EXIT
    trap 'exit 129' HUP
    trap 'exit 130' INT
    trap 'exit 143' TERM
    room_environment
    room_files && room_start_server
}

room_end() { # PID: gently, then not
    local i
    kill -CONT "$1" 2>/dev/null
    kill "$1" 2>/dev/null || return 0
    for i in {1..20}; do
        kill -0 "$1" 2>/dev/null || break
        sleep 0.1
    done
    kill -9 "$1" 2>/dev/null
    wait "$1" 2>/dev/null
    return 0
}

room_down() { # with all that the shell started: it would wait for a room
    local pid
    [ -n "$room_dir" ] || return 0
    room_capture_stop
    for pid in $(jobs -p); do
        [[ " ${room_servers[*]} $room_bus " == *" $pid "* ]] ||
            room_end "$pid"
    done
    for pid in "${room_servers[@]}" $room_bus; do room_end "$pid"; done
    rm -rf "$room_dir"
    room_dir= room_bus=
    room_servers=()
}

room_speak() {
    paplay --device=room "$1"
}

room_record() { # SOURCE FILE
    parecord --device="$1" --latency-msec=20 --rate=48000 --channels=1 \
        --format=s16le --file-format=wav "$2" &
    room_captures+=($!)
    room_wait test -s "$2" || room_fail "nothing can be recorded"
}

room_capture() { room_record speaker.monitor "$1"; }
room_capture_mic() { room_record room.monitor "$1"; }

room_capture_stop() {
    local pid
    for pid in "${room_captures[@]}"; do room_end "$pid"; done
    room_captures=()
}

room_echo() {
    local id
    id=$(pactl list sink-inputs | awk '
        /^Sink Input #/ { id = substr($3, 2) }
        /media.name = "room-echo"/ { print id; exit }')
    [ -n "$id" ] || room_fail "the air is missing" || return
    # a bare factor is linear, a percentage would be cubic
    case $1 in
    *.*) pactl set-sink-input-volume "$id" "$1" ;;
    *) pactl set-sink-input-volume "$id" "$1.0" ;;
    esac
}

room_stall() {
    kill -STOP "${room_servers[@]}"
    sleep "$1"
    kill -CONT "${room_servers[@]}"
}

room_crash() {
    kill -9 "${room_servers[@]}"
    wait "${room_servers[@]}" 2>/dev/null
    room_servers=()
}

room_restart() {
    [ ${#room_servers[@]} -gt 0 ] && room_crash
    rm -f "$room_dir/run/pulse/native" "$room_dir/run/pipewire-0"*
    room_start_server
}

room_suspend() {
    pactl suspend-sink speaker "$1" && pactl suspend-sink room "$1"
}

room_unplug() { room_suspend 1; }
room_replug() { room_suspend 0; }

if [ "${BASH_SOURCE[0]}" = "$0" ]; then
    [ $# -gt 0 ] || { sed -n '3,/^$/s/^# \{0,1\}//p' "$0" >&2; exit 2; }
    room_up || exit
    "$@"
    exit # the command's status; the trap takes the room down
fi
