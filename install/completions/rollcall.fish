# SPDX-License-Identifier: GPL-3.0-or-later
# fish completion for rollcall; every word comes from the program itself.

function __rollcall_command
    set -l before
    for word in (commandline -opc)[2..-1]
        if not contains -- "$before" --language --profile
            string match -q -- '-*' $word; or begin; echo $word; return; end
        end
        set before $word
    end
    echo command
end
function __rollcall_words
    rollcall complete (__rollcall_command) 2>/dev/null
end
function __rollcall_options
    set -l command (__rollcall_command)
    test $command = command; and set command
    rollcall $command --help 2>/dev/null | string match -ar -- '--[a-z][a-z-]*' |
        sort -u
end
complete -c rollcall -n 'not string match -q -- "-*" (commandline -ct)' \
    -a '(__rollcall_words)'
complete -c rollcall -n 'string match -q -- "-*" (commandline -ct)' \
    -a '(__rollcall_options)'
for kind in language voice level talk host output input
    complete -c rollcall -l $kind -x -a "(rollcall complete $kind 2>/dev/null)"
end
