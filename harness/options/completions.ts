/** What bash, zsh and fish complete: options, the words that an option takes, and the verbs. */

import { type Option, verbs } from './option.ts';
import { option, optionNames } from './table.ts';

const remark = '# Written by npm run catalogue from the table of options: harness/options/table.ts.';
const named = verbs.filter((verb) => verb !== 'check');
const rows = optionNames.map((name) => ({ name, row: option(name) }));

/** One word of a shell, whatever is in it. */
function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** How compgen(1) finds what fits, of the word in `$word`. */
function compgen({ completion }: Option): string | null {
  if (completion === undefined) return null;
  switch (completion) {
    case 'file':
      return 'compgen -f -- "$word"';
    case 'directory':
      return 'compgen -d -- "$word"';
    case 'user':
      return 'compgen -u -- "$word"';
    case 'command':
      return 'compgen -c -- "$word"';
    default:
      return `compgen -W ${quote(completion.join(' '))} -- "$word"`;
  }
}

export function bashCompletion(): string {
  const cases = rows.flatMap(({ name, row }) => {
    if (row.value === undefined) return [];
    const words = row.short === undefined ? `--${name}` : `-${row.short}|--${name}`;
    const found = compgen(row);
    return [`    ${words}) ${found === null ? 'return' : `mapfile -t COMPREPLY < <(${found}); return`} ;;`];
  });
  const words = rows.map(({ name }) => `--${name}`).join(' ');
  return `${remark}
# shellcheck shell=bash

_daemon_conformance() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD - 1]}
  COMPREPLY=()
  # A value may follow its option after an equals sign, which is a word of its own to readline.
  if [[ $word == = ]]; then word=; elif [[ $before == = ]]; then before=\${COMP_WORDS[COMP_CWORD - 2]}; fi
  case $before in
${cases.join('\n')}
  esac
  if [[ $word == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W ${quote(words)} -- "$word")
  elif ((COMP_CWORD == 1)); then
    mapfile -t COMPREPLY < <(compgen -W ${quote(named.join(' '))} -- "$word"; compgen -c -- "$word")
  else
    mapfile -t COMPREPLY < <(compgen -f -- "$word")
  fi
}

complete -o filenames -F _daemon_conformance daemon-conformance
`;
}

/** The part of an _arguments specification that says what a value is. */
function zshAction({ value = '', completion }: Option): string {
  const name = value.toLowerCase().replace(/\W+/g, ' ');
  switch (completion) {
    case undefined:
      return `:${name}: `;
    case 'file':
      return `:${name}:_files`;
    case 'directory':
      return `:${name}:_files -/`;
    case 'user':
      return `:${name}:_users`;
    case 'command':
      return `:${name}:_command_names`;
    default:
      return `:${name}:(${completion.map((word) => word.replaceAll(':', '\\:')).join(' ')})`;
  }
}

export function zshCompletion(): string {
  const lines = rows.map(({ name, row }) => {
    const told = row.help.replace(/[[\]\\]/g, '\\$&').replaceAll(':', '\\:');
    const text = `[${told}]${row.value === undefined ? '' : zshAction(row)}`;
    const many = row.several === true || name === 'format' ? '*' : '';
    const long = `${many}--${name}${row.value === undefined ? '' : '='}${text}`;
    const both = row.short === undefined ? [long] : [`${many}-${row.short}${text}`, long];
    return both.map((each) => `  ${quote(each)} \\`).join('\n');
  });
  return `#compdef daemon-conformance
${remark}

_arguments -s -S : \\
${lines.join('\n')}
  ${quote(`1:verb or program:_alternative "verbs:verb:(${named.join(' ')})" "programs:program:_command_names -e"`)} \\
  '*:argument:_files'
`;
}

export function fishCompletion(): string {
  const lines = rows.map(({ name, row }) => {
    const { completion, short, value } = row;
    const takes =
      value === undefined
        ? ''
        : completion === 'file' || completion === 'directory' || completion === 'command'
          ? ' -r'
          : completion === undefined
            ? ' -x'
            : ` -x -a ${quote(completion === 'user' ? '(__fish_complete_users)' : completion.join(' '))}`;
    const letter = short === undefined ? '' : ` -s ${short}`;
    return `complete -c daemon-conformance${letter} -l ${name}${takes} -d ${quote(row.help)}`;
  });
  return `${[
    remark,
    ...lines,
    `complete -c daemon-conformance -n __fish_use_subcommand -a ${quote(named.join(' '))}`,
  ].join('\n')}\n`;
}
