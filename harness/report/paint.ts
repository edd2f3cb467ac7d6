/** Colours by meaning. Whether there are any is the caller's decision, made once. */

import { styleText } from 'node:util';

export interface Paint {
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly doubtful: (text: string) => string;
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
}

const plain = (text: string): string => text;

function styled(...formats: Parameters<typeof styleText>[0][]): (text: string) => string {
  // The stream is not asked: styleText would let FORCE_COLOR and NO_COLOR overrule the caller.
  return (text) =>
    formats.reduce<string>((inner, format) => styleText(format, inner, { validateStream: false }), text);
}

export const uncoloured: Paint = { good: plain, bad: plain, doubtful: plain, strong: plain, faint: plain };

export const coloured: Paint = {
  good: styled('green', 'bold'),
  bad: styled('red', 'bold'),
  doubtful: styled('yellow'),
  strong: styled('bold'),
  faint: styled('dim'),
};
