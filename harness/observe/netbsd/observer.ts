/** Processes on NetBSD, from sysctl(3) kern.proc2, kern.file2 and their like, and from procfs where it is mounted. */

import { netbsdSysctl as mib, netbsdLimits } from '../../libc/constants/netbsd.ts';
import { isCharacterSpecial } from '../bsd/files.ts';
import type { Kernel, ProcfsDescriptor } from '../bsd/kernel.ts';
import { fieldsOf, recordsOf } from '../bsd/layout.ts';
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
import { isEnding, readers, type Source, sourceOf } from './decode.ts';
import { lines } from './evidence.ts';
import { kinfoFile, kinfoLwp, kinfoProc2 } from './layout.ts';

const roomForStrings = 4096;

const { CTL_KERN, KERN_PROC2 } = mib;

export function netbsdObserver(kernel: Kernel): Observer {
  return observerOf(netbsdSystem(kernel));
}

export function netbsdSystem({ release, sysctl, devices, files }: Kernel): System<Source> {
  const processes = (name: string, operation: number, pid: number) =>
    tableQuestion(name, kinfoProc2.size, CTL_KERN, KERN_PROC2, operation, pid);
  const filesOf = (pid: number): Reply =>
    readTable(
      sysctl,
      tableQuestion(
        `kern.file2.pid.${pid}`,
        kinfoFile.size,
        CTL_KERN,
        mib.KERN_FILE2,
        mib.KERN_FILE_BYPID,
        pid,
      ),
      kinfoFile.size,
    );
  const recordsIn = (reply: Reply) =>
    reply.kind === 'bytes' ? recordsOf(kinfoFile, reply.bytes, release) : [];

  return {
    readers,
    lines,
    look(pid): Look {
      const asked = processes(`kern.proc2.pid.${pid}`, mib.KERN_PROC_PID, pid);
      const reply = readRecord(sysctl, asked, kinfoProc2.size);
      return lookOf(kinfoProc2, reply, pid, release);
    },
    gather(pid, record, surroundings) {
      const strings = (name: string, what: number) =>
        readInto(
          sysctl,
          question(`kern.proc_args.${pid}.${name}`, CTL_KERN, mib.KERN_PROC_ARGS, pid, what),
          roomForStrings,
        );
      const limit = (name: string, which: number, type: number) =>
        readRecord(
          sysctl,
          question(`proc.${pid}.rlimit.${name}`, mib.CTL_PROC, pid, mib.PROC_PID_LIMIT, which + 1, type),
          8,
        );
      // While both are open: a node that is closed and opened again may get another vnode.
      const [open, nullVnode] = files.withNullDevice((fd) => {
        const own = fd === null ? [] : recordsIn(filesOf(process.pid));
        const found = own.find((file) => file.number('ki_fd') === fd);
        return [filesOf(pid), found?.bigint('ki_fdata') ?? null] as const;
      });
      const procfs = new Map<number, ProcfsDescriptor>();
      for (const file of recordsIn(open)) {
        if (!isCharacterSpecial(file.number('ki_vtype'))) continue;
        const shown = files.procfsDescriptor(pid, file.number('ki_fd'));
        if (shown !== null) procfs.set(file.number('ki_fd'), shown);
      }
      const answers = {
        release,
        pid,
        record,
        lwps: readTable(
          sysctl,
          tableQuestion(`kern.lwp.${pid}`, kinfoLwp.size, CTL_KERN, mib.KERN_LWP, pid),
          kinfoLwp.size,
        ),
        files: open,
        cwd: strings('cwd', mib.KERN_PROC_CWD),
        pathname: strings('pathname', mib.KERN_PROC_PATHNAME),
        argv: strings('argv', mib.KERN_PROC_ARGV),
        env: strings('env', mib.KERN_PROC_ENV),
        limits: Object.fromEntries(
          netbsdLimits.map((name, which) => [
            name,
            {
              soft: limit(`${name}.soft`, which, mib.PROC_PID_LIMIT_TYPE_SOFT),
              hard: limit(`${name}.hard`, which, mib.PROC_PID_LIMIT_TYPE_HARD),
            },
          ]),
        ),
        nullVnode,
        procfs,
        procfsRoot: files.procfsRoot(pid),
      };
      return sourceOf(answers, surroundings, devices);
    },
    startOf: (record) => startOf(fieldsOf(kinfoProc2, record))?.toString() ?? null,
    momentOf: (record) => momentOf(fieldsOf(kinfoProc2, record), ['p_nlwps', 'p_realstat']),
    ending: (record) => isEnding(fieldsOf(kinfoProc2, record)),
    startTimeOf: (record) => startOf(fieldsOf(kinfoProc2, record)),
    processorMsOf: (record) => processorMsOf(fieldsOf(kinfoProc2, record)),
    listingOf: (pid) => `fstat -p ${pid}`,
    everyProcess() {
      const reply = readTable(sysctl, processes('kern.proc2.all', mib.KERN_PROC_ALL, 0), kinfoProc2.size);
      return kinIn(kinfoProc2, reply, release);
    },
  };
}
