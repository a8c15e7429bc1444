# SPDX-License-Identifier: GPL-3.0-or-later
# bash completion for rollcall; every word comes from the program itself.

_rollcall() {
    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}
    local command= i words kind
    COMPREPLY=()
    [[ $cur == = ]] && cur=
    [[ $prev == = ]] && prev=${COMP_WORDS[COMP_CWORD-2]}
    for ((i = 1; i < COMP_CWORD; i++)); do
        case ${COMP_WORDS[i]} in
        --language | --profile)
            [[ ${COMP_WORDS[i+1]} == = ]] && ((i++))
            ((i++))
            ;;
        -* | =) ;;
        *)
            command=${COMP_WORDS[i]}
            break
            ;;
        esac
    done
    case $prev in
    --language | --voice | --level | --talk | --host | --output | --input)
        kind=${prev#--}
        [[ $kind == output && $command == render ]] && return
        ;;
    --*=) ;;
    -o | -e | -m | -c | --events | --mic | --script | --music | --svg)
        return
        ;;
    esac
    if [[ $kind ]]; then
        words=$("$1" complete "$kind" 2>/dev/null)
    elif [[ $cur == -* ]]; then
        words=$("$1" $command --help 2>/dev/null |
            grep -o -- '--[a-z][a-z-]*' | sort -u)
    elif [[ ! $command ]]; then
        words=$("$1" complete command 2>/dev/null)
    else
        words=$("$1" complete "$command" 2>/dev/null)
    fi
    local IFS=$'\n'
    COMPREPLY=($(compgen -W "${words//\'/}" -- "$cur"))
    ((${#COMPREPLY[@]})) && COMPREPLY=("${COMPREPLY[@]// /\\ }")
    return 0
}
complete -o default -F _rollcall rollcall
