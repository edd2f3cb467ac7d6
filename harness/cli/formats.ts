/** The formats of a report: a row each. One that is heavy to load can await its import in its row. */

import { renderJson } from '../report/json.ts';
import { type PrettyView, renderPretty } from '../report/pretty.ts';
import type { Report } from '../report/report.ts';

export type ReportFormat = (report: Report, view: PrettyView) => string | Promise<string>;

export const reportFormats: Readonly<Record<string, ReportFormat>> = {
  pretty: renderPretty,
  json: renderJson,
};
