/** Processes on NetBSD, from sysctl(3) kern.proc2, kern.file2 and their like, and from procfs where it is mounted. */

import { netbsdSysctl as mib, netbsdLimits } from '../../libc/netbsd.ts';
import { isCharacterSpecial } from '../bsd/files.ts';
import type { Kernel, ProcfsDescriptor } from '../bsd/kernel.ts';
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
import type { Observer } from '../observer.ts';
import { isEnding, readers, recordOfProcess, type Source, sourceOf, startOf } from './decode.ts';
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
      if (reply.kind === 'failed') {
        if (reply.errno === 'ESRCH') return { kind: 'gone' };
        if (reply.errno === 'EINVAL') {
          throw new UnknownLayout(release, `no struct kinfo_proc2 of ${kinfoProc2.size} bytes (EINVAL)`);
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
      const used = ['p_uutime_sec', 'p_uutime_usec', 'p_ustime_sec', 'p_ustime_usec', 'p_nlwps'] as const;
      const counts = ['p_uru_minflt', 'p_uru_nvcsw', 'p_uru_nivcsw', 'p_realstat'] as const;
      const fields = fieldsOf(kinfoProc2, record);
      return [...names, ...used, ...counts].map((name) => fields.bytes(name).toString('hex')).join(' ');
    },
    ending: (record) => isEnding(fieldsOf(kinfoProc2, record)),
    startTimeOf: (record) => startOf(fieldsOf(kinfoProc2, record)),
    everyProcess() {
      const reply = readTable(sysctl, processes('kern.proc2.all', mib.KERN_PROC_ALL, 0), kinfoProc2.size);
      if (reply.kind === 'failed') return [];
      return recordsOf(kinfoProc2, reply.bytes, release).map((record) => ({
        pid: record.number('p_pid'),
        parent: record.number('p_ppid'),
        group: record.number('p__pgid'),
        session: record.number('p_sid'),
      }));
    },
  };
}
