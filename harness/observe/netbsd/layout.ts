/** struct kinfo_proc2, kinfo_lwp and kinfo_file, <sys/sysctl.h>: NetBSD 10 on 64-bit machines. */

import type { Layout } from '../bsd/layout.ts';

export type ProcField =
  | 'p_eflag'
  | 'p_flag'
  | 'p_pid'
  | 'p_ppid'
  | 'p_sid'
  | 'p__pgid'
  | 'p_tpgid'
  | 'p_uid'
  | 'p_ruid'
  | 'p_gid'
  | 'p_rgid'
  | 'p_groups'
  | 'p_ngroups'
  | 'p_tdev'
  | 'p_siglist'
  | 'p_sigmask'
  | 'p_sigignore'
  | 'p_sigcatch'
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
  | 'p_uru_nivcsw'
  | 'p_nlwps'
  | 'p_realstat'
  | 'p_svuid'
  | 'p_svgid';

/** Later releases append to it; the kernel returns as much of it as is asked for. */
export const kinfoProc2: Layout<ProcField> = {
  struct: 'kinfo_proc2',
  size: 680,
  fields: {
    p_eflag: [104, 4, 'signed'],
    p_flag: [112, 4, 'signed'],
    p_pid: [116, 4, 'signed'],
    p_ppid: [120, 4, 'signed'],
    p_sid: [124, 4, 'signed'],
    p__pgid: [128, 4, 'signed'],
    p_tpgid: [132, 4, 'signed'],
    p_uid: [136, 4, 'unsigned'],
    p_ruid: [140, 4, 'unsigned'],
    p_gid: [144, 4, 'unsigned'],
    p_rgid: [148, 4, 'unsigned'],
    p_groups: [152, 64, 'set'],
    p_ngroups: [216, 2, 'signed'],
    p_tdev: [220, 4, 'unsigned'],
    p_siglist: [296, 16, 'set'],
    p_sigmask: [312, 16, 'set'],
    p_sigignore: [328, 16, 'set'],
    p_sigcatch: [344, 16, 'set'],
    p_stat: [360, 1, 'signed'],
    p_nice: [363, 1, 'unsigned'],
    p_comm: [368, 24, 'text'],
    p_uvalid: [448, 8, 'signed'],
    p_ustart_sec: [456, 4, 'unsigned'],
    p_ustart_usec: [460, 4, 'unsigned'],
    p_uutime_sec: [464, 4, 'unsigned'],
    p_uutime_usec: [468, 4, 'unsigned'],
    p_ustime_sec: [472, 4, 'unsigned'],
    p_ustime_usec: [476, 4, 'unsigned'],
    p_uru_minflt: [512, 8, 'unsigned'],
    p_uru_nvcsw: [576, 8, 'unsigned'],
    p_uru_nivcsw: [584, 8, 'unsigned'],
    p_nlwps: [616, 8, 'unsigned'],
    p_realstat: [632, 8, 'unsigned'],
    p_svuid: [640, 4, 'unsigned'],
    p_svgid: [644, 4, 'unsigned'],
  },
};

export type LwpField = 'l_lid' | 'l_flag' | 'l_stat' | 'l_pid';

export const kinfoLwp: Layout<LwpField> = {
  struct: 'kinfo_lwp',
  size: 128,
  fields: {
    l_lid: [32, 4, 'signed'],
    l_flag: [36, 4, 'signed'],
    l_stat: [58, 1, 'signed'],
    l_pid: [104, 4, 'unsigned'],
  },
};

export type FileField =
  | 'ki_flag'
  | 'ki_ftype'
  | 'ki_fdata'
  | 'ki_vtype'
  | 'ki_pid'
  | 'ki_fd'
  | 'ki_ofileflags';

export const kinfoFile: Layout<FileField> = {
  struct: 'kinfo_file',
  size: 120,
  fields: {
    ki_flag: [8, 4, 'unsigned'],
    ki_ftype: [16, 4, 'unsigned'],
    ki_fdata: [64, 8, 'unsigned'],
    ki_vtype: [88, 4, 'unsigned'],
    ki_pid: [104, 4, 'unsigned'],
    ki_fd: [108, 4, 'signed'],
    ki_ofileflags: [112, 4, 'unsigned'],
  },
};

/** p_flag and l_flag: a signal can end the sleep. */
export const L_SINTR = 0x80;

/** p_realstat: state of the process, where p_stat is that of one of its threads. */
export const SDYING = 3;
export const SZOMB = 5;
export const SDEAD = 6;
