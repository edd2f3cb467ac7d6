/** The look of the page. Colours come in pairs for light and dark, and none of them says anything alone. */

export const style = `
:root {
  color-scheme: light dark;
  --paper: #faf9f6; --card: #ffffff; --ink: #1d2125; --quiet: #5c636b; --line: #e2dfd8; --soft: #f1efe9;
  --pass: #2c6b4b; --fail: #a3342b; --doubt: #865c00; --link: #275a8a; --bar: #2f5f8f; --bar-soft: #b9cbdd;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --paper: #15171a; --card: #1c1f23; --ink: #e7e5e0; --quiet: #a1a7ae; --line: #31353b; --soft: #24282d;
    --pass: #83c5a4; --fail: #f29389; --doubt: #dfb45f; --link: #8fbbe4; --bar: #86b2dc; --bar-soft: #3d5870;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-padding-top: 1rem; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 16px/1.6 system-ui, -apple-system, 'Segoe UI', Roboto, 'Liberation Sans', sans-serif; }
.page { max-width: 66rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; }
a { color: var(--link); text-underline-offset: 0.15em; text-decoration-thickness: 1px; }
a:hover { text-decoration-thickness: 2px; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 3px; }
code, pre, .number { font-family: ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, 'Liberation Mono', monospace; }
code { font-size: 0.9em; overflow-wrap: anywhere; }
h1, h2, h3, h4, p, dl, dd, ul, ol, figure { margin: 0; }
h2 { font-size: 1.35rem; line-height: 1.3; font-weight: 650; margin: 3.5rem 0 1rem; letter-spacing: -0.01em; }
h3 { font-size: 1.05rem; font-weight: 650; margin: 2.25rem 0 0.75rem; }
h4 { font-size: 1rem; font-weight: 600; line-height: 1.45; overflow-wrap: anywhere; }
.quiet, .lead, .where { color: var(--quiet); }
.quiet { font-size: 0.875rem; }
.unseen-text, .skip:not(:focus) { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
  white-space: nowrap; }
.skip:focus { position: absolute; top: 0.5rem; left: 0.5rem; padding: 0.5rem 0.75rem; background: var(--card); }

.verdict { border-left: 5px solid var(--line); padding-left: 1.5rem; }
.verdict.pass { border-color: var(--pass); }
.verdict.fail { border-color: var(--fail); border-left-style: double; border-left-width: 7px; }
.verdict.inconclusive { border-color: var(--doubt); border-left-style: dashed; }
.command { color: var(--quiet); overflow-wrap: anywhere; }
.command code { color: var(--ink); font-size: 1rem; }
h1 { display: flex; gap: 0.75rem; align-items: center; font-size: clamp(1.6rem, 4.5vw, 2.4rem); line-height: 1.2;
  font-weight: 400; letter-spacing: -0.02em; margin: 0.5rem 0 1.25rem; }
h1 strong { font-weight: 700; }
h1 .badge { width: 2.2rem; height: 2.2rem; font-size: 1.25rem; flex: none; }
.where { font-size: 0.875rem; margin-top: 1rem; overflow-wrap: anywhere; }
.badge { display: inline-flex; align-items: center; justify-content: center; width: 1.35rem; height: 1.35rem;
  border-radius: 50%; font-size: 0.8rem; font-weight: 700; line-height: 1; flex: none; margin-right: 0.5rem;
  border: 1.5px solid currentColor; color: var(--quiet); vertical-align: -0.2em; }
.badge.pass { color: var(--pass); }
.badge.fail, .badge.surprise { color: var(--card); background: var(--fail); border-color: var(--fail); border-radius: 5px; }
.badge.advice, .badge.excused { color: var(--fail); border-radius: 5px; }
.badge.inconclusive { color: var(--doubt); border-style: dashed; }
h1 .badge { margin: 0; }

table { border-collapse: collapse; font-size: 0.9375rem; }
th, td { text-align: left; vertical-align: top; padding: 0.45rem 1.25rem 0.45rem 0; border-bottom: 1px solid var(--line); }
thead th { font-weight: 500; color: var(--quiet); font-size: 0.8125rem; }
tbody th { font-weight: 500; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
.events .number { text-align: left; }
.tally { width: 100%; max-width: 40rem; }
.tally th, .tally td { border: 0; padding: 0.15rem 1rem 0.15rem 0; }
.tally thead th { white-space: nowrap; }
.tally thead th:not(:first-child), .tally .number { text-align: right; }
.tally .bar { width: 50%; vertical-align: middle; padding-right: 0; }
.proportion { display: block; width: 100%; border-radius: 3px; background: var(--soft); }
.proportion .pass { fill: var(--pass); opacity: 0.55; } .proportion .fail { fill: var(--fail); }
.proportion .inconclusive { fill: var(--doubt); opacity: 0.7; }
.scroll { overflow-x: auto; }
.scroll table { min-width: 100%; }
.scroll td { overflow-wrap: anywhere; min-width: 7rem; max-width: 28rem; }

nav { margin-top: 2rem; border-block: 1px solid var(--line); padding: 0.6rem 0; }
nav ul { display: flex; flex-wrap: wrap; gap: 0.25rem 1.5rem; list-style: none; padding: 0; font-size: 0.9375rem; }
.deciding { list-style: none; padding: 0; display: grid; gap: 0.75rem 2rem; }
.deciding li { display: flex; }
.deciding .quiet { display: block; }
.deciding a { color: var(--ink); overflow-wrap: anywhere; }
@media (min-width: 50rem) { .deciding { grid-template-columns: 1fr 1fr; } }

.changes { padding-left: 1.75rem; margin-top: 1rem; display: grid; gap: 1.25rem; }
.changes li { min-width: 0; }
.changes li::marker { font-weight: 700; }
.changes p { overflow-wrap: anywhere; max-width: 46rem; margin: 0; }
.changes a { color: inherit; }
.changes li:target { outline: 2px solid var(--link); outline-offset: 4px; }

.start { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 1.5rem; margin-top: 1.25rem; }
.start h3 { margin-top: 0; margin-bottom: 0.25rem; }
.start .lead { max-width: 46rem; }
.lead { margin-bottom: 1rem; }
.process-tree { margin: 1.25rem 0 0.5rem; }
.tree { display: block; width: 100%; height: auto; }
.narrow { display: none; }
@media (max-width: 45rem) { .wide { display: none; } .narrow { display: block; } }
.tree text { font-size: 12px; fill: var(--ink); font-family: inherit; }
.tree .tick, .tree .ending { fill: var(--quiet); font-size: 11px; }
.tree .name { font-size: 12px; font-weight: 600; paint-order: stroke; stroke: var(--card); stroke-width: 4px;
  stroke-linejoin: round; }
.tree .ending, .tree .moment { paint-order: stroke; stroke: var(--card); stroke-width: 4px; }
.tree .grid { stroke: var(--line); } .tree .axis { stroke: var(--quiet); }
.tree .returned { stroke: var(--ink); stroke-width: 1.5; } .tree .settled { stroke: var(--quiet); stroke-dasharray: 2 4; }
.tree .moment { font-size: 11.5px; } .tree .settled-label { fill: var(--quiet); }
.tree .fork { fill: none; stroke: var(--bar); stroke-width: 1.5; }
.tree .own { fill: var(--bar); } .tree .launched { fill: var(--card); stroke: var(--bar); stroke-width: 1.5; }
.tree .intermediate .own { fill: var(--bar); opacity: 0.75; }
.tree .unseen { fill: var(--card); stroke: var(--bar); stroke-width: 1.5; }
.tree .ended { fill: none; stroke: var(--ink); stroke-width: 2; } .tree .goes-on { fill: var(--bar); }
.tree .hang { fill: none; stroke: var(--ink); stroke-width: 1.5; }
.tree .change rect { fill: var(--ink); } .tree .change text { fill: var(--card); font-size: 10.5px; font-weight: 700; }
.key { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: 0.2rem 1.25rem; font-size: 0.8125rem;
  color: var(--quiet); margin-bottom: 0.25rem; }
.key .letter { display: inline-block; width: 1.05rem; text-align: center; background: var(--ink); color: var(--card);
  border-radius: 4px; font-size: 0.6875rem; font-weight: 700; line-height: 1.05rem; margin-right: 0.4rem; }
.swatch { display: inline-block; width: 1.6rem; height: 0.5rem; border-radius: 2px; margin-right: 0.4rem;
  border: 1.5px solid var(--bar); vertical-align: 0.05em; }
.swatch.own { background: var(--bar); }

.traced { margin: 1.25rem 0; }
.traced h4 { margin-bottom: 0; }
.pieces, .steps { list-style: none; padding: 0; }
.pieces { margin-top: 0.5rem; border-top: 1px solid var(--line); }
.pieces > li { display: grid; grid-template-columns: 9.5rem 1fr; gap: 0 1rem; padding: 0.5rem 0;
  border-bottom: 1px solid var(--line); }
.who { font-size: 0.8125rem; color: var(--quiet); line-height: 1.65rem; }
.steps { display: flex; flex-wrap: wrap; gap: 0.3rem; }
.step { border: 1.5px solid var(--bar); border-radius: 6px; padding: 0 0.45rem; font-size: 0.8125rem; min-width: 0; }
.step.own { background: color-mix(in srgb, var(--bar) 14%, transparent); }
.step.launched { border-color: var(--line); }
.step.failed { border: 1.5px dashed var(--fail); color: var(--fail); }
.step code { font-size: 0.75rem; }

.strip { display: flex; flex-wrap: wrap; gap: 0.75rem 1rem; margin: 1.25rem 0; }
.strip-words { flex-basis: 100%; font-size: 0.9375rem; }
.strip-name { display: block; font-size: 0.75rem; color: var(--quiet); margin-bottom: 0.2rem; }
.strip ul { display: flex; flex-wrap: wrap; gap: 3px; list-style: none; padding: 0; }
.cell { width: 24px; height: 24px; border-radius: 5px; display: flex; font-size: 0.75rem; font-weight: 700; }
.cell.pass { border: 1.5px solid var(--pass); background: color-mix(in srgb, var(--pass) 14%, transparent); }
.cell a { flex: 1; display: flex; align-items: center; justify-content: center; text-decoration: none; border-radius: 5px;
  border: 1.5px solid currentColor; }
.cell.fail a, .cell.surprise a { background: var(--fail); color: var(--card); border-color: var(--fail); }
.cell.advice a, .cell.excused a { color: var(--fail); }
.cell.inconclusive a { color: var(--doubt); border-style: dashed; }

.note { border-left: 3px dashed var(--doubt); padding: 0.25rem 0 0.25rem 1rem; margin: 1rem 0; font-size: 0.9375rem;
  overflow-wrap: anywhere; }
.note ul { padding-left: 1.1rem; }
details { margin-top: 0.5rem; }
summary { cursor: pointer; font-size: 0.9375rem; color: var(--link); padding: 0.25rem 0; }
summary .badge { width: 1.1rem; height: 1.1rem; font-size: 0.65rem; }
pre { background: var(--soft); border-radius: 8px; padding: 1rem; overflow-x: auto; font-size: 0.8125rem; margin: 0.5rem 0; }

.rates { display: grid; gap: 1.25rem; }
.rate { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 1.25rem 1.5rem; }
.rate figcaption { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1rem; margin-bottom: 0.5rem; }
.rate svg { display: block; width: 100%; overflow: visible; }
.rate .track { stroke: var(--line); stroke-width: 2; } .rate .interval { fill: var(--bar-soft); }
.rate .dot { fill: var(--bar); stroke: var(--card); stroke-width: 2; }
.scale { display: flex; justify-content: space-between; color: var(--quiet); font-size: 0.75rem; }

.area > h3 { text-transform: capitalize; }
.card { background: var(--card); border: 1px solid var(--line); border-left: 4px solid var(--line); border-radius: 10px;
  padding: 1.1rem 1.5rem; margin-top: 0.75rem; }
.card.fail, .card.surprise { border-left-color: var(--fail); }
.card.inconclusive { border-left-color: var(--doubt); border-left-style: dashed; }
.card:target, tr:target { outline: 2px solid var(--link); outline-offset: 2px; }
.kicker { display: flex; flex-wrap: wrap; align-items: center; gap: 0 0.75rem; font-size: 0.875rem; color: var(--quiet);
  margin-bottom: 0.4rem; }
.kicker .badge { margin-right: -0.25rem; }
.level { border: 1px solid var(--line); border-radius: 999px; padding: 0 0.6rem; font-size: 0.8125rem; }
.reason { font-size: 0.9375rem; color: var(--quiet); overflow-wrap: anywhere; }
dl { display: grid; gap: 0.6rem; margin-top: 0.5rem; }
dl > div { display: grid; grid-template-columns: 8.5rem 1fr; gap: 0 1rem; }
dt { color: var(--quiet); font-size: 0.875rem; grid-row: 1 / span 30; }
dd { grid-column: 2; overflow-wrap: anywhere; }
dl .remedy dd { max-width: 42rem; }
dl .source dd { color: var(--quiet); font-size: 0.9375rem; }
footer { margin-top: 4rem; border-top: 1px solid var(--line); padding-top: 1rem; color: var(--quiet); font-size: 0.875rem;
  overflow-wrap: anywhere; }
@media (max-width: 45rem) {
  .page { padding: 1.5rem 1rem 3rem; }
  .verdict { padding-left: 1rem; }
  .start, .card, .rate { padding: 1.1rem; }
  .tally .bar { width: 25%; } .tally th, .tally td { padding-right: 0.6rem; }
  .pieces > li { grid-template-columns: 1fr; }
  dl > div { grid-template-columns: 1fr; } dd { grid-column: 1; } dt { grid-row: auto; }
}
@media print {
  :root { color-scheme: light; --paper: #fff; --card: #fff; }
  body { font-size: 10.5pt; } .page { max-width: none; padding: 0; }
  nav, .skip { display: none; }
  details::details-content { content-visibility: visible; block-size: auto; }
  .card, .rate, figure, tr { break-inside: avoid; } h2, h3, h4 { break-after: avoid; }
  .scroll { overflow: visible; } .scroll table { font-size: 8pt; }
  .badge, .cell, .proportion, .tree, .swatch, .letter { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
