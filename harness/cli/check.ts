/** `daemon-conformance [options] [--] PROGRAM [ARG...]` */

import type { CheckRequest } from '../check/request.ts';
import { findProgram } from '../launch/find-program.ts';
import type { Invocation } from '../options/arguments.ts';
import { readConfig } from '../options/config-file.ts';
import { didYouMean, nearest } from '../options/near-miss.ts';
import { verbs } from '../options/option.ts';
import { settingsOf } from '../options/settings.ts';
import { reportFormats } from '../report/formats.ts';
import type { Report } from '../report/report.ts';
import { complain } from './complaint.ts';
import { statusOf, stopStatus, usageErrorStatus } from './exit-status.ts';
import { watchInterruption } from './interruption.ts';
import type { Io } from './io.ts';
import { type OpenOutput, openOutputs } from './outputs.ts';
import type { Services } from './services.ts';
import { openStatusLine } from './status-line.ts';
import { type ColorWord, readColor, viewOf } from './view.ts';
import { whyUntraced } from './why-untraced.ts';

/** What a word that is no program may have been meant for. */
function meantVerb(word: string): string {
  if (word.includes('/')) return '';
  if (nearest(word, ['check', ...verbsOfCommandLine]) === 'check')
    return '; to check a program no verb is needed: daemon-conformance ./mydaemon';
  return didYouMean(word, verbsOfCommandLine);
}

/** `check` is none: it is what happens without one. */
const verbsOfCommandLine = [...verbs.filter((verb) => verb !== 'check'), 'help'];

export async function check({ given, operands }: Invocation, io: Io, services: Services): Promise<number> {
  const usageFailed = async (line: string): Promise<number> => {
    await complain(io, line);
    return usageErrorStatus;
  };
  const [word] = operands;
  if (word === undefined)
    return usageFailed(
      'no program given; name the one to check, as in daemon-conformance ./mydaemon (--help tells more)',
    );
  const color = readColor(given);
  if (color.kind === 'usage-error') return usageFailed(color.line);
  const isWriting = given['write-expected'] !== undefined;
  const config = readConfig(given.config?.at(-1) ?? null, io.cwd, isWriting);
  if (config.kind === 'usage-error') return usageFailed(config.line);
  const settings = await settingsOf(given, config.value, io.cwd, async () =>
    (await services.requirements()).map(({ id }) => id),
  );
  if (settings.kind === 'usage-error') return usageFailed(settings.line);
  const program = findProgram(word, { cwd: io.cwd, path: io.env.PATH });
  if (program.kind === 'error') return usageFailed(program.message + meantVerb(word));
  const outputs = openOutputs(given.format ?? [], Object.keys(reportFormats), io);
  if (outputs.kind === 'usage-error') return usageFailed(outputs.line);
  const expectations = isWriting
    ? (await import('./write-expected.ts')).openExpectations(config.value, io.cwd)
    : null;
  if (expectations?.kind === 'usage-error') return usageFailed(expectations.line);

  const order: CheckRequest = {
    ...settings.value,
    argv: operands,
    path: program.path,
    cwd: io.cwd,
    env: io.env,
    keep: given.keep !== undefined,
  };
  const render = (report: Report): Promise<readonly Rendered[]> =>
    renderReport(report, outputs.value, color.value, { given, io });
  const made = await make(order, { io, services, quiet: given.quiet !== undefined, render });
  if (made.kind === 'stopped') return stopStatus[made.by];
  if (made.fallback !== null) await complain(io, made.fallback);
  const untraced = order.trace === true ? whyUntraced([made.report]) : null;
  if (untraced !== null) await complain(io, untraced);
  await writeReport(made.report, await made.rendered, io);
  if (expectations === null) return statusOf(made.report.verdict, settings.value.failOn);
  const { expectationsLine, expectationsOf } = await import('./write-expected.ts');
  const change = expectationsOf(made.report, settings.value.expectedFailures);
  await expectations.value.write(change.expectedFailures);
  await complain(io, expectationsLine(expectations.value.name, change));
  return made.report.verdict === 'does-not-conform'
    ? 0
    : statusOf(made.report.verdict, settings.value.failOn);
}

type CheckOutcome =
  | {
      readonly kind: 'report';
      readonly report: Report;
      readonly rendered: Promise<readonly Rendered[]>;
      readonly fallback: string | null;
    }
  | { readonly kind: 'stopped'; readonly by: keyof typeof stopStatus };

interface CommandContext {
  readonly io: Io;
  readonly services: Services;
  readonly quiet: boolean;
  readonly render: (report: Report) => Promise<readonly Rendered[]>;
}

async function make(
  order: CheckRequest,
  { io, services, quiet, render }: CommandContext,
): Promise<CheckOutcome> {
  using interruption = watchInterruption(io);
  using status = openStatusLine(io, quiet);
  try {
    let fallback: string | null = null;
    let rendered: Promise<readonly Rendered[]> | null = null;
    const report = await services.check({
      ...order,
      onProgress: status.show,
      onProbing: status.showProbing,
      onFallback: (why) => {
        fallback = why;
      },
      onReport: (early) => {
        rendered = render(early);
        // Told when it is written, if it still is.
        rendered.catch(() => {});
      },
      signal: interruption.signal,
    });
    // A signal that came while the report was made is told last of all that has come since.
    await new Promise((resolve) => setImmediate(resolve));
    const by = interruption.stoppedBy();
    if (by !== null) return { kind: 'stopped', by };
    return { kind: 'report', report, rendered: rendered ?? render(report), fallback };
  } catch (error) {
    const by = interruption.stoppedBy();
    if (by === null) throw error;
    return { kind: 'stopped', by };
  }
}

/** A report in a format, and where it goes. */
export interface Rendered extends OpenOutput {
  readonly text: string;
}

export function renderReport(
  report: Report,
  outputs: readonly OpenOutput[],
  color: ColorWord,
  { given, io }: Pick<Invocation, 'given'> & { readonly io: Io },
): Promise<readonly Rendered[]> {
  return Promise.all(
    outputs.map(async (output) => {
      const render = reportFormats[output.format];
      if (render === undefined) throw new Error(`the format ${output.format} has no renderer`);
      const text = await render(report, viewOf(output.destination.terminal, color, given, io.env));
      return { ...output, text };
    }),
  );
}

/** To every destination, in the order in which they were asked for. */
export async function writeReport(report: Report, rendered: readonly Rendered[], io: Io): Promise<void> {
  const failed: unknown[] = [];
  for (const { destination, text } of rendered) {
    // One that is full costs the others nothing.
    await destination.write(text).catch((error) => failed.push(error));
  }
  if (failed.length > 0) throw failed[0];
  if (rendered.some(({ format }) => format === 'github')) {
    const { writeStepSummary } = await import('./step-summary.ts');
    await writeStepSummary(report, io);
  }
}
