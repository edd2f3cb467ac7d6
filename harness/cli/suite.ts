/** `daemon-conformance suite [NAME...]`: what the kernel and the C library here keep of what daemons rest on. */

import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Invocation } from '../options/arguments.ts';
import { didYouMean } from '../options/near-miss.ts';
import type { PrettyView } from '../report/check/pretty.ts';
import { renderSuiteJson } from '../report/suite/json.ts';
import { renderSuiteMarkdown } from '../report/suite/markdown.ts';
import { renderPlanJson, renderPlanPretty, type SuitePlan } from '../report/suite/plan.ts';
import { renderSuitePretty } from '../report/suite/pretty.ts';
import type { SuiteReport } from '../report/suite/report.ts';
import { complain, tell } from './complaint.ts';
import { suiteStatus, usageErrorStatus } from './exit-status.ts';
import type { Io } from './io.ts';
import { openOutputs } from './outputs.ts';
import type { Services } from './services.ts';
import { readColor, viewOf } from './view.ts';

const suites = ['syscalls'] as const;

const formats: Readonly<Record<string, (report: SuiteReport, view: PrettyView) => string>> = {
  pretty: renderSuitePretty,
  json: renderSuiteJson,
  markdown: renderSuiteMarkdown,
};

const planFormats: Readonly<Record<string, (plan: SuitePlan, view: PrettyView) => string>> = {
  pretty: renderPlanPretty,
  json: renderPlanJson,
};

export async function suite({ given, operands }: Invocation, io: Io, services: Services): Promise<number> {
  const usageFailed = async (line: string): Promise<number> => {
    await complain(io, line);
    return usageErrorStatus;
  };
  const unknown = operands.find((word) => !suites.some((name) => name === word));
  if (unknown !== undefined) {
    const meant = didYouMean(unknown, suites) || `; there is ${suites.join(', ')}`;
    return usageFailed(`there is no suite '${unknown}'${meant}`);
  }
  const color = readColor(given);
  if (color.kind === 'usage-error') return usageFailed(color.line);
  const libcWord = given.libc?.at(-1);
  const libcPath = libcWord === undefined ? null : resolve(io.cwd, libcWord);
  if (libcPath !== null && !existsSync(libcPath)) {
    return usageFailed(`there is no C library '${libcWord}': give the path of a libc.so`);
  }
  const outputs = openOutputs(given.format ?? [], Object.keys(formats), io);
  if (outputs.kind === 'usage-error') return usageFailed(outputs.line);

  const only = given.only?.flatMap((ids) => ids.split(',')) ?? null;
  if (given['dry-run'] !== undefined) {
    const system = given.system?.at(-1) ?? 'here';
    const plan = await services.planSuite({ system, only });
    if (plan === null)
      return usageFailed(`--system: there is no system '${system}'; --help names those there are`);
    if (plan.promises.length === 0) return usageFailed(`no promise is called ${only?.join(' or ')}`);
    for (const { format, destination } of outputs.value) {
      const render = planFormats[format];
      if (render === undefined)
        return usageFailed(`--dry-run is told as ${Object.keys(planFormats).join(' or ')}`);
      await destination.write(render(plan, viewOf(destination.terminal, color.value, given, io.env)));
    }
    return 0;
  }
  if (given.system !== undefined)
    return usageFailed('--system is for --dry-run: the suite runs on this system');
  const report = await services.suite({ libcPath, only });
  if (report.promises.length === 0) {
    return usageFailed(`no promise is called ${only?.join(' or ')}: suite -f json shows their ids`);
  }
  for (const { format, destination } of outputs.value) {
    const render = formats[format];
    if (render === undefined) throw new Error(`the format ${format} has no renderer`);
    await destination.write(render(report, viewOf(destination.terminal, color.value, given, io.env)));
  }
  // A part of the promises is no report of this platform.
  if (only === null) {
    const folder = await services.recordSuite(report, join(io.cwd, 'reports'));
    if (given.quiet === undefined) await tell(io, `the report is in ${folder}\n`);
  }
  return suiteStatus(report.summary);
}
