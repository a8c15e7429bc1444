#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Usage: cross.sh ARCHITECTURE 'LIBRARIES...' 'TOOLS...'   (as root;
# "./run cross arm64" does it)
# In a Debian 12 of its own: rollcall is built for ARCHITECTURE with Debian's
# libraries of it, packaged, and passes every test that needs no sound device
# under qemu.  Takes long and needs the network; build/cross-ARCHITECTURE is kept
# and makes the next time shorter.
set -euo pipefail
architecture=${1:?} libraries=${2:?} tools=${3:?}
source=$(cd "$(dirname "$(readlink -f "$0")")/../.." && pwd)
folder=${CROSS_FOLDER:-$source/build/cross-$architecture}
root=$folder/root
mirror=${MIRROR-} # empty: the usual one
suite=${SUITE:-bookworm}
# They need a sound server, look at the tree or at this machine's objects and not
# at the program, keep real time, which an emulator does not, or start a program
# from a program.
skip=(-LE 'room|house'
    -E 'faults/|callback_symbols|cli/language_test|app/again_test')

fail() {
    echo "FAILED: $*" >&2
    exit 1
}
[[ -f $source/cmake/$architecture.cmake ]] ||
    fail "there is no cmake/$architecture.cmake"
command -v debootstrap >/dev/null || fail 'install debootstrap first'
((EUID == 0)) || fail 'a Debian of its own can only be made by root'
if [[ ! ${CROSS_INSIDE-} ]]; then # mounts that nobody else sees, and that go
    exec env CROSS_INSIDE=yes unshare --mount bash "$0" "$@"
fi

inside() {
    chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root \
        LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"
}
quietly() { # COMMAND...: what it says only where it fails
    "$@" >"$folder/log" 2>&1 || {
        tail -n 15 "$folder/log"
        fail "$*"
    }
}

mkdir -p "$folder"
if [[ ! -e $root/made ]]; then
    echo "making a Debian $suite in $root"
    rm -rf --one-file-system "$root"
    quietly debootstrap --variant=minbase "$suite" "$root" ${mirror:+"$mirror"}
    cp /etc/apt/apt.conf.d/*proxy* "$root/etc/apt/apt.conf.d/" 2>/dev/null || true
    inside dpkg --add-architecture "$architecture"
    echo '127.0.0.1 localhost' >"$root/etc/hosts"
    touch "$root/made"
fi
mkdir -p "$root/src" "$root/build"
mount --bind "$source" "$root/src"
mount -o remount,bind,ro "$root/src"
mount --rbind /dev "$root/dev" # with its terminals
mount -t proc proc "$root/proc"
quietly inside apt-get update -q
read -ra libraries <<<"$libraries"
read -ra tools <<<"$tools"
quietly inside apt-get install -q -y --no-install-recommends \
    "crossbuild-essential-$architecture" qemu-user-static "${tools[@]}" \
    "${libraries[@]/%/:$architecture}"

# as it is packaged: with Debian's flags
flags=$(inside env DEB_HOST_ARCH="$architecture" dpkg-buildflags --get CFLAGS)
quietly inside cmake -S /src -B /build -G Ninja \
    -DCMAKE_TOOLCHAIN_FILE="/src/cmake/$architecture.cmake" \
    -DCMAKE_INSTALL_PREFIX=/usr -DCMAKE_BUILD_TYPE=None \
    -DCMAKE_C_FLAGS="$flags" -DROLLCALL_WERROR=ON -DROLLCALL_BENCH=OFF \
    -DROLLCALL_ZSH_DIR=share/zsh/vendor-completions
quietly inside nice ninja -C /build -j "$(nproc)"
inside file -b /build/bin/rollcall
quietly inside sh -c 'cd /build && rm -f ./*.deb && cpack'
echo "packaged: $(cd "$root/build" && ls ./*.deb)"
inside bash -c 'cd /build && nice ctest -j "$1" --output-on-failure "${@:2}"' \
    bash "$(nproc)" "${skip[@]}" "${@:4}" || fail 'tests'
