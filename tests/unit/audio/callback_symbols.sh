#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# callback_symbols.sh ARCHIVE...: what PortAudio's callbacks reach, function by
# function through these archives, calls nothing but what is listed here.
set -u

roots='stream_output stream_input stream_finished engine_render'
allowed='memcpy memmove memset fabs fabsf pthread_self
         speex_resampler_process_float
         _GLOBAL_OFFSET_TABLE_ __stack_chk_fail'
# where a function is called by its pointer, or what that is compiled into:
# engine_render
pointers='stream.c.o:render_block stream.c.o:stream_output'

for archive in "$@"; do
    objdump -dr --no-show-raw-insn "$archive"
done | awk -v roots="$roots" -v allowed="$allowed" -v pointers="$pointers" '
    # "mixer.c.o:     file format", "0000000000000042 <mix>:"
    /:  *file format/ { object = $1; sub(/:$/, "", object); next }
    /^[0-9a-f]+ <.*>:$/ {
        here = object ":" substr($2, 2, length($2) - 3)
        known[here] = 1
        name = here
        sub(/.*:/, "", name)
        place[name] = here
        next
    }
    # what is relocated: another function, or data
    / R_[A-Z0-9_]+\t/ {
        to = $3
        sub(/[-+]0x[0-9a-f]+$/, "", to)
        if (to !~ /^[.$]|^__prof|^__llvm/) calls[here] = calls[here] " " to
        next
    }
    # in the same object: "call 10 <mix>", "bl 10 <mix>"
    /\t(call|jmp|bl|b)q?[ \t]+[0-9a-f]+ <[^+>]+>/ {
        to = $NF
        gsub(/[<>]/, "", to)
        calls[here] = calls[here] " " to
        next
    }
    /\t(callq? +\*|blr)/ { by_pointer[here] = 1 }
    END {
        split(allowed, list)
        for (i in list) fine[list[i]] = 1
        split(pointers, list)
        for (i in list) may_point[list[i]] = 1
        count = split(roots, todo)
        for (i = 1; i <= count; i++) {
            if (!(todo[i] in place)) {
                print "there is no " todo[i]
                bad = 1
            }
            todo[i] = place[todo[i]]
            seen[todo[i]] = 1
        }
        for (i = 1; i <= count; i++) {
            from = todo[i]
            if (from in by_pointer && !(from in may_point)) {
                print from " calls by a pointer"
                bad = 1
            }
            object = from
            sub(/:.*/, "", object)
            number = split(calls[from], list)
            for (k = 1; k <= number; k++) {
                to = list[k]
                next_one = object ":" to
                if (!(next_one in known)) next_one = place[to]
                if (next_one == "") {
                    # on ARM atomic arithmetic is a call
                    if (!(to in fine) && to !~ /^__aarch64_(cas|swp|ld)/) {
                        print from " calls " to
                        bad = 1
                    }
                } else if (!(next_one in seen)) {
                    seen[next_one] = 1
                    todo[++count] = next_one
                }
            }
        }
        print count " functions are reached"
        exit bad || count < 10
    }'
