/** `daemon-conformance doctor`: what this machine lets us see and do, and what would enable the rest. */

import type { Diagnosis } from '../doctor/diagnose.ts';
import type { Invocation } from '../options/arguments.ts';
import type { PrettyView } from '../report/check/pretty.ts';
import { escapeTerminal } from '../report/escape/terminal.ts';
import { wrap } from '../report/fit.ts';
import { coloured, uncoloured } from '../report/paint.ts';
import { complain } from './complaint.ts';
import { usageErrorStatus } from './exit-status.ts';
import type { Io } from './io.ts';
import type { Services } from './services.ts';
import { readColor, viewOf } from './view.ts';

export async function doctor({ given, operands }: Invocation, io: Io, services: Services): Promise<number> {
  const [word] = operands;
  const color = readColor(given);
  if (word !== undefined || color.kind === 'usage-error') {
    await complain(
      io,
      color.kind === 'usage-error' ? color.line : `doctor takes no word, and '${word}' is one`,
    );
    return usageErrorStatus;
  }
  const { isTTY, columns } = io.stdout;
  const view = viewOf(isTTY ? { columns } : null, color.value, given, io.env);
  await io.stdout.write(renderDiagnosis(await services.diagnose(), view));
  return 0;
}

export function renderDiagnosis(
  { platform, findings }: Diagnosis,
  { width, verbose, color }: Pick<PrettyView, 'width' | 'verbose' | 'color'>,
): string {
  const paint = color ? coloured : uncoloured;
  const indent = { first: '       ', rest: '       ' };
  const lines = [paint.strong(escapeTerminal(platform))];
  const elsewhere = findings.filter(({ area }) => area === 'other systems');
  let area = '';
  for (const found of findings) {
    if (!verbose && elsewhere.includes(found)) continue;
    if (found.area !== area) lines.push('', paint.strong(found.area));
    area = found.area;
    const mark = found.works ? paint.good('yes') : paint.doubtful('no ');
    lines.push(`  ${mark}  ${escapeTerminal(found.what)}`);
    lines.push(...wrap(escapeTerminal(found.detail), width, indent).map(paint.faint));
    if (found.wouldHelp !== null)
      lines.push(...wrap(`try: ${escapeTerminal(found.wouldHelp)}`, width, indent));
  }
  if (!verbose && elsewhere.length > 0) {
    const names = elsewhere.map(({ what }) => what).join(', ');
    lines.push('', ...wrap(`other systems (${names}): doctor -v`, width, { first: '', rest: '  ' }));
  }
  return `${lines.join('\n')}\n`;
}
