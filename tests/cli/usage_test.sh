#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Wrong usage ends with 2 at once, and says what is wrong and what to write.
# What cannot be printed is told, too.
set -u
failed=0
scratch=$(mktemp -d)
trap 'rm -r "$scratch"' EXIT
export PULSE_SERVER=none ALSA_CONFIG_PATH=/dev/null
export XDG_DATA_HOME=$scratch XDG_CONFIG_HOME=$scratch XDG_RUNTIME_DIR=$scratch

wrong() { # PATTERN ARGUMENTS...
    local status=0 pattern=$1 out
    shift
    out=$("$ROLLCALL" "$@" </dev/null 2>&1 >"$scratch/out") || status=$?
    if ((status != 2)) || ! grep -qe "$pattern" <<<"$out" ||
        [[ -s $scratch/out ]]; then
        echo "rollcall $*: status $status, or no '$pattern' in: $out"
        failed=1
    fi
}

wrong "did you mean 'render'" rendr
wrong 'unrecognized option' play lats --nonsense
wrong 'which routine' play
wrong "gentle, standard or deep, not 'hard'" play lats --level hard
wrong "not 'silent'" play lats --talk silent
wrong 'there are: bright, brisk, calm' plan lats --voice nobody
wrong "a number from 1 to 20, not '0'" plan lats --sets 0
wrong "a number from 1 to 180, not '999'" plan lats --minutes 999
wrong "'bad mood' is no gate" plan lats --gates 'bad mood'
wrong "did you mean 'lats'" plan latz
wrong 'requires an argument' plan lats --svg
wrong "a number from 0, not 'often'" plan lats --known often
wrong "a number from 1 to 180, not '5x'" plan lats --minutes 5x
wrong "from -40 to 10, not '11'" play lats --music-volume 11
wrong "0 or 20 to 300, not '5'" play lats --high-pass 5
wrong "ask, yes or no, not 'perhaps'" play lats --resume perhaps
wrong "portaudio or pipe, not 'radio'" play lats --host radio
wrong "takes a number, not 'many'" tell play lats --sets many
wrong "takes a number, not '0'" tell play lats --minutes 0
wrong "takes 'exercise', not 'set'" render lats -o "$scratch/x.wav" --split set
wrong '--chapters is for a sound in one file' render lats \
    -o "$scratch/x.wav" --split exercise --chapters "$scratch/x.cue"
wrong 'which routine' render -o "$scratch/x.wav"
wrong "takes no 'quickly'" setup quickly
wrong 'where to? Give a sound file' render lats
wrong 'must end in .wav, .flac' render lats -o "$scratch/x.xyz"
wrong 'must end in .cue or .lrc' render lats -o "$scratch/x.wav" \
    --chapters "$scratch/x.txt"
wrong 'what? For example' tell
wrong "--level is for 'play'" tell select hips --level gentle
wrong "--sets is for 'play'" tell start --sets 2
wrong "--minutes is for 'play'" tell --watch --minutes 5
wrong "--json is for 'status' and --watch" tell mute --json
wrong 'requires an argument' setup --from
sox -n -r 16000 "$scratch/silence.wav" trim 0 0.2
wrong 'there is no state "nowhere"' listen --state nowhere "$scratch/silence.wav"
wrong "the number of a session, not 'x'" history --delete x
wrong 'Usage: rollcall check' check
wrong 'Usage: rollcall new' new
wrong 'write for example evening' new Evening
for command in voices devices list; do
    wrong 'Too many arguments' "$command" something
done

broker=(serve --host pipe --output /dev/null --mqtt)
wrong "'99999' is no port" "${broker[@]}" house:99999
wrong "'' is no port" "${broker[@]}" house:
wrong 'is HOST or HOST:PORT' "${broker[@]}" ''
wrong 'is HOST or HOST:PORT' "${broker[@]}" :1883
wrong "'two words' is no name" "${broker[@]}" house --mqtt-room 'two words'
wrong "'a/b' is no name" "${broker[@]}" house --mqtt-class a/b
wrong 'needs --mqtt-user' "${broker[@]}" house --mqtt-password-file /x
wrong 'which broker' serve --host pipe --output /dev/null --mqtt-user me

# stdout is full: told once, and no success
full() { # ARGUMENTS...
    local status=0
    (cd "$scratch" && "$ROLLCALL" "$@") </dev/null >/dev/full \
        2>"$scratch/err" || status=$?
    if ((status != 1)) ||
        [[ $(grep -c 'No space left on device' "$scratch/err") != 1 ]]; then
        echo "rollcall $*, stdout full: status $status, $(cat "$scratch/err")"
        failed=1
    fi
}
for command in --help --version list 'list --json' 'list --help' 'check lats' \
    voices 'voices --json' 'setup --show' 'new evening' config 'config --json' \
    'config --path' 'config --example' 'config --keep --level gentle' doctor \
    'doctor --json' 'history --profiles' 'history' 'plan lats' \
    'plan lats --json' 'complete command' 'tell --help' \
    "render lats --sets 1 --events - -o $scratch/x.wav"; do
    full $command
done
printf 'title: A\nroutine: a\n' >"$scratch/a.yaml"
full format --check "$scratch/a.yaml"

# who reads only the beginning has what is wanted
reader_leaves() { # ARGUMENTS...
    (trap '' PIPE && "$ROLLCALL" "$@" 2>"$scratch/err") | true
    if [[ ${PIPESTATUS[0]} != 0 || -s $scratch/err ]]; then
        echo "rollcall $* | true: $(cat "$scratch/err")"
        failed=1
    fi
}
reader_leaves list
reader_leaves list --json
reader_leaves plan lats

# the help names every command; who knows an exercise is told less
for command in $("$ROLLCALL" complete command); do
    "$ROLLCALL" help | grep -q "^  $command " || [[ $command == complete ]] || {
        echo "no help for $command"
        failed=1
    }
done
more=$("$ROLLCALL" plan lats --json --known 0 | jq .seconds)
less=$("$ROLLCALL" plan lats --json --known 3 | jq .seconds)
jq -en "$more > $less" >/dev/null || {
    echo "$less s for who knows it, $more s for who does not"
    failed=1
}
exit "$failed"
