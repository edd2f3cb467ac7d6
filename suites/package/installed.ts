/** The package as it is published, packed and laid into a folder of somebody's project. Nothing is fetched for it. */

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../../harness/package-root.ts';

/** What `npm pack --json` says of it; sizes in bytes. */
export interface Packed {
  readonly filename: string;
  readonly size: number;
  readonly unpackedSize: number;
  readonly entryCount: number;
  readonly files: readonly { readonly path: string; readonly size: number }[];
}

export interface Project extends Disposable {
  /** Its folder, with the package and those of `beside` in node_modules. */
  readonly folder: string;
  readonly packed: Packed;
}

/** @param beside packages that the project has installed too, which are those of this repository */
export function projectWithPackage(...beside: readonly string[]): Project {
  const folder = mkdtempSync(join(tmpdir(), 'package-'));
  // As built: what npm would run before packing builds it again.
  const argv = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
  const [packed] = JSON.parse(
    execFileSync('npm', argv, { cwd: packageRoot, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
  ) as Packed[];
  if (packed === undefined) throw new Error('npm pack packed nothing');
  const modules = join(folder, 'node_modules');
  const own = join(modules, 'daemon-conformance');
  mkdirSync(own, { recursive: true });
  execFileSync('tar', ['-xzf', join(folder, packed.filename), '--strip-components', '1', '-C', own]);
  for (const name of ['koffi', ...beside]) {
    symlinkSync(join(packageRoot, 'node_modules', name), join(modules, name));
  }
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
  return { folder, packed, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) };
}
