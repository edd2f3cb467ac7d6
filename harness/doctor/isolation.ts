/** Which part of a world of its own a launch can have here, shown by a canary, and what would enable the rest. */

import type { OwnWorld } from '../facts/run.ts';
import { holdsMounts } from '../isolation/files.ts';
import { openCanaries } from '../launch/canary.ts';
import type { Launcher } from '../launch/launcher-client.ts';
import { startStates } from '../launch/start-states.ts';
import { textOf } from '../observe/linux/reading.ts';
import type { Finding } from './diagnose.ts';

const parts: Readonly<Record<keyof OwnWorld, { readonly what: string; readonly detail: string }>> = {
  processIds: { what: 'own process IDs', detail: 'its stage is process 1: nothing outlives it' },
  files: { what: 'own files', detail: 'what it writes is gone with it' },
  network: { what: 'own network', detail: 'with a loopback interface that is up' },
  ipc: { what: 'own IPC', detail: 'shared memory, semaphores and message queues' },
};

function settingOf(path: string): string | null {
  try {
    return textOf(path).trim();
  } catch {
    // This kernel has no such setting, and with it no such restriction.
    return null;
  }
}

/** user_namespaces(7), and what distributions put in front of them. */
const restrictions = [
  {
    path: '/proc/sys/user/max_user_namespaces',
    forbids: '0',
    remedy: 'sysctl user.max_user_namespaces=15000',
  },
  {
    path: '/proc/sys/kernel/apparmor_restrict_unprivileged_userns',
    forbids: '1',
    remedy: 'sysctl kernel.apparmor_restrict_unprivileged_userns=0, or an AppArmor profile with userns',
  },
  {
    path: '/proc/sys/kernel/unprivileged_userns_clone',
    forbids: '0',
    remedy: 'sysctl kernel.unprivileged_userns_clone=1',
  },
] as const;

function whatWouldHelp(because: string): string {
  const directory = because.endsWith(` ${holdsMounts}`) ? because.slice(0, -holdsMounts.length - 1) : null;
  if (directory !== null) return `umount(8) of what findmnt -R ${directory} shows in it, or root`;
  const asRoot =
    'CAP_SYS_ADMIN (in a container --cap-add SYS_ADMIN, with --security-opt seccomp=unconfined and apparmor=unconfined where those deny unshare or mount)';
  if (process.geteuid?.() === 0) return asRoot;
  const set = restrictions.filter(({ path, forbids }) => settingOf(path) === forbids);
  const remedies = set.map(({ remedy }) => remedy);
  return [...remedies, remedies.length > 0 ? 'or root' : `user namespaces, or root with ${asRoot}`].join(
    '; ',
  );
}

/** Where there are no namespaces nothing is said of them. */
export async function isolation(launcher: Launcher): Promise<readonly Finding[]> {
  if (process.platform !== 'linux') return [];
  const reading = await openCanaries(launcher).read(startStates.clean, {
    directory: '/',
    environment: {},
    isolation: 'auto',
    signal: undefined,
  });
  return Object.entries(parts).map(([name, { what, detail }]) => {
    const works = reading.isolation[name as keyof OwnWorld];
    const because = reading.notIsolated ?? 'the canary does not show it';
    return {
      area: 'launch',
      what,
      works,
      detail: works ? detail : because,
      wouldHelp: works ? null : whatWouldHelp(because),
    };
  });
}
