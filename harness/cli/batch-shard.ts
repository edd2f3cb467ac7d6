/** `--shard 2/3`: which programs of a batch are this machine's. */

import { createHash } from 'node:crypto';
import { type ParseResult, understood, usageError } from '../options/usage-error.ts';
import type { Shard } from '../report/batch/report.ts';

const most = 10_000;

export function parseShard(text: string): ParseResult<Shard> {
  const [, first = '', second = ''] = /^(\d{1,5})\/(\d{1,5})$/.exec(text) ?? [];
  const [index, count] = [Number(first), Number(second)];
  return second !== '' && index >= 1 && index <= count && count <= most
    ? understood({ index, count })
    : usageError(`--shard is I/N with I from 1 to N, as in --shard 2/3, not '${text}'`);
}

/** By the name alone: a program stays where it is, whatever is added to the batch or reordered in it. */
export function isInShard(name: string, { index, count }: Shard): boolean {
  return createHash('sha256').update(name).digest().readUInt32BE(0) % count === index - 1;
}
