/** Reports kept for later comparison, one folder for each platform. */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderSuiteJson } from '../../../harness/report/suite/json.ts';
import { renderSuiteMarkdown } from '../../../harness/report/suite/markdown.ts';
import type { SuitePlatform, SuiteReport } from '../../../harness/report/suite/report.ts';

/** `linux-6.18-x64-glibc-2.36`: without the patch release, with which promises do not change. */
export function platformFolder({ os, release, arch, libc, examinedLibc }: SuitePlatform): string {
  const numbers = /^\d+(\.\d+)?/.exec(release)?.[0] ?? release;
  const library = examinedLibc === libc ? libc : `${libc}+${examinedLibc}`;
  return [os, numbers, arch, library].join('-').toLowerCase();
}

/** Writes `syscalls.json` and `syscalls.md` below `reports`; the folder they are in. */
export function writeSuiteReport(report: SuiteReport, reports: string): string {
  const folder = join(reports, platformFolder(report.platform));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${report.suite}.json`), renderSuiteJson(report));
  writeFileSync(join(folder, `${report.suite}.md`), renderSuiteMarkdown(report));
  return folder;
}

/** The report kept for this platform; null if there is none. */
export function readReference(platform: SuitePlatform, reports: string): SuiteReport | null {
  try {
    const text = readFileSync(join(reports, platformFolder(platform), 'syscalls.json'), 'utf8');
    return JSON.parse(text) as SuiteReport;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

export interface Difference {
  readonly id: string;
  /** Kind in the reference, null if it has no such promise. */
  readonly reference: string | null;
  readonly here: string | null;
}

/**
 * Kinds that are not those of the reference. A promise that could not be tried in one of the two runs, for want of a
 * privilege or a tool, is none: nothing was seen of it there.
 */
export function differences(reference: SuiteReport, here: SuiteReport): readonly Difference[] {
  const kinds = (report: SuiteReport) => new Map(report.promises.map((promise) => [promise.id, promise]));
  const [before, now] = [kinds(reference), kinds(here)];
  const found: Difference[] = [];
  for (const id of [...new Set([...before.keys(), ...now.keys()])].sort()) {
    const [old, fresh] = [before.get(id), now.get(id)];
    const untried = old?.verdict === 'unsupported' || fresh?.verdict === 'unsupported';
    if (old?.kind === fresh?.kind || (untried && old !== undefined && fresh !== undefined)) continue;
    found.push({ id, reference: old?.kind ?? null, here: fresh?.kind ?? null });
  }
  return found;
}
