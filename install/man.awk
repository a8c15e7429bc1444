# SPDX-License-Identifier: GPL-3.0-or-later
# A page of docs/ as a manual page: headings, paragraphs, lists, tables and
# indented or fenced examples, which is all that docs/ uses.
# Usage: awk -v name=rollcall-routine -v section=5 -v about=... -f man.awk PAGE
function text(line) {
    gsub(/\\/, "\\e", line)
    gsub(/-/, "\\-", line)
    gsub(/`/, "", line)
    gsub(/\*\*/, "", line)
    while (match(line, /\[[^]]*\]\([^)]*\)/)) {
        label = substr(line, RSTART + 1, RLENGTH)
        sub(/\].*/, "", label)
        line = substr(line, 1, RSTART - 1) label substr(line, RSTART + RLENGTH)
    }
    if (line ~ /^[.']/) line = "\\&" line
    return line
}
function verbatim(line) {
    gsub(/\\/, "\\e", line)
    gsub(/-/, "\\-", line)
    if (line ~ /^[.']/) line = "\\&" line
    print line
}
function begin(kind) {
    if (open == kind) return
    if (open == "example") print ".EE\n.RE\n.PP"
    open = kind
    if (kind == "example") print ".PP\n.RS 2\n.EX"
}
BEGIN {
    printf ".TH %s %s \"\" rollcall\n", toupper(name), section
    printf ".SH NAME\n%s \\- %s\n.SH DESCRIPTION\n", name, about
}
/^```/ { fenced = !fenced; begin(fenced ? "example" : ""); next }
fenced { verbatim($0); next }
/^    / && (open == "example" || blank) {
    begin("example")
    verbatim(substr($0, 5))
    next
}
/^$/ {
    if (open != "example") print ".PP"
    else print ""
    blank = 1
    next
}
{ begin(""); blank = 0 }
/^# / { next }
/^## / { print ".SH " toupper(text(substr($0, 4))); next }
/^### / { print ".SS " text(substr($0, 5)); next }
/^\| ?-/ { next }
/^\|/ {
    line = $0
    gsub(/^\| *| *\|$/, "", line)
    cut = index(line, "|")
    print ".TP\n.B " text(substr(line, 1, cut - 1))
    rest = substr(line, cut + 1)
    gsub(/\|/, ";", rest)
    sub(/^ */, "", rest)
    print text(rest)
    next
}
/^- / { print ".IP \\(bu 2\n" text(substr($0, 3)); next }
/^[0-9]+\. / { print ".IP " $1 " 4\n" text(substr($0, length($1) + 2)); next }
{ print text($0) }
END { begin("") }
