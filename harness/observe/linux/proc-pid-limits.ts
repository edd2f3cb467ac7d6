/** /proc/PID/limits, proc_pid_limits(5): a table with columns of fixed width. */

import { type Fact, isUnreadable, type ResourceLimit } from '../../facts/process.ts';
import { reading, remembering, textOf } from './reading.ts';

/** Row by the name of getrlimit(2), in the order of the file. fs/proc/base.c, lnames. */
export const limitRows: Readonly<Record<string, string>> = {
  cpu: 'Max cpu time',
  fsize: 'Max file size',
  data: 'Max data size',
  stack: 'Max stack size',
  core: 'Max core file size',
  rss: 'Max resident set',
  nproc: 'Max processes',
  nofile: 'Max open files',
  memlock: 'Max locked memory',
  as: 'Max address space',
  locks: 'Max file locks',
  sigpending: 'Max pending signals',
  msgqueue: 'Max msgqueue size',
  nice: 'Max nice priority',
  rtprio: 'Max realtime priority',
  rttime: 'Max realtime timeout',
};

const nameOfRow = new Map(Object.entries(limitRows).map(([name, row]) => [row, name]));

// "%-25s %-20s %-20s %-10s\n"
const softColumn = 26;

/** Limits by name; a row that getrlimit(2) has no name for is left out. */
export function parseProcPidLimits(text: string): Record<string, ResourceLimit> {
  const limits: Record<string, ResourceLimit> = {};
  for (const row of text.split('\n')) {
    const name = nameOfRow.get(row.slice(0, softColumn).trimEnd());
    const [soft, hard] = row.slice(softColumn).split(/ +/);
    if (name !== undefined && soft !== undefined && hard !== undefined) {
      limits[name] = { soft: limitOf(soft), hard: limitOf(hard) };
    }
  }
  return limits;
}

function limitOf(text: string): number | 'unlimited' {
  return text === 'unlimited' ? 'unlimited' : Number(text);
}

const parse = remembering(parseProcPidLimits);

export function readProcPidLimits(path: string): Fact<Readonly<Record<string, ResourceLimit>>> {
  const text = reading(path, textOf);
  return isUnreadable(text) ? text : parse(text);
}
