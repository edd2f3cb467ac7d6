/** What the program became under each start, in the columns people know from ps(1). */

import { type Descriptor, type Fact, isUnreadable } from '../../facts/process.ts';
import type { ObservedProcess, Run } from '../../facts/run.ts';
import { escapeTerminal } from '../escape/terminal.ts';
import { cut, cutStart, wrap } from '../fit.ts';
import type { Paint } from '../paint.ts';

export interface TableView {
  readonly width: number;
  readonly paint: Paint;
  /** Every process, not only the daemon of each run. */
  readonly everyProcess: boolean;
  /** The process was found running: there is no start to name. */
  readonly inspected: boolean;
}

const columns = ['start', 'PID', 'PPID', 'PGID', 'SID', 'TTY', 'TPGID', 'UMASK', 'CWD', '0-2', ''];
/** Numbers stand at the right of their column, as in ps(1). */
const numeric: ReadonlySet<string> = new Set(['PID', 'PPID', 'PGID', 'SID', 'TPGID']);

/** At most so many characters in CWD and in the other columns of text: the first of these that fits the width. */
const limits: readonly Limits[] = [
  { directory: 24, text: 24 },
  { directory: 16, text: 20 },
  { directory: 10, text: 14 },
  { directory: 6, text: 12 },
  { directory: 6, text: 8 },
];

interface Limits {
  readonly directory: number;
  readonly text: number;
}

/** Cells by column, or words that stand in the place of all but the first. */
interface Row {
  readonly start: string;
  readonly cells: readonly string[];
  readonly note: string;
}

export function processTable(runs: readonly Run[], view: TableView): string[] {
  const [header = '', ...lines] = fitted(runs, view);
  return [view.paint.faint(header), ...lines, ...adoption(runs, view)];
}

function fitted(runs: readonly Run[], view: TableView): string[] {
  let lines: string[] = [];
  for (const limit of limits) {
    lines = laidOut(
      runs.flatMap((run) => rowsOf(run, view, limit)),
      view.inspected,
    );
    if (lines.every((line) => [...line].length <= view.width)) return lines;
  }
  return lines.map((line) => cut(line, view.width));
}

function laidOut(rows: readonly Row[], inspected: boolean): string[] {
  const first = inspected ? 1 : 0;
  const shown = columns.slice(first);
  const full = rows.map(({ start, cells, note }) => [start, ...cells, note].slice(first));
  const filled = [shown, ...full.filter((_, row) => rows[row]?.cells.length !== 0)];
  const widths = shown.map((_, column) => Math.max(...filled.map((row) => [...(row[column] ?? '')].length)));
  const startWidth = Math.max(
    ...[columns[0] ?? '', ...rows.map(({ start }) => start)].map((text) => text.length),
  );
  if (!inspected) widths[0] = startWidth;
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => pad(cell, widths[column] ?? 0, numeric.has(shown[column] ?? '')))
      .join(' ')
      .trimEnd();
  return [
    line(shown),
    ...rows.map(({ start, cells, note }, row) =>
      cells.length === 0
        ? `${inspected ? '' : `${start.padEnd(startWidth)} `}${note}`
        : line(full[row] ?? []),
    ),
  ];
}

function pad(cell: string, width: number, right: boolean): string {
  const space = ' '.repeat(Math.max(0, width - [...cell].length));
  return right ? space + cell : cell + space;
}

function rowsOf(run: Run, { everyProcess }: TableView, limit: Limits): readonly Row[] {
  const { start, lost } = run;
  if (lost !== undefined) return [{ start, cells: [], note: `lost: ${escapeTerminal(lost)}` }];
  const main = mainOf(run);
  const others = run.processes.filter((each) => each !== main);
  if (main === null && !everyProcess) {
    return [{ start, cells: [], note: others.length === 0 ? 'nothing left' : `no daemon, ${more(others)}` }];
  }
  if (run.processes.length === 0) return [{ start, cells: [], note: 'nothing left' }];
  const shown = [...(main === null ? [] : [main]), ...(everyProcess ? others : [])];
  return shown.map((process, row) => ({
    start: row === 0 ? start : '',
    cells: cellsOf(process, limit),
    note: [roleNote(process, run), everyProcess ? '' : more(others)].filter((each) => each !== '').join(', '),
  }));
}

function mainOf({ daemon, starter, processes }: Run): ObservedProcess | null {
  return (
    processes.find(({ pid }) => pid === daemon) ?? processes.find(({ pid }) => pid === starter.pid) ?? null
  );
}

function roleNote({ pid, role }: ObservedProcess, { starter }: Run): string {
  if (pid === starter.pid && starter.returnedAfterMs === null) return 'starter';
  return role === 'daemon' ? '' : role;
}

/** `+3 workers`, `+1 survivor`; nothing for none. */
function more(others: readonly ObservedProcess[]): string {
  const [first] = others;
  if (first === undefined) return '';
  if (others.some(({ role }) => role !== first.role)) return `+${others.length} processes`;
  return `+${others.length} ${first.role}${others.length === 1 ? '' : 's'}`;
}

const unread = 'n/a';

function shownAs<T>(fact: Fact<T>, show: (value: T) => string): string {
  return isUnreadable(fact) ? unread : show(fact as T);
}

function cellsOf(process: ObservedProcess, { directory, text }: Limits): readonly string[] {
  return [
    String(process.pid),
    shownAs(process.parent, ({ pid }) => String(pid)),
    shownAs(process.processGroup, String),
    shownAs(process.session, String),
    shownAs(process.terminal, (terminal) =>
      terminal === null ? '?' : terminalName(terminal.name ?? terminal.device, text),
    ),
    shownAs(process.foregroundProcessGroup, String),
    shownAs(process.fileModeCreationMask, escapeTerminal),
    shownAs(process.workingDirectory, (path) => cutStart(escapeTerminal(path), directory)),
    shownAs(process.descriptors, (descriptors) => standardStreams(descriptors, text)),
  ];
}

function terminalName(path: string, width: number): string {
  return cut(escapeTerminal(path.replace(/^\/dev\//, '')), width);
}

/** `null` if all three are alike, else `null,pts/3,-`, where `-` is closed as in `2>&-`. */
function standardStreams(descriptors: readonly Descriptor[], width: number): string {
  const streams = [0, 1, 2].map((fd) =>
    stream(
      descriptors.find((each) => each.fd === fd),
      width,
    ),
  );
  const [first] = streams;
  if (new Set(streams).size > 1 || first === undefined) return cut(streams.join(','), width);
  return first === '-' ? 'closed' : first;
}

function stream(descriptor: Descriptor | undefined, width: number): string {
  if (descriptor === undefined) return '-';
  switch (descriptor.kind) {
    case 'null-device':
      return 'null';
    case 'pipe':
    case 'socket':
    case 'anonymous':
      return descriptor.kind;
    default:
      return terminalName(descriptor.target, width);
  }
}

/** People expect PPID 1, and are owed a word where it is not. */
function adoption(runs: readonly Run[], { paint, width }: TableView): string[] {
  const reapers = new Set<number>();
  for (const run of runs) {
    const main = mainOf(run);
    if (main !== null && !isUnreadable(main.parent) && main.parent.role === 'subreaper')
      reapers.add(main.parent.pid);
  }
  if (reapers.size === 0) return [];
  const who = reapers.size > 3 ? '' : ` ${[...reapers].join(', ')}`;
  const text = `PPID${who}: the subreaper that adopts orphans here, in place of process 1`;
  return wrap(text, width, { first: '', rest: '  ' }).map(paint.faint);
}
