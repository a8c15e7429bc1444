#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# callback_symbols.sh ARCHIVE: what runs in the audio callback refers to
# nothing but what is listed here.
set -u

allowed='memcpy memmove memset fabs fabsf
         limiter_run ring_push ring_pop ring_count pcm_hold pthread_self
         _GLOBAL_OFFSET_TABLE_ __stack_chk_fail'

found=$(nm -u "$1" | awk '
    /^[^ ].*:$/ { member = $1 }
    member ~ /^(mixer|limiter|stream)\./ && $1 == "U" { print $2 }' | sort -u)
for member in mixer limiter stream; do
    nm "$1" | grep -q "^$member\.c" || { echo "no $member in $1" >&2; exit 1; }
done

status=0
for symbol in $found; do
    case " ${allowed//$'\n'/ } " in
    *" $symbol "*) ;;
    *)
        echo "the callback's objects refer to $symbol" >&2
        status=1
        ;;
    esac
done
exit $status
