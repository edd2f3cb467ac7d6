/** struct kinfo_proc and struct kinfo_file, <sys/user.h>: FreeBSD 12 to 15 on 64-bit machines. */

import type { Layout } from '../bsd/layout.ts';

export type ProcField =
  | 'ki_structsize'
  | 'ki_pid'
  | 'ki_ppid'
  | 'ki_pgid'
  | 'ki_tpgid'
  | 'ki_sid'
  | 'ki_siglist'
  | 'ki_sigmask'
  | 'ki_sigignore'
  | 'ki_sigcatch'
  | 'ki_uid'
  | 'ki_ruid'
  | 'ki_svuid'
  | 'ki_rgid'
  | 'ki_svgid'
  | 'ki_ngroups'
  | 'ki_groups'
  | 'ki_runtime'
  | 'ki_start'
  | 'ki_flag'
  | 'ki_kiflag'
  | 'ki_stat'
  | 'ki_nice'
  | 'ki_comm'
  | 'ki_tdev'
  | 'ki_numthreads'
  | 'ki_tid'
  | 'ki_rusage'
  | 'ki_tdflags';

export const kinfoProc: Layout<ProcField> = {
  struct: 'kinfo_proc',
  size: 1088,
  fields: {
    ki_structsize: [0, 4, 'signed'],
    ki_pid: [72, 4, 'signed'],
    ki_ppid: [76, 4, 'signed'],
    ki_pgid: [80, 4, 'signed'],
    ki_tpgid: [84, 4, 'signed'],
    ki_sid: [88, 4, 'signed'],
    ki_siglist: [104, 16, 'set'],
    ki_sigmask: [120, 16, 'set'],
    ki_sigignore: [136, 16, 'set'],
    ki_sigcatch: [152, 16, 'set'],
    ki_uid: [168, 4, 'unsigned'],
    ki_ruid: [172, 4, 'unsigned'],
    ki_svuid: [176, 4, 'unsigned'],
    ki_rgid: [180, 4, 'unsigned'],
    ki_svgid: [184, 4, 'unsigned'],
    ki_ngroups: [188, 2, 'signed'],
    ki_groups: [192, 64, 'set'],
    ki_runtime: [328, 8, 'unsigned'],
    ki_start: [336, 16, 'set'],
    ki_flag: [368, 8, 'signed'],
    ki_kiflag: [376, 8, 'signed'],
    ki_stat: [388, 1, 'signed'],
    ki_nice: [389, 1, 'signed'],
    ki_comm: [447, 20, 'text'],
    ki_tdev: [560, 8, 'unsigned'],
    ki_numthreads: [596, 4, 'signed'],
    ki_tid: [600, 4, 'signed'],
    ki_rusage: [608, 144, 'set'],
    ki_tdflags: [1080, 8, 'signed'],
  },
};

export type FileField =
  | 'kf_structsize'
  | 'kf_type'
  | 'kf_fd'
  | 'kf_flags'
  | 'kf_vnode_type'
  | 'kf_file_fsid'
  | 'kf_file_rdev'
  | 'kf_file_fileid'
  | 'kf_pipe_addr'
  | 'kf_sock_pcb'
  | 'kf_status'
  | 'kf_path';

/** `size` is that of the record of kern.proc.cwd; those of kern.proc.filedesc end with their path. */
export const kinfoFile: Layout<FileField> = {
  struct: 'kinfo_file',
  size: 1392,
  fields: {
    kf_structsize: [0, 4, 'signed'],
    kf_type: [4, 4, 'signed'],
    kf_fd: [8, 4, 'signed'],
    kf_flags: [16, 4, 'signed'],
    kf_vnode_type: [32, 4, 'signed'],
    kf_file_fsid: [288, 8, 'unsigned'],
    kf_file_rdev: [296, 8, 'unsigned'],
    kf_file_fileid: [304, 8, 'unsigned'],
    kf_pipe_addr: [304, 8, 'unsigned'],
    kf_sock_pcb: [304, 8, 'unsigned'],
    kf_status: [336, 2, 'unsigned'],
    kf_path: [368, 1024, 'text'],
  },
};

/** ki_kiflag: the session has a controlling terminal. */
export const KI_CTTY = 1;
/** ki_flag: the process runs inside exec(2) or is ending. */
export const P_WEXIT = 0x2000;
/** ki_tdflags, <sys/proc.h>: a signal can end the sleep. */
export const TDF_SINTR = 8;
/** ki_tpgid of a terminal without a foreground process group, <sys/proc.h>: NO_PID. */
export const NO_PID = 100000;

/** kf_fd of what is no descriptor. */
export const KF_FD_TYPE_ROOT = -2;

/** kf_status: the fields from stat(2) could be read. */
export const KF_ATTR_VALID = 1;
