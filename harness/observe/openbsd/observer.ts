/** Processes on OpenBSD, from sysctl(3) kern.proc, kern.file and their like. */

import { isUnreadable } from '../../facts/process.ts';
import { openbsdSysctl as mib } from '../../libc/constants/openbsd.ts';
import type { Kernel } from '../bsd/kernel.ts';
import { fieldsOf } from '../bsd/layout.ts';
import { kinIn, lookOf, momentOf, processorMsOf, startOf } from '../bsd/proc2.ts';
import {
  question,
  type Reply,
  readInto,
  readRecord,
  readTable,
  tableQuestion,
} from '../bsd/sysctl-reading.ts';
import { type Look, observerOf, type System } from '../bsd/system.ts';
import type { Observer } from '../observer.ts';
import { isEnding, readers, type Source, sourceOf, startTimeOf } from './decode.ts';
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
      return lookOf(kinfoProc, reply, pid, release);
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
    momentOf: (record) => momentOf(fieldsOf(kinfoProc, record), ['p_psflags']),
    ending: (record) => isEnding(fieldsOf(kinfoProc, record)),
    startTimeOf(record) {
      const start = startTimeOf(fieldsOf(kinfoProc, record), boottime());
      return isUnreadable(start) ? null : start;
    },
    processorMsOf: (record) => processorMsOf(fieldsOf(kinfoProc, record)),
    listingOf: (pid) => `fstat -p ${pid}`,
    everyProcess() {
      const reply = readTable(sysctl, processes('kern.proc.all', mib.KERN_PROC_ALL, 0), kinfoProc.size);
      return kinIn(kinfoProc, reply, release);
    },
  };
}
