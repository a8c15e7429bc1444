#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Usage: layering.sh [TREE]
# Fails on an include that the layers (docs/design.md) forbid: of a module that
# may not be known there, or of a library that only some modules may touch.
set -euo pipefail
cd "${1:-${ROLLCALL_SOURCE:-$(dirname "$0")/../..}}"

declare -A may_use=(
    [base]=''
    [pcm]=''
    [yaml]='base'
    [routine]='yaml base'
    [plan]='routine yaml base'
    [session]='plan routine base'
    [speech]='yaml pcm base'
    [listen]='yaml pcm base'
    [audio]='pcm base'
    [control]='session plan routine base'
    [history]='base'
    [app]='control session plan routine yaml speech listen audio history pcm base'
    [cli]='app control session plan routine yaml speech listen audio history pcm base'
)

# header pattern -> modules that may include it
libraries=(
    '^(pocketsphinx|sphinxbase/|ps_search)|listen'
    '^espeak|speech'
    '^(portaudio|pa_|alsa/|asoundlib|jack/|sndfile)|audio'
    '^jansson|control app cli'
    '^uv|control'
    '^systemd/|control audio'
    '^mosquitto|control'
    '^libfyaml|yaml'
    '^sqlite3|history'
    '^speex/|listen audio'
    '^soxr|pcm audio'
    '^ebur128|speech audio'
    '^argp|cli'
)

problems=0
problem() { # FILE:LINE MESSAGE
    echo "$1: $2"
    problems=$((problems + 1))
}

check_module() { # PLACE MODULE INCLUDED
    local other=${3%%/*}
    [[ $3 == */* ]] || return 0
    [[ -v may_use[$other] && $other != "$2" ]] || return 0
    [[ " ${may_use[$2]} " == *" $other "* ]] ||
        problem "$1" "$2 may not include $3"
}

check_library() { # PLACE MODULE INCLUDED
    local rule modules
    for rule in "${libraries[@]}"; do
        modules=${rule##*|}
        [[ $3 =~ ${rule%|*} && " $modules " != *" $2 "* ]] || continue
        problem "$1" "<$3> belongs to $modules, not to $2"
    done
}

for folder in src/*/; do
    module=$(basename "$folder")
    if [[ ! -v may_use[$module] ]]; then
        problem "$folder" "is no module that the layers know"
        continue
    fi
    while IFS=: read -r file line text; do
        [[ $text =~ \#[[:space:]]*include[[:space:]]*[\<\"]([^\>\"]+) ]] ||
            continue
        check_module "$file:$line" "$module" "${BASH_REMATCH[1]}"
        check_library "$file:$line" "$module" "${BASH_REMATCH[1]}"
    done < <(grep -rnHE '^[[:space:]]*#[[:space:]]*include' "$folder" \
        --include='*.c' --include='*.h' || true)
done

if ((problems)); then
    echo "$problems forbidden include(s)"
    exit 1
fi
echo 'every include is allowed'
