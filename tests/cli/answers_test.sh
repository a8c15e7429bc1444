#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What people asked under the articles, one question after another in one
# session: each is answered, in the exercise's words where it has some.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

fail() {
    echo "FAILED: $*" >&2
    exit 1
}

cat >asked.yaml <<'Y'
routine: asked
title: Asked
needs: [foam roller]
exercises:
  - id: upper-back
    title: Upper back
    tool: foam roller
    muscles: [trapezius, rhomboids]
    why: It loosens what sitting has stiffened.
    setup: [Lie on your back., Lift your hips.]
    work: {kind: roll, time: 10m}
    sets: 1
    cues: [Roll slowly.]
    answers: {how_often: Three times a week.}
Y

# COMMAND | how its answer begins
cat >questions.txt <<'Y'
roller|Any roller works.
dose|Thirty to fifty seconds,
how_often|Three times a week.
when|Schools differ.
hurt|Discomfort is normal, pain is not.
lower_back|Leave a fresh strain alone,
it_band|Tilt a little to the front,
scar|With a scar,
instructions|Pictures on paper are hard to follow
glutes_legs|There are routines for them:
why|It loosens what sitting has stiffened.
muscle|This works your trapezius and rhomboids.
feel|In the muscle under the pressure,
avoid|Keep off your spine,
how_fast|Slowly.
neck|Keep the roller off your neck.
education|This is education,
time_left|
where|Upper back
what_next|After this you are done.
help|Say pause,
explain|It loosens what sitting has stiffened.
sharp|Come off the roller, and change your position.
Y

at=60
while IFS='|' read -r command _; do
    echo "$at $command"
    at=$((at + 20))
done <questions.txt >script.txt
"$ROLLCALL" render asked.yaml -o s.wav --script script.txt --events e.jsonl \
    2>/dev/null

at=60
while IFS='|' read -r command answer; do
    text=$(jq -sr "[.[] | select(.event == \"say\" and .at > $at)][0]
                   | select(.at < $at + 15) | .text" e.jsonl)
    [ -n "$text" ] || fail "$command is answered within 15 seconds"
    [ "${text#"$answer"}" != "$text" ] || [ -z "$answer" ] ||
        fail "$command: expected '$answer', heard '$text'"
    at=$((at + 20))
done <questions.txt

[ "$(jq -s '[.[] | select(.event == "declined")] | length' e.jsonl)" = 0 ] ||
    fail "no question is declined"
[ "$(jq -sr '[.[] | select(.event == "pain")][0].what' e.jsonl)" = sharp ] ||
    fail "a sharp pain is noted"
[ "$(jq -sr '[.[] | select(.event == "pain")][0].exercise' e.jsonl)" = \
    upper-back ] || fail "... with where it was"
jq -se '[.[] | select(.event == "say" or .event == "cut")] as $all
        | [range(1; $all | length)
           | select($all[. - 1].until > $all[.].at + 0.0001
                    and $all[.].event == "say")] | length == 0' \
    e.jsonl >overlap.txt || fail "no answer covers anything"
jq -se '[.[] | select(.event == "say")] as $all
        | any(range(0; $all | length);
              $all[.].text == "Lie on your back."
              and $all[.].at > 400
              and $all[. + 1].text == "Lift your hips.")' e.jsonl >explain.txt ||
    fail "explain says the setup again, line after line"
echo ok
