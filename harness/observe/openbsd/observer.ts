/** Processes on OpenBSD, from sysctl(3) kern.proc, kern.file and their like. */

import { openbsdSysctl as mib } from '../../libc/openbsd.ts';
import type { Kernel } from '../bsd/kernel.ts';
import { fieldsOf, recordsOf, UnknownLayout } from '../bsd/layout.ts';
import {
  question,
  type Reply,
  readInto,
  readRecord,
  readTable,
  tableQuestion,
} from '../bsd/sysctl-reading.ts';
import { type Look, observerOf, type System } from '../bsd/system.ts';
import { isUnreadable } from '../facts.ts';
import type { Observer } from '../observer.ts';
import { isEnding, readers, recordOfProcess, type Source, sourceOf, startOf, startTimeOf } from './decode.ts';
import { lines } from './evidence.ts';
import { kinfoFile, kinfoProc } from './layout.ts';

/** The kernel takes no less for a path, sys/kern/kern_sysctl.c, sysctl_proc_cwd(): four times MAXPATHLEN. */
const roomForPath = 4096;
const roomForStrings = 4096;

const { CTL_KERN, KERN_PROC } = mib;

export function openbsdObserver(kernel: Kernel): Observer {
  return observerOf(openbsdSystem(kernel));
}

export function openbsdSystem({ release, sysctl, devices, files }: Kernel): System<Source> {
  const processes = (name: string, operation: number, pid: number) =>
    tableQuestion(name, kinfoProc.size, CTL_KERN, KERN_PROC, operation, pid);
  const boottime = (): Reply =>
    readRecord(sysctl, question('kern.boottime', CTL_KERN, mib.KERN_BOOTTIME), 16);

  return {
    readers,
    lines,
    look(pid): Look {
      const asked = processes(`kern.proc.pid.${pid}`, mib.KERN_PROC_PID, pid);
      const reply = readRecord(sysctl, asked, kinfoProc.size);
      if (reply.kind === 'failed') {
        if (reply.errno === 'ESRCH') return { kind: 'gone' };
        if (reply.errno === 'EINVAL') {
          throw new UnknownLayout(release, `no struct kinfo_proc of ${kinfoProc.size} bytes (EINVAL)`);
        }
        return { kind: 'unreadable', because: `${reply.errno} on ${reply.name}` };
      }
      // Success without a record is the kernel's word for a process that is not there.
      if (reply.bytes.length === 0) return { kind: 'gone' };
      recordOfProcess(reply.bytes, pid, release);
      return { kind: 'read', record: reply.bytes };
    },
    gather(pid, record, surroundings) {
      const strings = (name: string, what: number) =>
        readInto(
          sysctl,
          question(`kern.procargs.${pid}.${name}`, CTL_KERN, mib.KERN_PROC_ARGS, pid, what),
          roomForStrings,
        );
      const answers = {
        release,
        pid,
        record,
        threads: readTable(
          sysctl,
          processes(`kern.proc.pid.${pid}`, mib.KERN_PROC_PID | mib.KERN_PROC_SHOW_THREADS, pid),
          kinfoProc.size,
        ),
        files: readTable(
          sysctl,
          tableQuestion(
            `kern.file.pid.${pid}`,
            kinfoFile.size,
            CTL_KERN,
            mib.KERN_FILE,
            mib.KERN_FILE_BYPID,
            pid,
          ),
          kinfoFile.size,
        ),
        cwd: readInto(
          sysctl,
          question(`kern.proc_cwd.${pid}`, CTL_KERN, mib.KERN_PROC_CWD, pid),
          roomForPath,
        ),
        argv: strings('argv', mib.KERN_PROC_ARGV),
        env: strings('env', mib.KERN_PROC_ENV),
        boottime: boottime(),
        ownRoot: files.identityOf('/'),
      };
      return sourceOf(answers, surroundings, devices);
    },
    startOf: (record) => startOf(fieldsOf(kinfoProc, record))?.toString() ?? null,
    momentOf(record) {
      const names = [
        'p_eflag',
        'p_ppid',
        'p_sid',
        'p__pgid',
        'p_tpgid',
        'p_stat',
        'p_nice',
        'p_comm',
      ] as const;
      const used = ['p_uutime_sec', 'p_uutime_usec', 'p_ustime_sec', 'p_ustime_usec'] as const;
      const counts = ['p_uru_minflt', 'p_uru_nvcsw', 'p_uru_nivcsw', 'p_psflags'] as const;
      const fields = fieldsOf(kinfoProc, record);
      return [...names, ...used, ...counts].map((name) => fields.bytes(name).toString('hex')).join(' ');
    },
    ending: (record) => isEnding(fieldsOf(kinfoProc, record)),
    startTimeOf(record) {
      const start = startTimeOf(fieldsOf(kinfoProc, record), boottime());
      return isUnreadable(start) ? null : start;
    },
    everyProcess() {
      const reply = readTable(sysctl, processes('kern.proc.all', mib.KERN_PROC_ALL, 0), kinfoProc.size);
      if (reply.kind === 'failed') return [];
      return recordsOf(kinfoProc, reply.bytes, release).map((record) => ({
        pid: record.number('p_pid'),
        parent: record.number('p_ppid'),
        group: record.number('p__pgid'),
        session: record.number('p_sid'),
      }));
    },
  };
}
