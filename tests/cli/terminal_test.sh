#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A session at a terminal of 50 columns: the line that lives never wraps, and
# what is half typed stays where it is.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export XDG_DATA_HOME=$work/data
cd "$work"
python3 - "$ROLLCALL" <<'P'
import fcntl, os, pty, re, select, struct, sys, termios, time

COLUMNS = 50
child, terminal = pty.fork()
if child == 0:
    os.execv(sys.argv[1], [sys.argv[1], "play", "lats", "--no-screening",
                           "--host", "pipe", "--output", "/dev/null"])
fcntl.ioctl(terminal, termios.TIOCSWINSZ,
            struct.pack("HHHH", 24, COLUMNS, 0, 0))
out = b""

def wait_for(pattern, seconds=20):
    global out
    until = time.time() + seconds
    start = len(out)
    while time.time() < until:
        if select.select([terminal], [], [], 0.1)[0]:
            try:
                out += os.read(terminal, 65536)
            except OSError:
                return
        if re.search(pattern, out[start:]):
            return
    sys.exit("FAILED: no %r in %r" % (pattern, out[start:][-600:]))

def type_in(text):
    os.write(terminal, text.encode())

wait_for(rb"\] 0:\d\d  welcome\x1b\[K|\] 0:\d\d  welcome\n|> ")
type_in("start\n")
wait_for(b'typed "start"')
wait_for(rb"\] 0:0\d  Latissimus")
type_in("paus")
wait_for(rb"\x1b7\x1b\[1A\r\[") # redrawn above, the cursor put back
type_in("e\n")
wait_for(b'typed "pause"')
wait_for(rb"paused: Latis")
type_in("mute\n")
wait_for(b'hears nothing until "unmute"')
type_in("unmute\n")
wait_for(b"hears again")
type_in("end session\n")
wait_for(b'typed "end session"')
os.waitpid(child, 0)
for bar in re.findall(rb"\[[# ]{24}\][^\r\n\x1b]*", out):
    if len(bar.decode()) > COLUMNS - 1:
        sys.exit("FAILED: %r is too long" % bar)
P
