/** The job summary of GitHub Actions: Markdown at the end of the file the runner names. */

import { appendFileSync, statSync } from 'node:fs';
import { renderMarkdown } from '../report/check/markdown.ts';
import type { Report } from '../report/report.ts';
import { complain } from './complaint.ts';
import type { Io } from './io.ts';

/** A step whose summary is longer loses all of it. */
const bytesAtMost = 1024 * 1024;

/** That it cannot be written is said, and changes no verdict. */
export async function writeStepSummary(report: Report, io: Io): Promise<void> {
  const path = io.env.GITHUB_STEP_SUMMARY ?? '';
  if (path === '') return;
  const text = `${renderMarkdown(report)}\n`;
  try {
    if (!isFileOrNone(path)) {
      await complain(io, `the job summary is no file (${path})`);
      return;
    }
    if (sizeOf(path) + Buffer.byteLength(text) > bytesAtMost) {
      await complain(io, `the job summary is full, and this report is not in it (${path})`);
      return;
    }
    appendFileSync(path, text);
  } catch (error) {
    await complain(io, `the job summary could not be written: ${String(error)}`);
  }
}

/** A fifo would keep us for good. */
function isFileOrNone(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? true;
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
