#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Settings: the file, the environment over it, options over both; what is wrong
# is told and keeps nobody from a session.
set -euo pipefail
work=$(mktemp -d)
daemon=
trap '[ -z "$daemon" ] || kill -9 "$daemon"; rm -rf "$work"' EXIT
cd "$work"
export XDG_CONFIG_HOME=$work/config
file=$work/config/rollcall/config.yaml
mkdir -p "${file%/*}"

fail() {
    echo "FAILED: $*" >&2
    exit 1
}
row() { # SETTING: its value and where it is from
    awk -v key="$1" '$1 == key { print $2, $3 }'
}
seconds() {
    "$ROLLCALL" plan upper-back --json "$@" 2>plan.txt | jq .seconds
}

[ "$("$ROLLCALL" config --path)" = "$file" ] || fail 'another file'
[ "$("$ROLLCALL" config | row level)" = 'standard usual' ] || fail 'no usual'
usual=$(seconds)

printf 'level: gentle\nsets: 1\n' >"$file"
"$ROLLCALL" config >a.txt
[ "$(row level <a.txt)" = 'gentle config.yaml:1' ] || fail 'file'
[ "$(ROLLCALL_LEVEL=deep "$ROLLCALL" config | row level)" = \
    'deep ROLLCALL_LEVEL' ] || fail 'environment'
[ "$(ROLLCALL_LEVEL=deep "$ROLLCALL" config --level standard | row level)" = \
    'standard --level' ] || fail 'option'
"$ROLLCALL" config --json |
    jq -e '.[] | select(.setting == "sets") | .value == "1"' >/dev/null ||
    fail 'json'
ROLLCALL_MUSIC=$'/\xff' "$ROLLCALL" config --json |
    jq -e '.[] | select(.setting == "music") | .value == "/?"' >/dev/null ||
    fail 'json of a name that is not UTF-8'

# and it is obeyed
short=$(seconds)
[ "$short" != "$usual" ] || fail 'the file did nothing'
[ "$(seconds --level standard)" != "$short" ] || fail 'the option did nothing'
[ "$(ROLLCALL_SETS=3 seconds)" != "$short" ] || fail 'the variable did nothing'
printf 'pace: yes\ndiscomfort: yes\n' >"$file"
[ "$(seconds)" != "$usual" ] || fail 'yes did nothing'
[ "$(seconds --no-pace --no-discomfort)" = "$usual" ] || fail 'no did nothing'

# one person's own, over the file and below the environment; nobody else's
export XDG_DATA_HOME=$work/data
printf 'level: standard\n' >"$file"
"$ROLLCALL" --profile anna config --keep --level gentle --sets 1 >kept.txt ||
    fail 'not kept'
[ "$(cat kept.txt)" = 'From now on for anna: level gentle, sets 1' ] ||
    fail "kept as $(cat kept.txt)"
"$ROLLCALL" config --keep --profile anna --minutes 9 --language de >/dev/null ||
    fail 'not kept beside it'
"$ROLLCALL" --profile anna config >a.txt
[ "$(row level <a.txt)" = 'gentle settings.yaml:3' ] || fail 'not her level'
[ "$(row minutes <a.txt)" = '9 settings.yaml:5' ] || fail 'not her minutes'
[ "$(row language <a.txt)" = 'de-de settings.yaml:2' ] || fail 'not in German'
[ "$("$ROLLCALL" config | row level)" = 'standard config.yaml:1' ] ||
    fail "somebody else's"
[ "$(ROLLCALL_LEVEL=deep "$ROLLCALL" --profile anna config | row level)" = \
    'deep ROLLCALL_LEVEL' ] || fail 'the environment over it'
"$ROLLCALL" --profile ben config --keep --level deep >/dev/null
[ "$(seconds --profile ben)" = "$(seconds --level deep)" ] ||
    fail 'his level is not obeyed'
for wrong in --output=desk --keep --level=depe --music=a.ogg \
    --music=$'/a\a' --music=$'/a\xff'; do
    status=0
    "$ROLLCALL" config --keep "$wrong" >wrong.txt 2>&1 || status=$?
    [ "$status" = 2 ] || fail "kept $wrong: $(cat wrong.txt)"
done
[ ! -e data/rollcall/settings.yaml ] || fail 'kept what is wrong'
echo 'output: desk' >data/rollcall/settings.yaml
"$ROLLCALL" plan lats --json 2>wrong.txt >/dev/null || fail 'no plan'
grep -q "settings.yaml:1:[0-9]*: error: 'output' is for" wrong.txt ||
    fail "$(cat wrong.txt)"

# where nothing can be written the reason is that, for whoever asks; root may
# write everywhere, and is not to here
unable=()
[ "$(id -u)" != 0 ] ||
    unable=(setpriv '--bounding-set=-dac_override,-dac_read_search')
mkdir closed
chmod 555 closed
denied() { # ARGUMENTS...
    status=0
    XDG_DATA_HOME=$work/closed "${unable[@]}" "$ROLLCALL" "$@" </dev/null \
        >denied.txt 2>&1 || status=$?
    [ "$status" = 1 ] && grep -q 'Permission denied' denied.txt ||
        fail "$*: $status, $(cat denied.txt)"
}
denied config --keep --level deep
denied --profile anna config --keep --level deep
denied new evening
denied setup --screening
unset XDG_DATA_HOME
rm "$file"

# wrong: told with its place, the rest counts, the session is there
printf 'levle: deep\nsets: 1\n' >"$file"
[ -n "$(seconds)" ] || fail 'a bad file kept a session from being'
grep -q "config.yaml:1:1: error: .*" plan.txt || fail 'no place'
grep -q "did you mean 'level'" plan.txt || fail 'no guess'
status=0
"$ROLLCALL" config >b.txt 2>/dev/null || status=$?
[ "$status" = 2 ] || fail "a bad file is $status"
[ "$(row sets <b.txt)" = '1 config.yaml:2' ] || fail 'the rest does not count'
status=0
ROLLCALL_LEVEL=gentel "$ROLLCALL" config 2>c.txt || status=$?
[ "$status" = 2 ] || fail "a bad variable is $status"
grep -q "ROLLCALL_LEVEL: .*did you mean 'gentle'" c.txt || fail 'no variable'

# so are a language, a person, a broker and its names, in every command
wrong_in_file() { # LINES PATTERN KEY: told by "config", and KEY is as usual
    printf '%b\n' "$1" >"$file"
    "$ROLLCALL" --help >/dev/null 2>&1 || fail "$1: no help"
    status=0
    "$ROLLCALL" config >f.txt 2>c.txt || status=$?
    [ "$status" = 2 ] || fail "$1: config ends with $status"
    grep -q "config.yaml:$2" c.txt || fail "$1: $(cat c.txt)"
    [[ $(row "$3" <f.txt) == *usual ]] || fail "$3 is $(row "$3" <f.txt)"
}
wrong_in_file 'sets: 1\nlanguage: xx' \
    "2:11: error: there is no language 'xx'; there are: " language
wrong_in_file 'profile: Anna' "1:10: error: a profile's name is" profile
wrong_in_file 'mqtt: {host: "a:b"}' "1:14: error: 'b' is no port" mqtt.host
wrong_in_file 'mqtt:\n  host: a\n  room: living room' \
    "3:9: error: 'living room' is no name" mqtt.room
wrong_in_file 'mqtt: {host: a, class: x/y}' "1:24: error: 'x/y'" mqtt.class
status=0
ROLLCALL_LANGUAGE=xx "$ROLLCALL" list 2>c.txt >/dev/null || status=$?
[ "$status" = 2 ] || fail 'a variable with no language'
grep -q "ROLLCALL_LANGUAGE: there is no language 'xx'" c.txt || fail 'which'

# and what is looked for where it is used
wrong_in_file 'routine: upperback' \
    "1: error: .*no routine .*upperback.*did you mean" routine
wrong_in_file 'music: /nowhere/calm' '1: error: /nowhere/calm: No such' music
wrong_in_file 'mqtt: {user: me}' \
    "1: error: 'mqtt.user' does nothing without 'mqtt.host'" mqtt.user
wrong_in_file 'mqtt: {password_file: /x, user: me}' \
    "1: error: 'mqtt.password_file' does nothing without 'mqtt.host'" \
    mqtt.password_file
[ "$("$ROLLCALL" config --mqtt here | row mqtt.user)" = 'me config.yaml:1' ] ||
    fail 'the broker of the command line does not count'
"$ROLLCALL" list >/dev/null 2>c.txt
[ ! -s c.txt ] || fail "nobody asked: $(cat c.txt)"
printf '%s\n' 'routine: upperback' 'music: /nowhere' 'mqtt:' '  user: me' \
    '  room: living room' >"$file"
XDG_RUNTIME_DIR=$work "$ROLLCALL" serve --no-mpris --host pipe \
    --output /dev/null 2>c.txt &
daemon=$!
for i in {1..600}; do
    grep -q 'rollcall: ready' c.txt && break
    kill -0 "$daemon" 2>/dev/null || fail "no daemon: $(cat c.txt)"
    sleep 0.05
done
XDG_RUNTIME_DIR=$work "$ROLLCALL" tell status --json |
    jq -e '.selected == "upper-back"' >/dev/null || fail 'not the usual routine'
kill "$daemon"
wait "$daemon"
daemon=
[ "$(grep -c 'config.yaml:[0-9:]* error' c.txt)" = 4 ] || fail "$(cat c.txt)"

"$ROLLCALL" doctor >c.txt 2>/dev/null || true
grep -q 'broken  settings .* has 4 errors' c.txt || fail "healthy: $(cat c.txt)"

# the example is a file that changes nothing, until its # go
"$ROLLCALL" config --example >"$file"
"$ROLLCALL" config >d.txt || fail 'the example is wrong'
grep -v 'usual$' d.txt | grep -v '^setting' && fail 'the example sets something'
sed -i -n 's/^#\([a-z_]*: ..*\|mqtt:\|  tls: no\)$/\1/p' "$file"
"$ROLLCALL" config >d.txt || fail 'the example without # is wrong'
printf 'language: de\n' >"$file"
"$ROLLCALL" plan upper-back --words >e.txt
grep -q ' und ' e.txt || fail 'no German'
