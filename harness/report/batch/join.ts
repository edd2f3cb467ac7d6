/** The shards of a batch, joined to the report of the whole. */

import { type BatchReport, batchVerdict, byName } from './report.ts';

export type JoinResult =
  | { readonly kind: 'joined'; readonly report: BatchReport }
  | { readonly kind: 'refused'; readonly because: string };

export interface NamedBatch {
  /** As the user knows it. */
  readonly file: string;
  readonly report: BatchReport;
}

function refused(because: string): JoinResult {
  return { kind: 'refused', because };
}

export function joinBatches(batches: readonly NamedBatch[]): JoinResult {
  const [first] = batches;
  if (first === undefined) return refused('there is nothing to join');
  for (const { file, report } of batches) {
    if (report.platform.id !== first.report.platform.id) {
      return refused(
        `${file} is of ${report.platform.id} and ${first.file} of ${first.report.platform.id}: compare shows platforms side by side`,
      );
    }
    if (report.tool.version !== first.report.tool.version) {
      return refused(
        `${file} was written by version ${report.tool.version} and ${first.file} by ${first.report.tool.version}: run all shards with one version`,
      );
    }
  }
  const incomplete = wrongShards(batches) ?? twice(batches);
  if (incomplete !== null) return refused(incomplete);
  const programs = batches.flatMap(({ report }) => report.programs).sort(byName);
  const skipped = batches.flatMap(({ report }) => report.skipped).sort(byName);
  const unjudged = batches.flatMap(({ report }) => report.unjudged).sort(byName);
  const verdict = batchVerdict({ programs, unjudged });
  return { kind: 'joined', report: { ...first.report, shard: null, programs, skipped, unjudged, verdict } };
}

/** Half a batch that looks like a whole one would hide the other half: every shard has to be there, once. */
function wrongShards(batches: readonly NamedBatch[]): string | null {
  const sharded = batches.flatMap(({ file, report: { shard } }) => (shard === null ? [] : [{ file, shard }]));
  const [first] = sharded;
  if (first === undefined) return null;
  const { count } = first.shard;
  const other = sharded.find(({ shard }) => shard.count !== count);
  if (other !== undefined) {
    return `${other.file} is one of ${other.shard.count} shards and ${first.file} one of ${count}`;
  }
  const whole = batches.find(({ report }) => report.shard === null);
  if (whole !== undefined) return `${whole.file} is a whole batch and ${first.file} a shard of one`;
  for (let index = 1; index <= count; index++) {
    const files = sharded.filter(({ shard }) => shard.index === index).map(({ file }) => file);
    if (files.length === 0) return `shard ${index}/${count} is missing`;
    if (files.length > 1) return `${files.join(' and ')} are both shard ${index}/${count}`;
  }
  return null;
}

function twice(batches: readonly NamedBatch[]): string | null {
  const files = new Map<string, string>();
  for (const { file, report } of batches) {
    for (const { name } of [...report.programs, ...report.skipped, ...report.unjudged]) {
      const earlier = files.get(name);
      if (earlier !== undefined) return `${name} is in ${earlier} and in ${file}`;
      files.set(name, file);
    }
  }
  return null;
}
