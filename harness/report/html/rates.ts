/** What was tried many times: how often it went well, and what that says of times to come. */

import { wilsonInterval } from '../../judge/rate.ts';
import { type Rate, ratesOf } from '../check/rates.ts';
import type { Report } from '../report.ts';
import { html, type Markup, nothing } from './markup.ts';

export function rateSection(report: Report): Markup {
  const rates = ratesOf(report.probes);
  if (rates.length === 0) return nothing;
  return html`<section aria-labelledby="rates">
<h2 id="rates">Tried many times</h2>
<p class="lead">A dot is how often it went well, the bar the 95 % interval of what is to be expected.</p>
<div class="rates">${rates.map((rate) => drawRate(rate, report))}</div>
</section>`;
}

function drawRate({ name, well, of, otherwise }: Rate, { results }: Report): Markup {
  // There may be no requirement of that name to read on at.
  const judged = results.some(({ id }) => id === name);
  const { low, high } = wilsonInterval(well, of);
  const percent = (share: number): string => `${(share * 100).toFixed(1)}%`;
  const words = `${well} of ${of}, 95 % interval ${Math.floor(low * 100)} to ${Math.ceil(high * 100)} %`;
  return html`<figure class="rate">
<figcaption>${judged ? html`<a href="#requirement-${name}"><code>${name}</code></a>` : html`<code>${name}</code>`} <span>${words}</span></figcaption>
<svg role="img" aria-label="${name}: ${words}" height="28">
<line class="track" x1="0" y1="14" x2="100%" y2="14"/>
<rect class="interval" x="${percent(low)}" y="7" width="${percent(Math.max(0.004, high - low))}" height="14" rx="3"/>
<circle class="dot" cx="${percent(well / of)}" cy="14" r="5"/>
</svg>
<p class="scale" aria-hidden="true"><span>0</span><span>50 %</span><span>100 %</span></p>
${otherwise === '' ? nothing : html`<p class="quiet">otherwise: ${otherwise}</p>`}
</figure>`;
}
