/** The report as JSON, as `report.schema.json` describes it. */

import type { Report } from '../report.ts';

export function renderJson(report: Report): string {
  return `${JSON.stringify(report, wellFormed, 2)}\n`;
}

/** A lone surrogate has no UTF-8 form, and many parsers refuse its escape: U+FFFD stands for it. */
export function wellFormed(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? value.replace(/\p{Surrogate}/gu, '\ufffd') : value;
}
