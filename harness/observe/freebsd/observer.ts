/** Processes on FreeBSD, from sysctl(3) kern.proc. */

import { isUnreadable } from '../../facts/process.ts';
import { freebsdLimits, freebsdSysctl as mib } from '../../libc/constants/freebsd.ts';
import type { Kernel } from '../bsd/kernel.ts';
import { fieldsOf, recordsOf } from '../bsd/layout.ts';
import { question, type Reply, readInto, readRecord, readTable } from '../bsd/sysctl-reading.ts';
import { type Look, observerOf, type System } from '../bsd/system.ts';
import type { Observer } from '../observer.ts';
import {
  type Answers,
  readers,
  recordOfProcess,
  type Source,
  sourceOf,
  startTimeOf,
  stateOf,
} from './decode.ts';
import { lines } from './evidence.ts';
import { kinfoFile, kinfoProc, P_WEXIT } from './layout.ts';

/** A record that has grown is returned whole, so that its length can be told. */
const roomForRecord = 4 * kinfoProc.size;
/** Most command lines and environments; ARG_MAX is 512 KiB. */
const roomForStrings = 4096;

const { CTL_KERN, KERN_PROC } = mib;

export function freebsdObserver(kernel: Kernel): Observer {
  return observerOf(freebsdSystem(kernel));
}

export function freebsdSystem({ release, sysctl, devices }: Kernel): System<Source> {
  const ask = (name: string, what: number, pid: number, ...rest: readonly number[]) =>
    question(`kern.proc.${name}.${[pid, ...rest].join('.')}`, CTL_KERN, KERN_PROC, what, pid, ...rest);
  const boottime = (): Reply =>
    readRecord(sysctl, question('kern.boottime', CTL_KERN, mib.KERN_BOOTTIME), 16);

  return {
    readers,
    lines,
    look(pid): Look {
      const reply = readInto(sysctl, ask('pid', mib.KERN_PROC_PID, pid), roomForRecord);
      if (reply.kind === 'failed') {
        if (reply.errno === 'ESRCH') return { kind: 'gone' };
        return { kind: 'unreadable', because: `${reply.errno} on ${reply.name}` };
      }
      if (reply.bytes.length === 0) return { kind: 'gone' };
      recordOfProcess(reply.bytes, pid, release);
      return { kind: 'read', record: reply.bytes };
    },
    gather(pid, record, surroundings) {
      const answers: Answers = {
        release,
        pid,
        record,
        threads: readTable(
          sysctl,
          ask('pid', mib.KERN_PROC_PID | mib.KERN_PROC_INC_THREAD, pid),
          kinfoProc.size,
        ),
        filedesc: readTable(sysctl, ask('filedesc', mib.KERN_PROC_FILEDESC, pid), kinfoFile.size),
        cwd: readInto(sysctl, ask('cwd', mib.KERN_PROC_CWD, pid), 2 * kinfoFile.size),
        umask: readRecord(sysctl, ask('umask', mib.KERN_PROC_UMASK, pid), 2),
        args: readInto(sysctl, ask('args', mib.KERN_PROC_ARGS, pid), roomForStrings),
        pathname: readInto(sysctl, ask('pathname', mib.KERN_PROC_PATHNAME, pid), roomForStrings),
        groups: readInto(sysctl, ask('groups', mib.KERN_PROC_GROUPS, pid), roomForStrings),
        env: readInto(sysctl, ask('env', mib.KERN_PROC_ENV, pid), roomForStrings),
        rlimit: Object.fromEntries(
          freebsdLimits.map((name, which) => [
            name,
            readRecord(sysctl, ask('rlimit', mib.KERN_PROC_RLIMIT, pid, which), 16),
          ]),
        ),
        boottime: boottime(),
      };
      return sourceOf(answers, surroundings, devices);
    },
    startOf: (record) => fieldsOf(kinfoProc, record).bytes('ki_start').toString('hex'),
    momentOf(record) {
      // Everything from the identity of its session to what it has used, ki_slptime and ki_swtime left out.
      const names = ['ki_ppid', 'ki_pgid', 'ki_sid', 'ki_tpgid', 'ki_kiflag', 'ki_stat', 'ki_nice'] as const;
      const used = ['ki_comm', 'ki_numthreads', 'ki_runtime', 'ki_rusage'] as const;
      const fields = fieldsOf(kinfoProc, record);
      return [...names, ...used].map((name) => fields.bytes(name).toString('hex')).join(' ');
    },
    ending(record) {
      const fields = fieldsOf(kinfoProc, record);
      return (fields.number('ki_flag') & P_WEXIT) !== 0 && stateOf(fields) !== 'Z';
    },
    startTimeOf(record) {
      const start = startTimeOf(fieldsOf(kinfoProc, record), boottime());
      return isUnreadable(start) ? null : start;
    },
    processorMsOf: (record) => fieldsOf(kinfoProc, record).number('ki_runtime') / 1000,
    listingOf: (pid) => `procstat -f ${pid}`,
    everyProcess() {
      const all = question('kern.proc.proc', CTL_KERN, KERN_PROC, mib.KERN_PROC_PROC);
      const reply = readTable(sysctl, all, kinfoProc.size);
      if (reply.kind === 'failed') return [];
      return recordsOf(kinfoProc, reply.bytes, release).map((record) => ({
        pid: record.number('ki_pid'),
        parent: record.number('ki_ppid'),
        group: record.number('ki_pgid'),
        session: record.number('ki_sid'),
      }));
    },
  };
}
