#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Usage: units.sh FILE.deb [ROOT]    (as root; "./run package units" does it)
# A real systemd, booted in namespaces of its own in a fresh Debian 12 with the
# package installed (or in ROOT, which is then kept): both units start, are
# steered, get their password, are started anew when they hang or die, and end
# well; the journal has their priorities.  Needs the network, and a kernel with
# cgroups v2.
set -euo pipefail
deb=$(readlink -f "${1:?}")
mirror=${MIRROR-} # empty: the usual one
work=$(mktemp -d)
root=${2:-$work/root}
boot= init=

fail() {
    echo "FAILED: $*" >&2
    [[ ! $boot ]] || inside journalctl --no-pager -n 15 >&2 || true
    exit 1
}
group=/sys/fs/cgroup # of all; where both versions are there, of the second
[[ ! -d $group/unified ]] || group+=/unified
group+=/rollcall-units.$$
leave() {
    [[ ! $init ]] || kill -KILL "$init" 2>/dev/null || true # and all in there
    [[ ! $boot ]] || kill -KILL "$boot" 2>/dev/null || true
    wait 2>/dev/null || true
    for i in {1..100}; do # until the last of them is gone
        find "$group" -depth -type d -exec rmdir {} + 2>/dev/null || true
        [[ -d $group ]] || break
        sleep 0.1
    done
    rm -rf --one-file-system "$work"
}
trap leave EXIT
((EUID == 0)) || fail 'only root can boot a Debian'

# what stands between is done in the mounts of its own that unshare makes
start_systemd() {
    mount --bind "$root" "$root"
    mount -t proc proc "$root/proc"
    mount -t sysfs -o ro sysfs "$root/sys"
    mount -t cgroup2 cgroup2 "$root/sys/fs/cgroup"
    for folder in run tmp dev; do
        mount -t tmpfs -o mode=755 "$folder" "$root/$folder"
    done
    chmod 1777 "$root/tmp"
    for device in null zero full random urandom tty; do
        touch "$root/dev/$device"
        mount --bind "/dev/$device" "$root/dev/$device"
    done
    ln -s /proc/self/fd "$root/dev/fd"
    mkdir "$root/dev/shm"
    mount --make-rshared / # for what systemd mounts for a service
    ip link set lo up
    exec chroot "$root" env -i container=units \
        PATH=/usr/sbin:/usr/bin:/sbin:/bin /lib/systemd/systemd --system \
        --show-status=no --log-target=journal systemd.unit=multi-user.target
}
if [[ ${UNITS_INSIDE-} ]]; then
    start_systemd
fi

inside() {
    nsenter -t "$init" --mount --pid --uts --ipc --net --cgroup \
        chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin \
        LC_ALL=C.UTF-8 ROLLCALL_SOCKET=/run/rollcall/rollcall.sock "$@"
}
anna() {
    inside runuser -u anna -- env -u ROLLCALL_SOCKET HOME=/home/anna \
        XDG_RUNTIME_DIR="/run/user/$anna" \
        DBUS_SESSION_BUS_ADDRESS="unix:path=/run/user/$anna/bus" "$@"
}
until_is() { # PATTERN COMMAND...: what it prints matches
    local pattern=$1 i said=
    shift
    for i in {1..300}; do
        said=$("$@" 2>&1) || true
        [[ $said =~ $pattern ]] && return
        sleep 0.2
    done
    fail "$*: $said, not $pattern"
}
property() { # NAME
    inside systemctl show rollcall -P "$1"
}

packages=systemd,systemd-sysv,dbus,dbus-user-session,libpam-systemd,mosquitto
packages+=,mosquitto-clients
if [[ ! -x $root/lib/systemd/systemd ]]; then
    debootstrap --variant=minbase --include=$packages "${SUITE:-bookworm}" \
        "$root" ${mirror:+"$mirror"} >"$work/log" 2>&1 ||
        { tail -n 5 "$work/log"; fail 'debootstrap'; }
fi
cp /etc/apt/apt.conf.d/*proxy* "$root/etc/apt/apt.conf.d/" 2>/dev/null || true
cp "$deb" "$root/rollcall.deb"
chroot "$root" env DEBIAN_FRONTEND=noninteractive sh -c '
    apt-get update -q && apt-get install -q -y --reinstall \
        --no-install-recommends /rollcall.deb && rm /rollcall.deb &&
        { id anna || useradd --create-home anna; }' >"$work/log" 2>&1 ||
    { tail -n 5 "$work/log"; fail 'apt-get install'; }
anna=$(chroot "$root" id -u anna)

# no sound card in there: the sound goes into a pipe that nobody reads
mkdir -p "$root/etc/systemd/system/rollcall.service.d" "$root/etc/rollcall"
printf '%s\n' '[Service]' 'ExecStart=' \
    'ExecStart=/usr/bin/rollcall serve --host pipe --output /dev/null' \
    'WatchdogSec=4' 'LoadCredential=mqtt:/etc/rollcall/mqtt-password' \
    >"$root/etc/systemd/system/rollcall.service.d/test.conf"
printf '%s\n' 'mqtt:' '  host: 127.0.0.1' '  room: den' '  user: room' \
    '  password_file: /run/credentials/rollcall.service/mqtt' \
    >"$root/etc/rollcall/config.yaml"
(umask 077 && echo secret-of-rooms >"$root/etc/rollcall/mqtt-password")
echo 'room:secret-of-rooms' >"$root/etc/mosquitto/users"
chroot "$root" mosquitto_passwd -U /etc/mosquitto/users
chmod 644 "$root/etc/mosquitto/users"
printf '%s\n' 'listener 1883 127.0.0.1' 'allow_anonymous false' \
    'password_file /etc/mosquitto/users' \
    >"$root/etc/mosquitto/conf.d/test.conf"
mkdir -p "$root/home/anna/.config/systemd/user/rollcall.service.d"
head -n 3 "$root/etc/systemd/system/rollcall.service.d/test.conf" \
    >"$root/home/anna/.config/systemd/user/rollcall.service.d/test.conf"
chroot "$root" chown -R anna: /home/anna

mkdir "$group"
(
    echo "$BASHPID" >"$group/cgroup.procs"
    UNITS_INSIDE=yes exec unshare --mount --pid --fork --cgroup --uts --ipc \
        --net --kill-child bash "$0" "$deb" "$root" >"$work/boot" 2>&1
) &
boot=$!
for i in {1..100}; do
    init=$(cat "/proc/$boot/task/$boot/children" 2>/dev/null) || true
    init=${init// /}
    [[ $init && $(cat "/proc/$init/comm") == systemd ]] && break
    sleep 0.1
done
until_is 'running|degraded' inside systemctl is-system-running
echo "booted: $(inside systemctl --version | head -n 1)"

inside systemctl start rollcall || fail 'the system-wide unit starts'
[[ $(property ActiveState) == active ]] || fail 'it is active'
[[ $(property StatusText) == waiting* ]] || fail 'it says what it does'
[[ $(property User) != root && $(inside stat -c %a /run/rollcall/) == 700 ]] ||
    fail 'it has a user and folders of its own'
until_is '^rollcall/den/availability online$' inside timeout 2 mosquitto_sub -h 127.0.0.1 \
    -u room -P secret-of-rooms -v -t rollcall/den/availability -C 1
inside rollcall tell play lats || fail 'it is told'
until_is '^playing ' inside rollcall tell status
until_is '^playing a session' property StatusText
echo 'the system-wide unit: ready, with its password, and playing'

strike() { # SIGNAL
    inside systemctl kill --kill-whom=main --signal="$1" rollcall
}
strike STOP # it hangs: the watchdog notices
until_is '^1$' property NRestarts
until_is '^waiting' property StatusText
strike KILL # it dies
until_is '^2$' property NRestarts
until_is '^waiting' property StatusText
inside journalctl -u rollcall -p info -o cat --no-pager >"$work/info"
inside journalctl -u rollcall -p warning -o cat --no-pager >"$work/warning"
grep -q ready "$work/info" || fail 'it is told in the journal'
grep -q 'rollcall: ready' "$work/warning" && fail 'as no more than it is'
grep -q secret "$work/info" && fail 'no password there'
inside systemctl stop rollcall
[[ $(property Result) == success && $(property ExecMainStatus) == 0 ]] ||
    fail 'it ends well'
inside systemd-analyze security rollcall --no-pager | tail -n 1
echo 'it is started anew when it hangs and when it dies, and ends well'

inside loginctl enable-linger anna
until_is 'running|degraded' anna systemctl --user is-system-running
anna systemctl --user start rollcall || fail 'the unit of a user starts'
anna rollcall tell play lats || fail 'it is told'
until_is '^playing ' anna rollcall tell status
until_is '^playing a session' anna systemctl --user show rollcall -P StatusText
until_is 'org.mpris.MediaPlayer2.rollcall' anna busctl --user list --no-pager
inside env -u ROLLCALL_SOCKET XDG_RUNTIME_DIR="/run/user/$anna" \
    runuser -u nobody -- rollcall tell status >"$work/said" 2>&1 &&
    fail 'somebody else steers it'
anna systemctl --user stop rollcall
[[ $(anna systemctl --user show rollcall -P Result) == success ]] ||
    fail 'it ends well'
echo "a user's unit: ready, playing, on the session bus, for nobody else"
