/** koffi, loaded when it is first needed: where everything is read from files it never is. */

import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Functions } from './bsd/sys-sysctl.ts';
import type { ErrnoName } from './library.ts';

/** koffi has no binary for this system. */
export class KoffiMissing extends Error {
  constructor(platform: string, arch: string, cause?: unknown) {
    super(
      [
        `koffi, which calls the C library, has no binary for ${platform} ${arch}:`,
        'no process can be observed or launched here (check, inspect, suite).',
        'compare, explain and list work, and so do reports written on another machine.',
        'To enable the rest, koffi has to be built for this system from its source: https://koffi.dev/contribute',
      ].join(' '),
      { cause },
    );
    this.name = 'KoffiMissing';
  }
}

type Koffi = typeof import('koffi');

/**
 * koffi's native part, where npm puts it: what koffi itself does before it loads that takes six times as long, and adds
 * nothing but warnings of what is not used here. Null where it is somewhere else, or for another C library.
 */
function loadNative(): Koffi | null {
  const { platform, arch } = process;
  const file = `node_modules/@koromix/koffi-${platform}-${arch}/${platform}_${arch}/koffi.node`;
  for (let folder = __dirname; folder !== dirname(folder); folder = dirname(folder)) {
    const path = join(folder, file);
    if (!existsSync(path)) continue;
    try {
      const native = { exports: {} };
      process.dlopen(native, path);
      return native.exports as Koffi;
    } catch {
      return null;
    }
  }
  return null;
}

let loaded: Koffi | null = null;

/** @throws KoffiMissing */
export function loadKoffi(): Koffi {
  try {
    loaded ??= loadNative() ?? (createRequire(__filename)('koffi') as Koffi);
    return loaded;
  } catch (error) {
    throw new KoffiMissing(process.platform, process.arch, error);
  }
}

/** @throws KoffiMissing */
export function functionsOfLibc(): Functions {
  const koffi = loadKoffi();
  const libc = koffi.load(null);
  const names = new Map<number, ErrnoName>();
  for (const [name, number] of Object.entries(koffi.os.errno)) {
    if (name.startsWith('E') && !names.has(number)) names.set(number, name as ErrnoName);
  }
  return {
    func: (declaration) => libc.func(declaration) as (...values: unknown[]) => unknown,
    errno: () => koffi.errno(),
    errnoName: (number) => names.get(number) ?? `E${number}`,
    address: (bytes) => BigInt(koffi.address(bytes)),
  };
}
