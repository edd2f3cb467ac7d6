/** How the page of a comparison looks: like that of a check, with wide tables that scroll by themselves. */

import { style as ofCheck } from './html/style.ts';

export const style = `${ofCheck}
.wide { max-width: 100rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
.wide h1 { display: block; font-size: 1.6rem; font-weight: 650; }
.wide h2 { margin-top: 2.5rem; }
.wide > p { margin-bottom: 1rem; }
.scroll { position: relative; overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: 6px; }
.scroll table { width: 100%; font-variant-numeric: tabular-nums; }
.scroll th, .scroll td { padding: .3rem .6rem; }
.scroll tbody tr:last-child > * { border-bottom: 0; }
.scroll thead th { background: var(--soft); vertical-align: bottom; }
.scroll tbody tr:hover > * { background: var(--soft); }
.matrix th[scope=row] { font: 13px/1.5 ui-monospace, monospace; white-space: nowrap; position: sticky; left: 0; background: var(--card); }
.matrix.programs td { text-align: center; }
.matrix.programs thead th:not(:first-child) { padding: .5rem .2rem; }
.matrix.programs thead th span { writing-mode: vertical-rl; transform: rotate(180deg); white-space: nowrap; color: var(--ink); }
.columns td { white-space: nowrap; }
.columns td:nth-child(2) { white-space: normal; overflow-wrap: anywhere; font: 13px/1.6 ui-monospace, monospace; min-width: 16rem; }
.scroll .good { color: var(--pass); }
.scroll .bad { color: var(--fail); font-weight: 600; }
.scroll .matrix .bad { background: color-mix(in srgb, var(--fail) 12%, var(--card)); }
.scroll .doubtful { color: var(--doubt); }
.scroll .faint, .legend { color: var(--quiet); }
@media print { .scroll { overflow: visible; border: 0; } .wide { max-width: none; padding: 0; } }
`;
