#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The layering test fails where it should: one forbidden include at a time in a
# small tree of its own.
set -euo pipefail
house=$(cd "$(dirname "$0")" && pwd)
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
failed=0

expect() { # STATUS MODULE INCLUDE
    local status=0
    rm -rf "$tree/src"
    mkdir -p "$tree/src/$2"
    printf '#include %s\n' "$3" >"$tree/src/$2/x.c"
    bash "$house/layering.sh" "$tree" >/dev/null || status=$?
    if ((status != $1)); then
        echo "$2 with #include $3: status $status, not $1"
        failed=1
    fi
}

expect 0 session '"plan/plan.h"'
expect 0 session '<string.h>'
expect 0 session '"session/state.h"'
expect 0 listen '<pocketsphinx.h>'
expect 0 cli '"listen/listener.h"'
expect 1 session '"speech/speech.h"'
expect 1 session '<pocketsphinx.h>'
expect 1 session '<libfyaml.h>'
expect 1 base '"yaml/yaml.h"'
expect 1 pcm '"base/diag.h"'
expect 1 speech '"audio/clip.h"'
expect 1 listen '"speech/speech.h"'
expect 1 app '"cli/commands.h"'
expect 1 routine '<libfyaml.h>'
expect 1 plan '<espeak-ng/speak_lib.h>'
expect 1 app '<sndfile.h>'
expect 1 audio '<jansson.h>'
expect 1 session ' "audio/mixer.h"'
expect 1 session '<sphinxbase/err.h>'
expect 1 speech '<soxr.h>'
expect 1 plan '<ebur128.h>'
expect 1 rumour '<string.h>'
exit "$failed"
