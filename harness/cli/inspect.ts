/** `daemon-conformance inspect PID` */

import type { Invocation } from '../options/arguments.ts';
import { readSettings } from '../options/settings.ts';
import type { Report } from '../report/report.ts';
import { writeReport } from './check.ts';
import { complain } from './complaint.ts';
import { statusOf, usageErrorStatus } from './exit-status.ts';
import { reportFormats } from './formats.ts';
import type { Io } from './io.ts';
import { openOutputs } from './outputs.ts';
import type { Services } from './services.ts';
import { readColor } from './view.ts';

export async function inspect({ given, operands }: Invocation, io: Io, services: Services): Promise<number> {
  const usageFailed = async (line: string): Promise<number> => {
    await complain(io, line);
    return usageErrorStatus;
  };
  const [word, another] = operands;
  if (word === undefined)
    return usageFailed('inspect needs a process ID, as in daemon-conformance inspect 402');
  if (another !== undefined)
    return usageFailed(`inspect takes one process ID, and '${another}' is one word too many`);
  const pid = Number(word);
  if (!/^[1-9]\d{0,9}$/.test(word))
    return usageFailed(`'${word}' is no process ID; give a number, as ps(1) shows it`);
  const color = readColor(given);
  if (color.kind === 'usage-error') return usageFailed(color.line);
  const settings = await readSettings(given, io.cwd, async () =>
    (await services.requirements()).map(({ id }) => id),
  );
  if (settings.kind === 'usage-error') return usageFailed(settings.line);
  const outputs = openOutputs(given.format ?? [], Object.keys(reportFormats), io);
  if (outputs.kind === 'usage-error') return usageFailed(outputs.line);

  const { profile, overrides, failOn, only, skip, expectedFailures, language } = settings.value;
  let report: Report;
  try {
    report = await services.inspect({
      pid,
      profile,
      overrides,
      failOn,
      only,
      skip,
      expectedFailures,
      language,
    });
  } catch (error) {
    if (error instanceof Error && error.name === 'NoSuchProcess') return usageFailed(error.message);
    throw error;
  }
  await writeReport(report, outputs.value, color.value, { given, io });
  return statusOf(report.verdict, failOn);
}
