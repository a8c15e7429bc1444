#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Usage: install.sh BUILD
# What "cmake --install" puts down is whole: the program runs from there, every
# page, unit, completion and entry is one that its reader accepts.
set -euo pipefail
build=${1:?}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unset ROLLCALL_SHARE # the installed one is to be found
export XDG_CONFIG_HOME=$work XDG_DATA_HOME=$work HOME=$work

fail() {
    echo "FAILED: $*" >&2
    exit 1
}
there() { # COMMAND
    command -v "$1" >/dev/null
}

cmake --install "$build" --prefix "$work/usr" >"$work/log" ||
    { tail -n 5 "$work/log"; fail 'not installed'; }
cd "$work/usr"
for file in bin/rollcall share/rollcall/voices/en-us/phrases.yaml \
    share/rollcall/voices/de-de/phrases.yaml \
    share/rollcall/routines/upper-back.yaml share/man/man1/rollcall.1.gz \
    share/man/man5/rollcall-routine.5.gz \
    share/bash-completion/completions/rollcall \
    share/zsh/site-functions/_rollcall \
    share/fish/vendor_completions.d/rollcall.fish \
    share/applications/rollcall.desktop \
    share/metainfo/rollcall.metainfo.xml \
    share/icons/hicolor/scalable/apps/rollcall.svg \
    lib/systemd/user/rollcall.service lib/systemd/system/rollcall.service \
    share/doc/rollcall/copyright share/doc/rollcall/changelog.gz; do
    [ -s "$file" ] || fail "$file is not there"
done
find . -type f -path './share/rollcall/*' ! -name '*.yaml' ! -name '*.json' |
    grep . && fail 'these do not belong there'

bin/rollcall list >list.txt || fail 'it does not run'
grep -q '^upper-back ' list.txt || fail 'no routine'

# manual pages: every command has its entry, and nothing is amiss for man
gunzip -c share/man/man1/rollcall.1.gz >rollcall.1
for command in $(bin/rollcall complete command); do
    grep -q "^\.B[I]* $command\b" rollcall.1 ||
        fail "rollcall(1) does not tell of '$command'"
done
if there man; then
    for page in share/man/man1/rollcall.1.gz \
        share/man/man5/rollcall-routine.5.gz; do
        LC_ALL=C.UTF-8 MANROFFSEQ='' MANWIDTH=80 man --warnings -l "$page" \
            2>&1 >page.txt | grep . && fail "$page"
        [ "$(wc -l <page.txt)" -gt 50 ] || fail "$page is short"
    done
fi

# bash completes what the program knows
completed() { # WORDS...: what the last of them may become
    PATH=$work/usr/bin:$PATH bash -c '
        . share/bash-completion/completions/rollcall
        COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
        _rollcall "$1"
        printf "%s\n" "${COMPREPLY[@]}"' bash "$@" | sort | tr '\n' ' '
}
[[ $(completed rollcall pl) == 'plan play ' ]] || fail 'commands'
[[ $(completed rollcall play upper) == 'upper-back '* ]] || fail 'routines'
[[ $(completed rollcall play lats --level '') == 'deep gentle standard ' ]] ||
    fail 'levels'
[[ $(completed rollcall render --voice ca) == 'calm ' ]] || fail 'voices'
[[ $(completed rollcall plan --sv) == '--svg ' ]] || fail 'options'
[[ $(completed rollcall --language de plan up) == 'upper-back '* ]] ||
    fail 'behind a language'
[[ $(completed rollcall --profile anna plan up) == 'upper-back '* ]] ||
    fail 'behind a profile'
[[ $(completed rollcall --profile = anna plan up) == 'upper-back '* ]] ||
    fail 'behind a profile, as bash splits it'

# zsh, by what its function would offer; fish, by its own answer
if there zsh; then
    zsh -n share/zsh/site-functions/_rollcall || fail zsh
    offered() { # WORDS...: as completed
        PATH=$work/usr/bin:$PATH zsh -f -c '
            compadd() { shift; print -l -- $@ }
            _call_program() { shift; "$@" }
            _files() { }
            words=("$@") CURRENT=$#
            offer() { source share/zsh/site-functions/_rollcall }
            offer' zsh "$@" | sort | tr '\n' ' '
    }
    [[ " $(offered rollcall pl)" == *' plan '* ]] || fail 'zsh: commands'
    [[ " $(offered rollcall play up)" == *' upper-back '* ]] ||
        fail 'zsh: routines'
    [[ $(offered rollcall play lats --level '') == 'deep gentle standard ' ]] ||
        fail 'zsh: levels'
    [[ $(offered rollcall --language de render --voice '') == *'calm '* ]] ||
        fail 'zsh: behind a language'
fi
if there fish; then
    fish -n share/fish/vendor_completions.d/rollcall.fish || fail fish
    answered() { # LINE
        PATH=$work/usr/bin:$PATH fish -c '
            source share/fish/vendor_completions.d/rollcall.fish
            complete -C $argv[1]' "$1" | sort | tr '\n' ' '
    }
    [[ $(answered 'rollcall pl') == 'plan play ' ]] || fail 'fish: commands'
    [[ $(answered 'rollcall play upper') == 'upper-back '* ]] ||
        fail 'fish: routines'
    [[ $(answered 'rollcall play lats --level ') == 'deep gentle standard ' ]] ||
        fail 'fish: levels'
    [[ $(answered 'rollcall --language de render --voice ca') == 'calm ' ]] ||
        fail 'fish: behind a language'
fi

! there desktop-file-validate ||
    desktop-file-validate share/applications/rollcall.desktop || fail 'desktop'
! there appstreamcli ||
    appstreamcli validate --no-net share/metainfo/rollcall.metainfo.xml \
        >log.txt || { cat log.txt; fail 'metainfo'; }
! there xmllint || xmllint --noout share/icons/hicolor/scalable/apps/*.svg ||
    fail 'icon'
if there systemd-analyze; then
    for unit in lib/systemd/*/rollcall.service; do
        mkdir -p units
        sed "s|^ExecStart=[^ ]*|ExecStart=$work/usr/bin/rollcall|" "$unit" \
            >units/rollcall.service
        systemd-analyze verify --man=no units/rollcall.service 2>&1 |
            grep 'rollcall\.service' && fail "$unit"
    done
fi
echo 'all of it is there and in order'
