/** A suite's report as Markdown: one table for each call, what departs from the standard first. */

import { escapeMarkdown as cell } from '../escape/markdown.ts';
import { type PromiseResult, promiseVerdicts, type SuiteReport } from './report.ts';

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}

const departs = ({ standard, kind, verdict }: PromiseResult): boolean =>
  standard !== null && verdict !== 'unsupported' && verdict !== 'unresolved' && kind !== standard;

export function renderSuiteMarkdown({ suite, platform, promises, summary }: SuiteReport): string {
  const parts = [
    `# ${cell(suite)} on ${cell(platform.id)}`,
    cell(
      `${platform.os} ${platform.release}, ${platform.arch}, ${platform.libc}` +
        (platform.examinedLibc === platform.libc ? '' : `; C library examined: ${platform.examinedLibc}`),
    ),
    table(
      [...promiseVerdicts, 'promises'],
      [[...promiseVerdicts.map((verdict) => String(summary[verdict])), String(promises.length)]],
    ),
  ];
  const wrong = promises.filter(({ verdict }) => verdict === 'broken' || verdict === 'unresolved');
  if (wrong.length > 0) {
    parts.push(
      '## Broken or unresolved',
      table(
        ['promise', 'expected', 'kind', 'seen'],
        wrong.map(({ id, expected, kind, seen }) => [id, expected ?? '', kind, seen].map(cell)),
      ),
    );
  }
  const departures = promises.filter(departs);
  if (departures.length > 0) {
    parts.push(
      '## Departures from the standard',
      table(
        ['promise', 'clause', 'asked for', 'kind'],
        departures.map(({ id, clause, standard, kind }) => [id, clause, standard ?? '', kind].map(cell)),
      ),
    );
  }
  for (const call of [...new Set(promises.map((promise) => promise.call))].sort()) {
    parts.push(
      `## ${cell(call)}`,
      table(
        ['promise', 'clause', 'verdict', 'kind'],
        promises
          .filter((promise) => promise.call === call)
          .map(({ title, clause, verdict, kind }) => [title, clause, verdict, kind].map(cell)),
      ),
    );
  }
  return `${parts.join('\n\n')}\n`;
}
