/** A comparison as JSON, and a batch, which holds the reports of its programs whole. */

import type { BatchReport } from '../batch/report.ts';
import { wellFormed } from '../check/json.ts';
import type { Comparison } from './comparison.ts';

export function renderComparisonJson(comparison: Comparison): string {
  return `${JSON.stringify(comparison, wellFormed, 2)}\n`;
}

export function renderBatchJson(report: BatchReport): string {
  return `${JSON.stringify(report, wellFormed, 2)}\n`;
}
