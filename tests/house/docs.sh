#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What the pages say is there: the files they link and name, the commands and
# options in their examples, the settings, the events, the modules.
set -euo pipefail
cd "${ROLLCALL_SOURCE:-$(dirname "$0")/../..}"
problems=0
problem() {
    echo "$*"
    problems=$((problems + 1))
}
pages=(README.md CONTRIBUTING.md CHANGELOG.md docs/*.md)

# links lead somewhere
while IFS=: read -r page line link; do
    link=${link#*](}
    link=${link%%)*}
    [[ $link == *://* || $link == '#'* ]] && continue
    [[ -e $(dirname "$page")/${link%%#*} ]] ||
        problem "$page:$line: there is no $link"
done < <(grep -noE '\]\([^)]*\)' "${pages[@]}")

# files of the tree that are named
while IFS=: read -r page line file; do
    file=${file//\`/}
    [[ $file == *[A-Z*]* && $file != */* ]] && continue
    [[ $file == *NAME* || $file == *MODULE* || $file == *LANG* ]] && continue
    compgen -G "$file" >/dev/null || compgen -G "${file%/}" >/dev/null ||
        problem "$page:$line: there is no $file"
done < <(grep -noE '`(src|docs|tests|voices|routines|install|cmake)/[^` ]*`' \
    "${pages[@]}")

# every module has its place in the design, and may include there what it may
# in layering.sh
for module in src/*/; do
    module=$(basename "$module")
    row=$(grep "^| \`$module\` |" docs/design.md) || {
        problem "docs/design.md: no module '$module' in the table"
        continue
    }
    told=$(cut -d'|' -f4 <<<"$row" | xargs)
    rule=$(sed -nE "s/^ *\[$module\]='(.*)'/\1/p" tests/house/layering.sh)
    case $told in
    -) told= ;;
    all | 'all but cli') told=$rule ;;
    esac
    [[ $told == "$rule" ]] ||
        problem "docs/design.md: '$module' may include '$rule', not '$told'"
done

# commands and options in examples, indented by four
declare -A help
while IFS=: read -r page line text; do
    text=${text#"${text%%[![:space:]]*}"}
    read -ra words <<<"${text//|/ | }"
    command=${words[1]-}
    [[ $command =~ ^[a-z]+$ ]] || continue
    case ${words[0]} in
    ./run)
        [[ $command =~ ^(test|bench|package|cross|help)$ ]] && continue
        ;;
    rollcall) ;;
    *) continue ;;
    esac
    if [[ ! ${help[$command]-} ]]; then
        help[$command]=$("$ROLLCALL" "$command" --help 2>/dev/null) ||
            help[$command]=none
    fi
    if [[ ${help[$command]} == none ]]; then
        problem "$page:$line: there is no command '$command'"
        continue
    fi
    for word in "${words[@]:2}"; do
        [[ $word == '|' ]] && break
        [[ $word == --[a-z]* ]] || continue
        [[ $word =~ ^--(language|profile|help) ]] && continue
        grep -q -- "${word%%=*}\b" <<<"${help[$command]}" ||
            problem "$page:$line: '$command' has no option ${word%%=*}"
    done
done < <(grep -nE '^    (\./run|rollcall) [a-z]' "${pages[@]}")

# every command is told of
for command in $("$ROLLCALL" complete command); do
    grep -qE "(\./run|rollcall) $command\b" README.md docs/*.md ||
        problem "no page tells of 'rollcall $command'"
done

# events: those of the page are those a hook can be for
while read -r event; do
    grep -q "\"$event\"" src/app/hook_list.c ||
        problem "docs/events.md: no hook can be for '$event'"
done < <(sed -nE 's/^\| (`[a-z_`, ]*) \|.*/\1/p' docs/events.md |
    tr -d '`,' | tr ' ' '\n')

if ((problems)); then
    echo "$problems problem(s)"
    exit 1
fi
echo "${#pages[@]} pages tell of what is there"
