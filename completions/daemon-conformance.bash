# Written by npm run catalogue from the table of options: harness/options/table.ts.
# shellcheck shell=bash

_daemon_conformance() {
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
  COMPREPLY=()
  # A value may follow its option after an equals sign, which is a word of its own to readline.
  if [[ $word == = ]]; then word=; elif [[ $before == = ]]; then before=${COMP_WORDS[COMP_CWORD - 2]}; fi
  case $before in
    -p|--profile) mapfile -t COMPREPLY < <(compgen -W 'sysv daemon3-bsd daemon3-glibc apue pep3143 classic supervised' -- "$word"); return ;;
    --start) mapfile -t COMPREPLY < <(compgen -W 'clean hostile leader captured closed detached supervised' -- "$word"); return ;;
    --only) return ;;
    --skip) return ;;
    --fail-on) mapfile -t COMPREPLY < <(compgen -W 'must should may never' -- "$word"); return ;;
    --timeout) return ;;
    --stop-timeout) return ;;
    --deadline) return ;;
    --repeat) return ;;
    --isolation) mapfile -t COMPREPLY < <(compgen -W 'auto full none' -- "$word"); return ;;
    --lang) mapfile -t COMPREPLY < <(compgen -W 'c python go rust perl ruby node sh' -- "$word"); return ;;
    --umask) mapfile -t COMPREPLY < <(compgen -W 'any inherited zero 022 max:022' -- "$word"); return ;;
    --cwd) mapfile -t COMPREPLY < <(compgen -d -- "$word"); return ;;
    --stdio) mapfile -t COMPREPLY < <(compgen -f -- "$word"); return ;;
    --user) mapfile -t COMPREPLY < <(compgen -u -- "$word"); return ;;
    --pidfile) mapfile -t COMPREPLY < <(compgen -f -- "$word"); return ;;
    --leader) mapfile -t COMPREPLY < <(compgen -W 'may must-not' -- "$word"); return ;;
    --terminal-arg) return ;;
    --directory-arg) return ;;
    --ready) return ;;
    --failing-args) return ;;
    --foreground-args) return ;;
    --created) mapfile -t COMPREPLY < <(compgen -d -- "$word"); return ;;
    --config) mapfile -t COMPREPLY < <(compgen -f -- "$word"); return ;;
    -j|--jobs) return ;;
    --shard) return ;;
    --libc) mapfile -t COMPREPLY < <(compgen -f -- "$word"); return ;;
    --system) mapfile -t COMPREPLY < <(compgen -W 'linux-glibc linux-musl freebsd openbsd netbsd macos' -- "$word"); return ;;
    -f|--format) mapfile -t COMPREPLY < <(compgen -W 'pretty json junit tap tap14 ctrf markdown html github' -- "$word"); return ;;
    --color) mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- "$word"); return ;;
  esac
  if [[ $word == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W '--profile --start --only --skip --strict --fail-on --timeout --stop-timeout --deadline --trace --quick --repeat --keep --isolation --lang --umask --cwd --stdio --user --pidfile --leader --reload --notify --terminal-arg --directory-arg --ready --failing-args --foreground-args --created --config --write-expected --all --jobs --shard --join --only-differences --fail-on-difference --libc --dry-run --system --format --quiet --verbose --color --version --help' -- "$word")
  elif ((COMP_CWORD == 1)); then
    mapfile -t COMPREPLY < <(compgen -W 'inspect list explain compare batch suite doctor' -- "$word"; compgen -c -- "$word")
  else
    mapfile -t COMPREPLY < <(compgen -f -- "$word")
  fi
}

complete -o filenames -F _daemon_conformance daemon-conformance
