/** The system a report comes from. */

import { arch, platform, release } from 'node:os';
import type { Platform } from '../facts/platform.ts';
import { engine } from '../libc/engine.ts';

/** @param libc as the launcher names it: `glibc-2.36`, `musl` */
export function describePlatform(libc: string): Platform {
  const numbers = /^\d+(\.\d+)*/.exec(release())?.[0] ?? release();
  return {
    id: [platform(), numbers, arch(), libc].join('-').toLowerCase(),
    os: platform(),
    release: release(),
    arch: arch(),
    libc,
    node: engine.name === 'Bun' ? `${process.version} (Bun ${engine.version})` : process.version,
  };
}

/** `glibc-2.36` or `musl`, from Node's own diagnostic report: slower than asking the launcher, but without one. */
export function libcOfThisProcess(): string {
  if (platform() !== 'linux') return 'libc';
  const { header } = process.report.getReport() as {
    readonly header: { readonly glibcVersionRuntime?: string };
  };
  return header.glibcVersionRuntime === undefined ? 'musl' : `glibc-${header.glibcVersionRuntime}`;
}
