/** What the program is by other advice than that it was judged by. */

import { profileAnswers } from '../check/profile-answers.ts';
import type { Report } from '../report.ts';
import { html, type Markup } from './markup.ts';
import { badge, verdictShapes } from './words.ts';

export function profileSection(report: Report): Markup {
  return html`<section aria-labelledby="profiles">
<h2 id="profiles">Other profiles</h2>
<div class="scroll"><table class="profiles">
<caption class="unseen-text">The verdict by other profiles, the nearest first</caption>
<thead><tr><th scope="col">profile</th><th scope="col">verdict</th></tr></thead>
<tbody>${profileAnswers(report).map(
    ({ name, verdict, answer }) => html`
<tr><th scope="row">${name}</th><td>${badge(verdictShapes[verdict])}${answer}</td></tr>`,
  )}
</tbody>
</table></div>
</section>`;
}
