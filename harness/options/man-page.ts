/** daemon-conformance(1), in the language of mdoc(7). */

import { description, environment, examples, statuses, synopsis } from './help.ts';
import { chapters } from './option.ts';
import { option, optionNames, writtenValue } from './table.ts';

/** Text of mdoc: a line that begins with a dot or an apostrophe is a request, and a backslash escapes. */
function plain(text: string): string {
  return text.replaceAll('\\', '\\e').replace(/^(?=[.'])/gm, '\\&');
}

/** An argument of a macro: each word of it could be a macro itself. */
function argument(text: string): string {
  return `"${text.replaceAll('\\', '\\e').replaceAll('"', '""').replaceAll('-', '\\-')}"`;
}

function sentences(text: string): readonly string[] {
  return text
    .replace(/([.;:]) (?=[A-Za-z-])/g, '$1\n')
    .split('\n')
    .map(plain);
}

function item(name: (typeof optionNames)[number]): readonly string[] {
  const row = option(name);
  const value = writtenValue(row);
  const short = row.short === undefined ? '' : `Fl ${row.short} , `;
  const called = value === null ? '' : ` Ar ${argument(value)}`;
  return [`.It ${short}Fl Fl ${name}${called}`, ...sentences(`${row.help}.`), `For ${row.verbs.join(', ')}.`];
}

function chapter(name: keyof typeof chapters): readonly string[] {
  const names = optionNames.filter((each) => option(each).chapter === name);
  return [
    `.Ss ${chapters[name].replace(/[(),:]/g, '')}`,
    '.Bl -tag -width Ds',
    ...names.flatMap(item),
    '.El',
  ];
}

/** @param date of the last change of what it says, as in `November 28, 2026` */
export function manPage(date: string): string {
  return [
    '.\\" Written by npm run catalogue from the table of options: harness/options/table.ts.',
    `.Dd ${date}`,
    '.Dt DAEMON-CONFORMANCE 1',
    '.Os',
    '.Sh NAME',
    '.Nm daemon-conformance',
    '.Nd has this program really become a daemon?',
    '.Sh SYNOPSIS',
    '.Bd -literal -compact',
    ...synopsis.map(plain),
    '.Ed',
    '.Sh DESCRIPTION',
    ...description.flatMap((text, i) => [...(i === 0 ? [] : ['.Pp']), ...sentences(text)]),
    ...(Object.keys(chapters) as (keyof typeof chapters)[]).flatMap(chapter),
    '.Sh ENVIRONMENT',
    '.Bl -tag -width Ds',
    ...environment.flatMap(([name, text]) => [`.It Ev ${name}`, plain(text)]),
    '.El',
    '.Sh FILES',
    '.Bl -tag -width Ds',
    '.It Pa daemon-conformance.json',
    'The options that a program declares of itself, read where it is in the working directory.',
    '.El',
    '.Sh EXIT STATUS',
    '.Bl -tag -width Ds',
    ...statuses.flatMap(([status, text]) => [`.It ${argument(status)}`, plain(text)]),
    '.El',
    '.Sh EXAMPLES',
    '.Bd -literal',
    ...examples.map(plain),
    '.Ed',
    '.Sh SEE ALSO',
    '.Xr strace 1 ,',
    '.Xr daemon 3 ,',
    '.Xr daemon 7',
    '',
  ].join('\n');
}
