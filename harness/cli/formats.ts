/** The formats of a report: a row each. One that is heavy to load can await its import in its row. */

import { renderJson } from '../report/check/json.ts';
import { type PrettyView, renderPretty } from '../report/check/pretty.ts';
import type { Report } from '../report/report.ts';

export type ReportFormat = (report: Report, view: PrettyView) => string | Promise<string>;

export const reportFormats: Readonly<Record<string, ReportFormat>> = {
  pretty: renderPretty,
  json: renderJson,
  junit: async (report) => (await import('../report/check/junit.ts')).renderJunit(report),
  tap: async (report) => (await import('../report/check/tap.ts')).renderTap(report),
  tap14: async (report) => (await import('../report/check/tap.ts')).renderTap14(report),
  ctrf: async (report) => (await import('../report/check/ctrf.ts')).renderCtrf(report),
  markdown: async (report) => (await import('../report/check/markdown.ts')).renderMarkdown(report),
  html: async (report) => (await import('../report/html/page.ts')).renderHtml(report),
  github: async (report, view) => (await import('../report/check/github.ts')).renderGithub(report, view),
};
