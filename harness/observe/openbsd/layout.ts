/** struct kinfo_proc and struct kinfo_file, <sys/sysctl.h>: OpenBSD 7.3 on 64-bit machines. */

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
  | 'p_psflags'
  | 'p_svuid'
  | 'p_svgid'
  | 'p_tid';

/** Later releases append to it; the kernel returns as much of it as is asked for. */
export const kinfoProc: Layout<ProcField> = {
  struct: 'kinfo_proc',
  size: 648,
  fields: {
    p_eflag: [96, 4, 'signed'],
    p_flag: [104, 4, 'signed'],
    p_pid: [108, 4, 'signed'],
    p_ppid: [112, 4, 'signed'],
    p_sid: [116, 4, 'signed'],
    p__pgid: [120, 4, 'signed'],
    p_tpgid: [124, 4, 'signed'],
    p_uid: [128, 4, 'unsigned'],
    p_ruid: [132, 4, 'unsigned'],
    p_gid: [136, 4, 'unsigned'],
    p_rgid: [140, 4, 'unsigned'],
    p_groups: [144, 64, 'set'],
    p_ngroups: [208, 2, 'signed'],
    p_tdev: [212, 4, 'unsigned'],
    p_siglist: [288, 4, 'set'],
    p_sigmask: [292, 4, 'set'],
    p_sigignore: [296, 4, 'set'],
    p_sigcatch: [300, 4, 'set'],
    p_stat: [304, 1, 'signed'],
    p_nice: [307, 1, 'unsigned'],
    p_comm: [312, 24, 'text'],
    p_uvalid: [400, 8, 'signed'],
    p_ustart_sec: [408, 8, 'unsigned'],
    p_ustart_usec: [416, 4, 'unsigned'],
    p_uutime_sec: [420, 4, 'unsigned'],
    p_uutime_usec: [424, 4, 'unsigned'],
    p_ustime_sec: [428, 4, 'unsigned'],
    p_ustime_usec: [432, 4, 'unsigned'],
    p_uru_minflt: [472, 8, 'unsigned'],
    p_uru_nvcsw: [536, 8, 'unsigned'],
    p_uru_nivcsw: [544, 8, 'unsigned'],
    p_psflags: [560, 4, 'unsigned'],
    p_svuid: [568, 4, 'unsigned'],
    p_svgid: [572, 4, 'unsigned'],
    p_tid: [608, 4, 'signed'],
  },
};

export type FileField =
  | 'f_flag'
  | 'f_type'
  | 'f_data'
  | 'v_type'
  | 'va_rdev'
  | 'va_fileid'
  | 'va_mode'
  | 'va_fsid'
  | 'f_mntonname'
  | 'p_pid'
  | 'fd_fd'
  | 'fd_ofileflags'
  | 'unp_path'
  | 'va_nlink';

export const kinfoFile: Layout<FileField> = {
  struct: 'kinfo_file',
  size: 632,
  fields: {
    f_flag: [8, 4, 'unsigned'],
    f_type: [16, 4, 'unsigned'],
    f_data: [64, 8, 'unsigned'],
    v_type: [120, 4, 'unsigned'],
    va_rdev: [132, 4, 'unsigned'],
    va_fileid: [152, 8, 'unsigned'],
    va_mode: [168, 4, 'unsigned'],
    va_fsid: [172, 4, 'unsigned'],
    f_mntonname: [176, 96, 'text'],
    p_pid: [376, 4, 'unsigned'],
    fd_fd: [380, 4, 'signed'],
    fd_ofileflags: [384, 4, 'unsigned'],
    unp_path: [488, 104, 'text'],
    va_nlink: [624, 4, 'unsigned'],
  },
};

/** p_flag, <sys/proc.h>: a signal can end the sleep. */
export const P_SINTR = 0x80;
/** p_psflags, <sys/proc.h> */
export const PS_EXITING = 0x8;
export const PS_ZOMBIE = 0x40000;

/** fd_fd of what is no descriptor, <sys/sysctl.h>. */
export const KERN_FILE_CDIR = -2;
export const KERN_FILE_RDIR = -3;

/** fd_ofileflags, <sys/filedesc.h>: close-on-exec. */
export const UF_EXCLOSE = 1;
