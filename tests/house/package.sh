#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Usage: package.sh FILE.deb    (as root; "./run package test" does it)
# Lintian has nothing to say, and in a fresh Debian 12 the package installs,
# runs, and is removed without a trace.  Takes minutes and needs the network.
set -euo pipefail
deb=$(readlink -f "${1:?}")
mirror=${MIRROR-} # empty: the usual one
suite=${SUITE:-bookworm}

fail() {
    echo "FAILED: $*" >&2
    exit 1
}
for tool in lintian debootstrap; do
    command -v $tool >/dev/null || fail "install $tool first"
done
((EUID == 0)) || fail 'a fresh Debian can only be made by root'
work=$(mktemp -d)
trap 'rm -rf --one-file-system "$work"' EXIT
root=$work/root

# only the archive of Debian itself wants a bug closed by a first package
lintian --fail-on error,warning --suppress-tags initial-upload-closes-no-bugs \
    "$deb" 2>"$work/lintian.txt" ||
    { cat "$work/lintian.txt"; fail 'lintian'; }
echo 'lintian has nothing to say'

debootstrap --variant=minbase "$suite" "$root" ${mirror:+"$mirror"} \
    >"$work/log" 2>&1 ||
    { tail -n 5 "$work/log"; fail 'debootstrap'; }
if [ -s /etc/apt/apt.conf ] || compgen -G '/etc/apt/apt.conf.d/*proxy*' >&2; then
    cp /etc/apt/apt.conf.d/*proxy* "$root/etc/apt/apt.conf.d/" 2>/dev/null ||
        true
fi
cp "$deb" "$root/rollcall.deb"
inside() {
    chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root \
        LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"
}
everything() { # but what apt and dpkg keep for themselves
    (cd "$root" && find . -xdev \( -path ./var/lib/dpkg -o -path ./var/cache \
        -o -path ./var/lib/apt -o -path ./var/log -o -path ./proc \
        -o -path ./tmp -o -path ./dev \) -prune -o -print) | sort
}
inside apt-get update -qq
# what it depends on comes first, so that only it is looked at
inside apt-get install -qq -y --no-install-recommends /rollcall.deb \
    >"$work/log" 2>&1 || { tail -n 5 "$work/log"; fail 'apt-get install'; }
inside dpkg --remove rollcall >"$work/log"
everything >"$work/before.txt"
inside dpkg --install /rollcall.deb >"$work/log" || fail 'dpkg --install'
inside rollcall --version
inside rollcall list | grep -q '^upper-back ' || fail 'no routine'
inside rollcall render lats --sets 1 -o /tmp/lats.opus --events /tmp/lats.jsonl ||
    fail 'it cannot render'
[ "$(stat -c %s "$root/tmp/lats.opus")" -gt 100000 ] || fail 'a short session'
inside rollcall listen /tmp/lats.opus || fail 'it cannot listen'
inside rollcall config >/dev/null || fail 'no settings'
status=0
inside rollcall doctor || status=$?
((status == 1)) || fail "a machine without sound is $status"
inside dpkg --verify rollcall | grep . && fail 'files were changed'
rm -rf "$root/root/.cache" "$root/root/.local"
inside dpkg --purge rollcall >"$work/log" || fail 'dpkg --purge'
everything | diff "$work/before.txt" - || fail 'it left something behind'
echo 'it installs, runs, and goes without a trace'
