/** The observers of the BSDs by system. */

import type { DevnameSystem } from '../libc/bsd/sys-sysctl.ts';
import { functionsOfLibc } from '../libc/load-koffi.ts';
import { type Kernel, runningKernel } from './bsd/kernel.ts';
import { freebsdObserver } from './freebsd/observer.ts';
import { netbsdObserver } from './netbsd/observer.ts';
import type { Observer } from './observer.ts';
import { openbsdObserver } from './openbsd/observer.ts';

const ofKernel: Readonly<Record<DevnameSystem, (kernel: Kernel) => Observer>> = {
  freebsd: freebsdObserver,
  openbsd: openbsdObserver,
  netbsd: netbsdObserver,
};

/** Binds sysctl(3) and devname(3) of the running system. @throws KoffiMissing */
export function bsdObserver(system: DevnameSystem, functions = functionsOfLibc): Observer {
  return ofKernel[system](runningKernel(functions(), system));
}
