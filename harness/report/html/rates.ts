/** What was tried many times: how often it went well, and what that says of times to come. */

import { wilsonInterval } from '../../judge/rate.ts';
import type { Report } from '../report.ts';
import { html, type Markup, nothing } from './markup.ts';

interface Rate {
  readonly name: string;
  readonly well: number;
  readonly of: number;
  readonly note: string;
  /** There is a requirement of that name to read on at. */
  readonly judged: boolean;
}

export function rateSection(report: Report): Markup {
  const rates = ratesOf(report);
  if (rates.length === 0) return nothing;
  return html`<section aria-labelledby="rates">
<h2 id="rates">Tried many times</h2>
<p class="lead">A dot is how often it went well, the bar the 95 % interval of what is to be expected.</p>
<div class="rates">${rates.map(drawRate)}</div>
</section>`;
}

function ratesOf({ probes, results }: Report): readonly Rate[] {
  return Object.entries(probes).flatMap(([name, found]): readonly Rate[] => {
    const judged = results.some(({ id }) => id === name);
    if (found.kind === 'survival' && found.attempts > 1) {
      const endings = found.endings.map(({ how, count }) => `${how} ${count} times`).slice(0, 6);
      return [{ name, well: found.survived, of: found.attempts, note: endings.join(', '), judged }];
    }
    if (found.kind === 'interruptions' && found.attempts > 0) {
      const left = found.left.length === 0 ? '' : `something was left ${found.left.length} times`;
      return [{ name, well: found.clean, of: found.attempts, note: left, judged }];
    }
    return [];
  });
}

function drawRate({ name, well, of, note, judged }: Rate): Markup {
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
${note === '' ? nothing : html`<p class="quiet">otherwise: ${note}</p>`}
</figure>`;
}
