#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# "plan --svg": a drawing that is well formed and stays on its one page, for a
# quarter of an hour and for six hours.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

"$ROLLCALL" plan upper-back --svg short.svg >/dev/null
"$ROLLCALL" plan full-body --sets 20 --level deep --svg long.svg >/dev/null
"$ROLLCALL" plan lats --svg lats.svg >/dev/null
"$ROLLCALL" plan full-body --sets 9 --svg narrow.svg >/dev/null
"$ROLLCALL" plan full-body --svg single.svg >/dev/null
python3 - <<'P'
import sys
import xml.etree.ElementTree as xml

SVG = "{http://www.w3.org/2000/svg}"

def look(file, wanted):
    root = xml.parse(file).getroot()
    width, height = (float(v) for v in root.get("viewBox").split()[2:])
    if (root.get("width"), root.get("height")) != ("297mm", "210mm"):
        sys.exit("FAILED: %s is no A4 page" % file)
    for box in root.iter(SVG + "rect"):
        x, y, w, h = (float(box.get(k) or 0)
                      for k in ("x", "y", "width", "height"))
        if x < 0 or y < 0 or x + w > width + 0.1 or y + h > height + 0.1:
            sys.exit("FAILED: %s leaves the page at %g, %g" % (file, x, y))
    texts = [t.text for t in root.iter(SVG + "text")]
    for text in wanted:
        if text not in texts:
            sys.exit("FAILED: %s has no %r, but %r" % (file, text, texts))

look("short.svg", ["Upper back release", "Trapezius 1/3", "rest",
                   "Latissimus 1/3 left", "Latissimus 1/3 right", "spoken"])
look("long.svg", ["Full body"])
look("lats.svg", ["3/3 left"]) # where its name does not fit
look("narrow.svg", ["2/9 L", "2/9 R"])
look("single.svg", ["Calves left", "Belly breathing"])
P

# A picture that cannot be written leaves the one that was there.
echo mine >old.svg
(
    trap '' XFSZ
    ulimit -f 0
    "$ROLLCALL" plan lats --svg old.svg 2>&1 | grep -q 'old.svg: cannot be written'
) || { echo "FAILED: a full disk is told" >&2; exit 1; }
[ "$(cat old.svg)" = mine ] || { echo "FAILED: the old one is gone" >&2; exit 1; }
ls | grep -v '^[a-z]*\.svg$' && { echo "FAILED: something is left" >&2; exit 1; }
"$ROLLCALL" plan lats --svg /dev/stdout | cmp -s - lats.svg ||
    { echo "FAILED: no picture on stdout" >&2; exit 1; }
echo ok
