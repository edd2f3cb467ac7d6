/** Runs a tool nobody here wrote, on text; null where it is not installed. */

import { spawnSync } from 'node:child_process';

export function outsideTool(
  name: string,
  argv: readonly string[],
  input: string,
): { readonly status: number | null; readonly output: string } | null {
  const { status, stdout, stderr, error } = spawnSync(name, argv, {
    input,
    encoding: 'utf8',
    timeout: 30_000,
    maxBuffer: 64 * 1024 * 1024,
  });
  if (error !== undefined && 'code' in error && error.code === 'ENOENT') return null;
  if (error !== undefined) throw new Error(`${name} could not be run`, { cause: error });
  return { status, output: stdout + stderr };
}
