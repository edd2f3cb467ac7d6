/** How the page of a comparison looks: like that of a check, with wide tables that scroll by themselves. */

import { style as ofCheck } from '../html/style.ts';

export const style = `${ofCheck}
.comparison { max-width: 80rem; }
.comparison h1 { display: block; font-weight: 650; margin: 0 0 0.5rem; }
.comparison header p { margin-bottom: 0.35rem; }
.difference { font-size: 1.125rem; }
.programs { list-style: none; padding: 0; margin: 2rem 0 0; border-top: 1px solid var(--line); }
.programs > li { display: grid; grid-template-columns: minmax(0, 5fr) minmax(0, 4fr) minmax(0, 5fr); gap: 0.25rem 2rem;
  padding: 0.7rem 0; border-bottom: 1px solid var(--line); align-items: start; }
.programs .name code { display: block; font-size: 0.75rem; line-height: 1.5; color: var(--quiet); }
.programs .name .quiet { white-space: nowrap; }
.programs .name, .programs .quiet { overflow-wrap: anywhere; }
.programs .answer { display: flex; font-size: 0.9375rem; }
.programs .answer .badge { margin-top: 0.1rem; }
.programs .tally { max-width: none; padding-top: 0.45rem; }
.programs .tally .quiet { display: block; font-size: 0.8125rem; margin-top: 0.2rem; }
.comparison summary { overflow-wrap: anywhere; }
.comparison .key { gap: 0.3rem 1.25rem; margin-bottom: 0.75rem; align-items: center; }
.comparison .key .mark { margin-right: 0.45rem; }
.comparison .scroll { position: relative; width: fit-content; max-width: 100%; background: var(--card); border: 1px solid var(--line); border-radius: 12px; }
.comparison .scroll table { font-variant-numeric: tabular-nums; min-width: 0; }
.comparison .scroll th, .comparison .scroll td { padding: 0.3rem 0.75rem; min-width: 0; }
.comparison .scroll tbody tr:last-child > * { border-bottom: 0; }
.comparison thead th { vertical-align: bottom; color: var(--ink); }
.comparison header + .scroll { margin-top: 1.5rem; }
.comparison thead .number { font-family: inherit; }
.comparison thead th:first-child { color: var(--quiet); }
.comparison tbody tr:hover > * { background: var(--soft); }
.matrix th[scope=row] { font: 0.8125rem/1.65 ui-monospace, 'SF Mono', Menlo, 'Liberation Mono', monospace;
  white-space: nowrap; }
.matrix th:first-child { position: sticky; left: 0; background: var(--card); border-right: 1px solid var(--line); z-index: 1; }
.comparison tbody tr:hover th:first-child { background: var(--soft); }
.matrix.programs { margin: 0; border: 0; }
.comparison .matrix.programs td { text-align: center; padding: 0.2rem 0.15rem; width: 1.9rem; }
.comparison .matrix.programs:not(.upright) td, .matrix.programs:not(.upright) thead th { text-align: left; padding: 0.2rem 0.75rem; width: auto; }
.comparison .upright thead th:not(:first-child) { padding: 0.6rem 0.15rem; text-align: center; font-size: 0.8125rem; }
.upright thead th span { writing-mode: vertical-rl; transform: rotate(180deg); white-space: nowrap; }
.mark { display: inline-flex; align-items: center; justify-content: center; width: 1.45rem; height: 1.45rem; border-radius: 5px;
  font-size: 0.75rem; font-weight: 700; line-height: 1; border: 1.5px solid transparent; color: var(--quiet); }
.mark.pass { color: var(--pass); background: color-mix(in srgb, var(--pass) 12%, transparent); }
.mark.fail { background: var(--fail); color: var(--card); }
.mark.advice { border-color: var(--fail); color: var(--fail); }
.mark.excused { border: 1.5px dotted var(--fail); color: var(--fail); }
.mark.inconclusive { border: 1.5px dashed var(--doubt); color: var(--doubt); }
.matrix .broken { color: var(--fail); font-weight: 600; } .matrix .unresolved { color: var(--doubt); }
.matrix .unsupported { color: var(--quiet); }
.absent { padding-left: 1.1rem; font-size: 0.9375rem; overflow-wrap: anywhere; }
@media (max-width: 45rem) {
  .programs > li { grid-template-columns: minmax(0, 1fr); }
  .matrix th:first-child { min-width: 9rem; max-width: 9.5rem; }
  .matrix th[scope=row] { font-size: 0.75rem; white-space: normal; overflow-wrap: anywhere; }
}
@media print { .comparison .scroll { overflow: visible; border: 0; } .comparison { max-width: none; }
  .mark { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
`;
