#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What is kept of a session, and how it is shown, exported and deleted.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export XDG_DATA_HOME=$work/data XDG_CACHE_HOME=$work/cache TZ=EAST-2
unset ROLLCALL_PROFILE

fail() {
    echo "FAILED: $*" >&2
    exit 1
}

"$ROLLCALL" history >out || fail "no history is no failure"
grep -q "no history yet" out || fail "it says that there is none"

# A session that is broken off at once makes the file.
begun() {
    "$ROLLCALL" "$@" play lats --no-screening --host pipe \
        --output sound.raw </dev/null 2>err &
    pid=$!
    for _ in $(seq 1500); do
        [ -s sound.raw ] && break
        sleep 0.02
    done
    kill -INT $pid
    wait $pid || true
    rm -f sound.raw
}
begun
db=$XDG_DATA_HOME/rollcall/history.db
[ "$(stat -c %a "$db")" = 600 ] || fail "it is its owner's alone"
[ "$(sqlite3 "$db" 'SELECT count(*) FROM sessions')" = 1 ] || fail "a row"
[ "$(sqlite3 "$db" 'PRAGMA user_version')" = 2 ] || fail "the schema's version"

sqlite3 "$db" <<'SQL'
DELETE FROM sessions;
INSERT INTO sessions VALUES
 (7, 'a', strftime('%s','now') - 86400, 120, 'lats', 'Sides <b>&', 'gentle',
  'full', 300, 'completed'),
 (8, 'b', strftime('%s','now'), 120, 'lats', '=1+1', 'deep', 'full', 0, NULL);
INSERT INTO segments VALUES
 (7, 0, 'lats', 'Lats', 1, 2, 'left', 60, 60, 'done'),
 (7, 1, 'lats', 'Lats', 1, 2, 'right', 60, 30, 'shortened'),
 (8, 0, 'lats', '=Lats', 1, 2, 'left', 60, 70, 'done');
INSERT INTO muscles VALUES (7, 0, 'latissimus dorsi'),
 (7, 1, 'latissimus dorsi'), (8, 0, 'latissimus dorsi');
INSERT INTO commands VALUES (7, 12.5, 'more_time', 'voice', 1);
INSERT INTO remarks VALUES (7, 1, 'discomfort_before', '7'),
 (7, 290, 'discomfort_after', '4'), (7, 99, 'pain', 'told, lats, left');
SQL

"$ROLLCALL" history >out || fail "the list"
grep -q '^   7 .* 1 done, 1 shortened, pain, discomfort 7 to 4$' out ||
    fail "a session in the list"
grep -q '^   8 .* broke off$' out || fail "one that broke off"
grep -q 'Streak: 2 days' out || fail "the streak"
grep -q 'latissimus dorsi *right *0.5 min, last yesterday' out ||
    fail "muscles by side"

"$ROLLCALL" history --json >out.json || fail "JSON"
jq -e '.summary.streak == 2 and .sessions[0].windows[1].done == 30
    and .sessions[0].commands[0].source == "voice"
    and .sessions[1].ended == null
    and .sessions[0].discomfort_after == 4' out.json >/dev/null ||
    fail "what JSON tells"
"$ROLLCALL" history --export all.json || fail "the export"
cmp -s all.json out.json || fail "the export is the same"
[ "$(stat -c %a all.json)" = 600 ] || fail "an export is its owner's alone"
"$ROLLCALL" history --csv >out.csv || fail "CSV"
[ "$(wc -l <out.csv)" = 4 ] || fail "a line for each window"
grep -q "\"'=Lats\"" out.csv || fail "no formula for a sheet"

"$ROLLCALL" history --html page.html || fail "the page"
grep -q 'Sides &lt;b&gt;&amp;' page.html || fail "text is text"
grep -q 'prefers-color-scheme:dark' page.html || fail "by night"
grep -qiE '<script|https?://|@import|url\(' page.html &&
    fail "the page needs nothing else"
if command -v xmllint >/dev/null; then
    xmllint --html --noout page.html 2>lint || true
    grep -v 'Tag s\|svg\|section\|^ *\^\|rect\|text\|line\|poly' lint |
        grep -q 'error' && fail "the page is well formed"
fi
"$ROLLCALL" history --html /nowhere/page.html 2>err && fail "no such folder"
grep -q '/nowhere/page.html' err || fail "it names the file"

# What is beside it is somebody's own; a link stays one, and so does a device.
echo mine >page.html.new
ln -s page.html link.html
"$ROLLCALL" history --html link.html || fail "the page behind a link"
[ -L link.html ] || fail "the link is gone"
[ "$(cat page.html.new)" = mine ] || fail "a file beside the page is gone"
"$ROLLCALL" history --export /dev/stdout | cmp -s - all.json ||
    fail "the export on stdout"

# One at a time: nobody's session is deleted in place of being exported.
at_once() {
    status=0
    "$ROLLCALL" history "$@" >out 2>err </dev/null || status=$?
    [ "$status" = 2 ] && [ ! -s out ] && grep -q 'at a time' err ||
        fail "$*: status $status"
}
at_once --delete 7 --export kept.json
at_once --delete-all --yes --json
at_once --delete 7 --delete 8
at_once --html p.html --export p.json
at_once --csv --json
at_once --profiles --delete-all --yes
ls | grep -E '^(kept|p)\.' && fail "something was written"
[ "$(sqlite3 "$db" 'SELECT count(*) FROM sessions')" = 2 ] ||
    fail "something was deleted"

# What it offers: nine days without the lats, whose right side had less; calves
# as usual.  And how the discomfort goes.
offers=$work/offers
mkdir -p "$offers/rollcall"
sqlite3 "$db" "VACUUM INTO '$offers/rollcall/history.db'"
sqlite3 "$offers/rollcall/history.db" <<'SQL'
DELETE FROM sessions; DELETE FROM segments; DELETE FROM muscles;
DELETE FROM commands; DELETE FROM remarks;
WITH RECURSIVE day(n) AS (SELECT 0 UNION SELECT n + 1 FROM day WHERE n < 2)
INSERT INTO sessions SELECT n + 1, n, strftime('%s','now') - 86400 * n, 120,
    'calves', 'Calves', 'gentle', 'full', 300, 'completed' FROM day;
INSERT INTO sessions VALUES (9, 'c', strftime('%s','now') - 9 * 86400, 120,
    'lats', 'Sides', 'gentle', 'full', 300, 'completed');
INSERT INTO segments VALUES
 (1, 0, 'calves', 'Calves', 1, 1, '', 90, 90, 'done'),
 (2, 0, 'calves', 'Calves', 1, 1, '', 90, 90, 'done'),
 (3, 0, 'calves', 'Calves', 1, 1, '', 90, 90, 'done'),
 (9, 0, 'lats', 'Lats', 1, 1, 'left', 150, 150, 'done'),
 (9, 1, 'lats', 'Lats', 1, 1, 'right', 150, 60, 'shortened');
INSERT INTO muscles VALUES (1, 0, 'gastrocnemius'), (2, 0, 'gastrocnemius'),
 (3, 0, 'gastrocnemius'), (9, 0, 'latissimus dorsi'),
 (9, 1, 'latissimus dorsi');
INSERT INTO remarks VALUES (9, 1, 'discomfort_before', '8'),
 (3, 1, 'discomfort_before', '6'), (2, 1, 'discomfort_before', '4'),
 (1, 1, 'discomfort_before', '2'), (1, 290, 'discomfort_after', '1');
SQL
offered() { # LINE...: each is in the list, in the language that is set
    XDG_DATA_HOME=$offers "$ROLLCALL" history >out || fail "what it offers"
    for line; do
        grep -qF -- "$line" out || { cat out >&2; fail "offered: $line"; }
    done
}
offered 'Due: latissimus dorsi, last 9 days ago: rollcall play lats' \
    'As usual, 3 times in 28 days: rollcall play calves' \
    'latissimus dorsi, the right side had 1.0 minutes and the other 2.5.' \
    'a session takes away 1.0 on the average.  Before a session it falls by 3.9'
ROLLCALL_LANGUAGE=de offered \
    'An der Reihe: latissimus dorsi, zuletzt vor 9 Tagen: rollcall play lats' \
    'Wie immer, 3 Mal in 28 Tagen: rollcall play calves' \
    'latissimus dorsi, rechts 1,0 Minuten, auf der anderen Seite 2,5.' \
    'Vor der Sitzung sinkt es um 3,9 je Woche.'

# Words that are damaged are told with their place, and nothing is shown.
cp -RL "$ROLLCALL_SHARE" share
sed -i 's/^due: .*/due: "{muscel}"/; /^usual: /d' \
    share/voices/en-us/history.yaml
status=0
ROLLCALL_SHARE=$PWD/share "$ROLLCALL" history >out 2>err || status=$?
[ "$status" = 2 ] && [ ! -s out ] || fail "damaged words: status $status"
grep -q "history.yaml:38:.*'due' has no value {muscel}; it may hold: muscle" \
    err || fail "which value is unknown"
grep -q "the text 'usual' is missing" err || fail "which text is missing"

# As German readers write numbers and days; nothing is left in English.
export ROLLCALL_LANGUAGE=de-de
sqlite3 "$db" "UPDATE sessions SET started = 1772448300 WHERE id = 7"
"$ROLLCALL" history >out || fail "the German list"
grep -q '^   7  02.03.2026 12:45 .* 1,5 min  1 gemacht, 1 verkürzt, Schmerz' \
    out || fail "a session in German"
grep -q 'latissimus dorsi *rechts *0,5 min, zuletzt vor [0-9]* Tagen' out ||
    fail "sides in German"
"$ROLLCALL" history --html seite.html || fail "the German page"
grep -q '<html lang="de-de">' seite.html || fail "the page's language"
grep -q '>Muskeln, in den letzten vier Wochen<' seite.html || fail "its words"
sed '/<style>/,/<\/style>/d' seite.html |
    grep -qiwE 'minutes|sessions|weeks|muscles|left|streak' &&
    fail "English is left in the German page"
"$ROLLCALL" history --json | cmp -s - <(
    ROLLCALL_LANGUAGE=en-us "$ROLLCALL" history --json) ||
    fail "programs read the same in every language"
echo nein | "$ROLLCALL" history --delete-all 2>/dev/null |
    grep -q 'Nichts wurde' || fail "it asks in German"
unset ROLLCALL_LANGUAGE

"$ROLLCALL" history --delete 9 2>err && fail "there is no session 9"
"$ROLLCALL" history --delete 7 | grep -q 'Session 7 is deleted' || fail "one"
echo n | "$ROLLCALL" history --delete-all 2>/dev/null >out
grep -q 'Nothing was deleted' out || fail "it asks first"
[ "$(sqlite3 "$db" 'SELECT count(*) FROM segments')" = 1 ] || fail "one is left"
"$ROLLCALL" history --delete-all --yes >out || fail "all"
grep -aq latissimus "$XDG_DATA_HOME"/rollcall/history.db* &&
    fail "nothing is left on the disk"

"$ROLLCALL" history --profiles | grep -q 'There is none' || fail "nobody yet"

# Somebody else's is somebody else's.
begun --profile anna
[ -s "$XDG_DATA_HOME/rollcall/profiles/anna/history.db" ] || fail "Anna's own"
"$ROLLCALL" history >out
grep -q 'no session in it' out || fail "not mixed up"
"$ROLLCALL" history --profile=anna | grep -q ' lats ' || fail "Anna's list"
[ "$("$ROLLCALL" history --profiles)" = anna ] || fail "who there is"
status=0
"$ROLLCALL" --profile ../x history 2>err || status=$?
[ "$status" = 2 ] || fail "a name is no path"

# A newer one, a damaged one.
sqlite3 "$db" 'PRAGMA user_version = 99'
begun
grep -q 'newer rollcall' err || fail "a newer history is left alone"
[ "$(sqlite3 "$db" 'PRAGMA user_version')" = 99 ] || fail "untouched"
echo ok
