/** Numbers of system calls: on x86-64, and in the generic table of other architectures (arm64, riscv64, loong64). */

export type SyscallTable = 'x64' | 'generic';

/** The table of an architecture as `process.arch` names it; null if its numbers are not known here. */
export function syscallTable(architecture: string): SyscallTable | null {
  if (architecture === 'x64') return 'x64';
  return ['arm64', 'riscv64', 'loong64'].includes(architecture) ? 'generic' : null;
}

/** Name, number on x86-64, number in the generic table, each null where the call is not there; and what is said of it. */
type Row = readonly [string, number | null, number | null, ...unknown[]];

export function byNumber<R extends Row>(
  rows: readonly R[],
): Readonly<Record<SyscallTable, ReadonlyMap<number, R>>> {
  const of = (at: 1 | 2) => new Map(rows.flatMap((row) => (row[at] === null ? [] : [[row[at], row]])));
  return { x64: of(1), generic: of(2) };
}
