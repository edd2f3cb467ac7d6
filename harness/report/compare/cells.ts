/** How a cell looks: one sign, a word, and a shade of meaning that every format shows in its own way. */

import type { Verdict } from '../../facts/result.ts';
import type { Cell } from './comparison.ts';

export type Shade = 'good' | 'bad' | 'doubtful' | 'plain' | 'faint';

export interface Face {
  readonly sign: string;
  /** From outside, as is `detail`: every renderer escapes both. */
  readonly word: string;
  readonly shade: Shade;
  /** What stands behind it; null where there is nothing to add. */
  readonly detail: string | null;
}

/** What the signs mean, in the order in which a legend tells it. */
export const signs = [
  ['✓', 'passes'],
  ['✗', 'fails'],
  ['x', 'fails as expected'],
  ['?', 'could not be judged'],
  ['-', 'does not apply or is not asked for'],
  [' ', 'not in that report'],
] as const;

export function faceOf(cell: Cell): Face {
  switch (cell.kind) {
    case 'absent':
      return { sign: ' ', word: '', shade: 'faint', detail: null };
    case 'promise':
      return {
        ...promiseFace(cell.verdict),
        word: cell.seen,
        detail: cell.detail,
      };
    case 'outcome': {
      const { detail } = cell;
      switch (cell.outcome) {
        case 'pass':
          return { sign: '✓', word: 'pass', shade: 'good', detail };
        case 'fail':
          if (cell.expectedFailure !== null) {
            return {
              sign: 'x',
              word: 'expected failure',
              shade: 'plain',
              detail: cell.expectedFailure,
            };
          }
          return { sign: '✗', word: 'fail', shade: cell.counts ? 'bad' : 'doubtful', detail };
        case 'inconclusive':
          return { sign: '?', word: 'inconclusive', shade: 'doubtful', detail };
        case 'inapplicable':
          return { sign: '-', word: 'inapplicable', shade: 'faint', detail };
      }
    }
  }
}

function promiseFace(verdict: Extract<Cell, { kind: 'promise' }>['verdict']): Pick<Face, 'sign' | 'shade'> {
  switch (verdict) {
    case 'holds':
      return { sign: '✓', shade: 'good' };
    case 'broken':
      return { sign: '✗', shade: 'bad' };
    case 'unresolved':
      return { sign: '?', shade: 'doubtful' };
    case 'implementation-defined':
      return { sign: '·', shade: 'plain' };
    case 'unsupported':
      return { sign: '-', shade: 'faint' };
  }
}

export const verdictWords: Readonly<Record<Verdict, { readonly word: string; readonly shade: Shade }>> = {
  conforms: { word: 'conforms', shade: 'good' },
  'does-not-conform': { word: 'does not conform', shade: 'bad' },
  'not-judged': { word: 'not judged', shade: 'doubtful' },
  'not-applicable': { word: 'not applicable', shade: 'doubtful' },
};

/** `3 programs, 61 requirements, 12 differ` */
export function headline({
  of,
  columns,
  total,
  different,
}: {
  readonly of: 'programs' | 'platforms';
  readonly columns: readonly unknown[];
  readonly total: number;
  readonly different: number;
}): string {
  const [column, row] = of === 'programs' ? ['program', 'requirement'] : ['platform', 'promise'];
  return `${counted(columns.length, column)}, ${counted(total, row)}, ${different === 1 ? '1 differs' : `${different} differ`}`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** `17 pass, 8 fail` */
export function summaryText({
  pass,
  fail,
  inconclusive,
}: {
  readonly pass: number;
  readonly fail: number;
  readonly inconclusive: number;
}): string {
  const parts = [
    `${pass} pass`,
    `${fail} fail`,
    ...(inconclusive === 0 ? [] : [`${inconclusive} inconclusive`]),
  ];
  return parts.join(', ');
}
