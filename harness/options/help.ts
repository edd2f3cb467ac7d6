/** A page like those of section 1: what there is to say, and the options from their table. */

import { wrap } from '../report/fit.ts';
import { ownVariable } from './arguments.ts';
import { chapters } from './option.ts';
import { option, optionNames, writtenValue } from './table.ts';

export const synopsis = [
  'daemon-conformance [options] [--] PROGRAM [ARG...]',
  'daemon-conformance [options] inspect PID|NAME... | inspect --all',
  'daemon-conformance list [--profile NAME] [--format json]',
  'daemon-conformance explain [ID]',
  'daemon-conformance [options] batch FILE [NAME...]',
  'daemon-conformance compare REPORT...',
  'daemon-conformance suite [syscalls] [--libc PATH | --dry-run [--system NAME]]',
  'daemon-conformance doctor',
] as const;

export const description = [
  'Launches PROGRAM from several start states, follows it until it has settled, reads what it became, and judges that. Everything launched is ended afterwards.',
  'inspect looks at what already runs, several with a row for each; nothing is launched or signalled. suite tries what the kernel and the C library promise, and writes reports/; with --dry-run it lists what would run. doctor tells what can be launched and observed on this machine.',
  'Our options end at the first word that is none: the rest belongs to PROGRAM.',
] as const;

export const environment = [
  [
    ownVariable,
    'options that go before those of every command line, which overrules them; those without a meaning for the verb are left out',
  ],
] as const;

export const statuses = [
  ['0', 'conforms'],
  ['1', 'does not'],
  ['2', 'misuse (unknown option, no such program)'],
  ['3', 'could not be judged'],
  ['77', 'nothing that counts applies'],
  ['129, 130 or 143', 'stopped by SIGHUP, SIGINT or SIGTERM'],
] as const;

export const examples = [
  'daemon-conformance ./mydaemon -d',
  'daemon-conformance --user nobody --umask 027 -f json=report.json mydaemon',
  'daemon-conformance --profile classic --start clean -- ./list --daemon',
  'daemon-conformance inspect "$(cat /run/mydaemon.pid)"',
] as const;

const width = 79;
const column = 24;

/** `  -p, --profile NAME    sysv (default), ...`: the words beside each other, or below where there is no room. */
function row(before: string, text: string): readonly string[] {
  const first = before.length > column - 2 ? `${before}  ` : before.padEnd(column);
  return wrap(text, width, { first, rest: ' '.repeat(column) });
}

function chapter(name: keyof typeof chapters): readonly string[] {
  const rows = optionNames.flatMap((each) => {
    const { chapter: its, short, help: text } = option(each);
    if (its !== name) return [];
    const value = writtenValue(option(each));
    const long = `--${each}${value === null ? '' : ` ${value}`}`;
    return row(short === undefined ? `      ${long}` : `  -${short}, ${long}`, text);
  });
  return [chapters[name], ...rows, ''];
}

export const help = [
  'daemon-conformance - has this program really become a daemon?',
  '',
  ...synopsis.map((line) => `  ${line}`),
  '',
  ...description.flatMap((text) => wrap(text, width, { first: '', rest: '' })),
  '',
  ...(Object.keys(chapters) as (keyof typeof chapters)[]).flatMap(chapter),
  'Environment',
  ...environment.flatMap(([name, text]) => row(`  ${name}`, text)),
  '',
  'Exit status',
  ...statuses.flatMap(([status, text]) =>
    wrap(text, width, { first: `  ${status.padEnd(17)}`, rest: ' '.repeat(19) }),
  ),
  '',
  'Examples',
  ...examples.map((line) => `  ${line}`),
  '',
].join('\n');
