/** The package this code belongs to, whether it runs from source or compiled. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

function find(): string {
  const beside = join(__dirname, '..');
  return existsSync(join(beside, 'package.json')) ? beside : join(beside, '..');
}

/** Folder that holds package.json. */
export const packageRoot = find();

/** Version in package.json. */
export function packageVersion(): string {
  // biome-ignore lint/plugin: a file of this package
  const { version } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as {
    readonly version: string;
  };
  return version;
}
