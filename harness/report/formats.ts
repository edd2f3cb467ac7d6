/** The formats of a report: a row each. The options name them all, so each is loaded when it is asked for. */

import type { PrettyView } from './check/pretty.ts';
import type { Report } from './report.ts';

export type ReportFormat = (report: Report, view: PrettyView) => Promise<string>;

export const reportFormats: Readonly<Record<string, ReportFormat>> = {
  pretty: async (report, view) => (await import('./check/pretty.ts')).renderPretty(report, view),
  json: async (report) => (await import('./check/json.ts')).renderJson(report),
  junit: async (report) => (await import('./check/junit.ts')).renderJunit(report),
  tap: async (report) => (await import('./check/tap.ts')).renderTap(report),
  tap14: async (report) => (await import('./check/tap.ts')).renderTap14(report),
  ctrf: async (report) => (await import('./check/ctrf.ts')).renderCtrf(report),
  markdown: async (report) => (await import('./check/markdown.ts')).renderMarkdown(report),
  html: async (report) => (await import('./html/page.ts')).renderHtml(report),
  github: async (report, view) => (await import('./check/github.ts')).renderGithub(report, view),
};
