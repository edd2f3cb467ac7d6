/**
 * What OpenBSD and NetBSD share: both have grown their record of a process from that of NetBSD 1.5, name its fields
 * alike, and know no subreapers.
 */

import type { ProcessFacts } from '../../facts/process.ts';
import type { ErrnoName } from '../../libc/library.ts';
import type { Kin } from '../kin.ts';
import { parentOf } from './derive.ts';
import { type Fields, type Layout, recordOf, recordsOf, UnknownLayout } from './layout.ts';
import type { Reply } from './sysctl-reading.ts';
import type { Look } from './system.ts';

/** Fields of the same name and meaning. */
export type Proc2Field =
  | 'p_eflag'
  | 'p_pid'
  | 'p_ppid'
  | 'p_sid'
  | 'p__pgid'
  | 'p_tpgid'
  | 'p_uid'
  | 'p_ruid'
  | 'p_svuid'
  | 'p_gid'
  | 'p_rgid'
  | 'p_svgid'
  | 'p_groups'
  | 'p_ngroups'
  | 'p_stat'
  | 'p_nice'
  | 'p_comm'
  | 'p_uvalid'
  | 'p_ustart_sec'
  | 'p_ustart_usec'
  | 'p_uutime_sec'
  | 'p_uutime_usec'
  | 'p_ustime_sec'
  | 'p_ustime_usec'
  | 'p_uru_minflt'
  | 'p_uru_nvcsw'
  | 'p_uru_nivcsw';

type Proc2 = Pick<Fields<Proc2Field>, 'number' | 'bytes' | 'text'>;

/** @throws UnknownLayout */
export function recordOfProcess<Name extends string>(
  layout: Layout<Name | 'p_pid'>,
  bytes: Buffer,
  pid: number,
  release: string,
): Fields<Name | 'p_pid'> {
  const record = recordOf(layout, bytes, release);
  if (record.number('p_pid') !== pid) {
    throw new UnknownLayout(
      release,
      `struct ${layout.struct} of process ${pid} names ${record.number('p_pid')}`,
    );
  }
  return record;
}

/** From the answer to a question for one record. @throws UnknownLayout */
export function lookOf<Name extends string>(
  layout: Layout<Name | 'p_pid'>,
  reply: Reply,
  pid: number,
  release: string,
): Look {
  const refused: Readonly<Partial<Record<ErrnoName, () => Look>>> = {
    ESRCH: () => ({ kind: 'gone' }),
    EINVAL: () => {
      throw new UnknownLayout(release, `no struct ${layout.struct} of ${layout.size} bytes (EINVAL)`);
    },
  };
  if (reply.kind === 'failed') {
    return refused[reply.errno]?.() ?? { kind: 'unreadable', because: `${reply.errno} on ${reply.name}` };
  }
  // Success without a record is the kernel's word for a process that is not there.
  if (reply.bytes.length === 0) return { kind: 'gone' };
  recordOfProcess(layout, reply.bytes, pid, release);
  return { kind: 'read', record: reply.bytes };
}

/** Microseconds since the epoch, as the clock stood then; null for a zombie. */
export function startOf(record: Proc2): number | null {
  if (record.number('p_uvalid') === 0) return null;
  return record.number('p_ustart_sec') * 1_000_000 + record.number('p_ustart_usec');
}

/** p_eflag: the session has a controlling terminal. */
export const EPROC_CTTY = 1;

export const attached = (record: Proc2): boolean => (record.number('p_eflag') & EPROC_CTTY) !== 0;

/** The nice value the kernel counts from zero, <sys/param.h>: NZERO. */
const NZERO = 20;

/** Facts that stand in the record alike. */
export const proc2Readers = {
  // Orphans go to process 1.
  parent: ({ record }) => parentOf(record.number('p_ppid'), null),
  processGroup: ({ record }) => record.number('p__pgid'),
  // 0 on OpenBSD once the session leader has ended.
  session: ({ record }) => record.number('p_sid'),
  foregroundProcessGroup: ({ record }) => (attached(record) ? record.number('p_tpgid') : -1),
  commandName: ({ record }) => record.text('p_comm'),
  userIds: ({ record }) => ({
    real: record.number('p_ruid'),
    effective: record.number('p_uid'),
    saved: record.number('p_svuid'),
  }),
  groupIds: ({ record }) => ({
    real: record.number('p_rgid'),
    effective: record.number('p_gid'),
    saved: record.number('p_svgid'),
  }),
  supplementaryGroups: ({ record }) =>
    Array.from({ length: record.number('p_ngroups') }, (_, index) =>
      record.bytes('p_groups').readUInt32LE(index * 4),
    ),
  nice: ({ record }) => record.number('p_nice') - NZERO,
} satisfies {
  readonly [Name in keyof ProcessFacts]?: (source: { readonly record: Proc2 }) => ProcessFacts[Name];
};

const moment = ['p_eflag', 'p_ppid', 'p_sid', 'p__pgid', 'p_tpgid', 'p_stat', 'p_nice', 'p_comm'] as const;
const used = ['p_uutime_sec', 'p_uutime_usec', 'p_ustime_sec', 'p_ustime_usec'] as const;
const counts = ['p_uru_minflt', 'p_uru_nvcsw', 'p_uru_nivcsw'] as const;

/** What changes when a process does; `more` names what only one of the systems has. */
export function momentOf<Name extends string>(
  fields: Fields<Name | Proc2Field>,
  more: readonly Name[],
): string {
  return [...moment, ...used, ...counts, ...more].map((name) => fields.bytes(name).toString('hex')).join(' ');
}

/** User and system time. Milliseconds. */
export function processorMsOf(record: Pick<Fields<Proc2Field>, 'number'>): number {
  const ms = (name: 'p_uutime' | 'p_ustime'): number =>
    record.number(`${name}_sec`) * 1000 + record.number(`${name}_usec`) / 1000;
  return ms('p_uutime') + ms('p_ustime');
}

/** From the table of all processes. @throws UnknownLayout */
export function kinIn<Name extends string>(
  layout: Layout<Name | Proc2Field>,
  reply: Reply,
  release: string,
): readonly Kin[] {
  if (reply.kind === 'failed') return [];
  return recordsOf(layout, reply.bytes, release).map((record) => ({
    pid: record.number('p_pid'),
    parent: record.number('p_ppid'),
    group: record.number('p__pgid'),
    session: record.number('p_sid'),
  }));
}
