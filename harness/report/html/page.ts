/** The report as one page of HTML that fetches nothing and runs nothing: it may be kept, mailed and printed. */

import { commandOf } from '../check/result-details.ts';
import { dateWords, durationWords } from '../check/verdict-lines.ts';
import { cut } from '../fit.ts';
import type { Report } from '../report.ts';
import { changeSection } from './changes.ts';
import { html, type Markup, nothing, raw } from './markup.ts';
import { policyFor } from './policy.ts';
import { profileSection } from './profiles.ts';
import { rateSection } from './rates.ts';
import { requirementSection } from './requirements.ts';
import { startSection } from './starts.ts';
import { style } from './style.ts';
import { decidingList, verdictHeader } from './verdict.ts';
import { verdictWords } from './words.ts';

export function renderHtml(report: Report): string {
  const { tool, platform, profile, verdict, strict } = report;
  const sections = [
    { id: 'repair', name: 'To repair', section: repairOrOpen(report) },
    { id: 'starts', name: 'Start states', section: startSection(report) },
    { id: 'rates', name: 'Tried many times', section: rateSection(report) },
    { id: 'requirements', name: 'Requirements', section: requirementSection(report) },
    { id: 'profiles', name: 'Other profiles', section: profileSection(report) },
  ].filter(({ section }) => section.markup !== '');
  return html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policyFor(style)}">
<meta name="generator" content="${tool.name} ${tool.version}">
<title>${cut(commandOf(report), 30)} ${verdictWords[verdict]} ${profile}</title>
<style>${raw(style)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the report</a>
<div class="page">
${verdictHeader(report)}
${navigation(sections)}
<main id="main">
${sections.map(({ section }) => html`${section}\n`)}
</main>
<footer>
<p>${tool.name} ${tool.version}, profile ${profile}${strict ? ', strict' : ''}, on ${platform.id}, Node ${platform.node}, ${dateWords(report)}, in ${durationWords(report)}</p>
</footer>
</div>
</body>
</html>
`.markup;
}

/** The fix list; what decides where there is nothing to fix, and no list in a report of a former version. */
function repairOrOpen(report: Report): Markup {
  const changes = report.verdict === 'not-judged' ? nothing : changeSection(report);
  return changes.markup === '' ? decidingList(report) : changes;
}

function navigation(sections: readonly { readonly id: string; readonly name: string }[]): Markup {
  if (sections.length < 2) return nothing;
  return html`<nav aria-label="Sections"><ul>${sections.map(({ id, name }) => html`<li><a href="#${id}">${name}</a></li>`)}</ul></nav>`;
}
