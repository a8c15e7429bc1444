#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The listener's bench in small, with exact counts: commands of three voices
# plain, over noise and in a room; talk and noises; the session's own voice,
# alone and spoken over.  With $ROLLCALL_DATA some recordings too.
set -euo pipefail
: "${ROLLCALL:?the program to test}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
failed=0

# say VOICE TEXT FILE [SOX EFFECTS...]: never eSpeak, which rollcall speaks with
say() {
    local voice=$1 text=$2 file=$3
    shift 3
    flite -voice "$voice" -t "$text" -o dry.wav
    sox -R -D dry.wav -r 16000 -c 1 "$file" gain -n -9 "$@" pad 1.5 0.6
}

# over NOISE DB FILE NEW: the file over a noise of sox so much below it
over() {
    sox -R -n -r 16000 -c 1 noise.wav synth "$(soxi -D "$3")" "$1" \
        gain -n "$((-18 - $2))"
    sox -R -D -m -v 1 "$3" -v 1 noise.wav "$4"
}

# taken FILE...: "FILE COMMAND" a line
taken() {
    "$ROLLCALL" listen --json "$@" | jq -r '.file + " " + .command'
}

# right: how many lines of "FILE COMMAND" have FILE beginning with its command
right() {
    awk '{ split($1, part, "-"); right += part[1] == $2 } END { print right+0 }'
}

# expect WHAT NUMBER GOT
expect() {
    if [ "$2" != "$3" ]; then
        echo "$1: expected $2, got $3"
        failed=1
    fi
}

# commands FOLDER EFFECTS...: eight commands of three voices
commands() {
    local folder=$1 voice command text
    shift
    mkdir "$folder"
    for voice in awb rms slt; do
        while read -r command text; do
            say "$voice" "$text" "$folder/$command-$voice.wav" "$@"
        done <<END
next_set next set
pause pause the session
resume carry on
stop stop
pain it hurts
end_session end the session
repeat say that again
more_time give me more time
END
    done
}

# (a) isolated, (c) over noise and in a room
commands plain
expect "plain commands taken right" 24 "$(cd plain && taken ./*.wav |
    sed 's,^./,,' | right)"
expect "plain commands taken" 24 "$(cd plain && taken ./*.wav | wc -l)"
mkdir noisy
for file in plain/*.wav; do over pinknoise 10 "$file" "noisy/${file#*/}"; done
# one "end the session" is not sure enough for that, and would be asked back
expect "commands over noise taken right" 21 "$(cd noisy && taken ./*.wav |
    sed 's,^./,,' | right)"
commands room reverb 25 50 30 100 0 0
expect "commands in a room taken right" 24 "$(cd room && taken ./*.wav |
    sed 's,^./,,' | right)"

# (b) talk and noises in one stream each
i=0
while read -r text; do
    for voice in awb rms slt; do
        say "$voice" "$text" "talk-$((++i)).wav"
    done
done <<END
the weather is fine today and nobody knows why
I would like a cup of coffee and a piece of cake
did you see the game last night
the next day he stopped by on the way home
three two one and off we go again
set the table please
nobody knows what time it is
yesterday
END
sox talk-*.wav talk.wav
expect "commands in talk" 0 "$(taken talk.wav | wc -l)"
sox -R -n -r 16000 -c 1 rain.wav synth 20 whitenoise tremolo 0.7 70 gain -20
sox -R -n -r 16000 -c 1 knocks.wav synth 0.03 brownnoise pad 0 0.6 repeat 30
sox -R -n -r 16000 -c 1 saw.wav synth 0.4 sawtooth 180-320 pad 0 0.5 \
    repeat 20 gain -15
expect "commands in noises" 0 "$(taken rain.wav knocks.wav saw.wav | wc -l)"

# (d) its own voice comes back late and by another clock
render() { # MIC: what it takes from there
    "$ROLLCALL" render upper-back --output own.wav --events events.jsonl \
        --script script.txt ${1:+--mic "$1"} >/dev/null 2>&1
    jq -r 'select(.event == "command" and .source == "voice") | .command' \
        events.jsonl
}
echo "32 end_session" >script.txt
render ""
cp own.wav alone.wav
say rms "it hurts" hurts.wav gain -n -6
sox -R hurts.wav -r 48000 late.wav pad 13 0
# What is heard changes what is played, softer while somebody speaks: a second
# time with what was played the first time.
for way in 0.05:1:0.3 0.046:1.00002:0.9 0.2:0.99998:0.3; do
    IFS=: read -r delay clock gain <<<"$way"
    air=(speed "$clock" pad "$delay" 0 vol "$gain")
    sox -R -D alone.wav -c 1 echo.wav "${air[@]}"
    expect "commands in the own voice, $way" "" "$(render echo.wav)"
    for _ in 1 2; do
        sox -R -D own.wav -c 1 echo.wav "${air[@]}"
        sox -R -D -m -v 1 echo.wav -v 1 late.wav both.wav
        heard=$(render both.wav | head -n 1)
    done
    expect "\"it hurts\" over the own voice, $way" pain "$heard"
done

# recordings: one in forty
if [ "${ROLLCALL_DATA-}" ]; then
    pick() { # LABELS: files of these commands
        awk -F'\t' -v labels="$1" 'index(labels, " " $3 " ") && ++n % 40 == 7 {
            print ENVIRON["ROLLCALL_DATA"] "/" $1 }' "$ROLLCALL_DATA/index.tsv"
    }
    mapfile -t said < <(pick " yes no stop go ")
    mapfile -t other < <(pick " up down bed cat dog house tree ")
    expect "recorded commands taken" 16 "$(taken "${said[@]}" | wc -l)"
    expect "recorded words taken" 0 "$(taken "${other[@]}" | wc -l)"
fi
exit $failed
