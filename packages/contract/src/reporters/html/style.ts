import { filterStyle } from "./filter.ts";

/** The page's whole style. Every tone is said in words too, so no meaning hangs on a colour. */
export const style: string = `
:root { color-scheme: light dark; --ground: #f5f6f8; --card: #ffffff; --ink: #171a21; --soft: #555d6b; --line: #dfe3e9;
  --code: #f1f3f6; --link: #0b57b7; --good: #14692f; --good-ground: #e3f4e8; --bad: #a61b1b; --bad-ground: #fdeaea;
  --unsure: #7a4b00; --unsure-ground: #fdf1d8; }
@media (prefers-color-scheme: dark) { :root { --ground: #101318; --card: #191d24; --ink: #e7eaf0; --soft: #a3acba;
  --line: #2f3540; --code: #12161c; --link: #86b7ff; --good: #7bd698; --good-ground: #14301e; --bad: #ff9d9d;
  --bad-ground: #3b1a1d; --unsure: #f1c065; --unsure-ground: #352a12; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 68rem; padding: 2rem 1.25rem 3rem; background: var(--ground); color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  overflow-wrap: anywhere; }
h1, h2, h3, h4, p, dl, dd, ul, ol, pre { margin: 0; padding: 0; }
ul, ol { list-style: none; }
code, pre { font: .875em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
pre { background: var(--code); border: 1px solid var(--line); border-radius: 6px; padding: .65rem .8rem;
  white-space: pre-wrap; font-size: .8125rem; }
pre code { font-size: inherit; }
a { color: var(--link); text-underline-offset: .2em; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 4px; }
.jump { position: absolute; left: -99rem; }
.jump:focus { left: 1rem; top: 1rem; background: var(--card); padding: .5rem 1rem; }
.small, .eyebrow, .label, dt, footer { color: var(--soft); font-size: .8125rem; }
.eyebrow { font-weight: 600; letter-spacing: .02em; margin-bottom: .75rem; }
.verdict { display: flex; gap: 1rem; align-items: center; padding: 1.1rem 1.25rem; border-radius: 10px;
  background: var(--card); border: 1px solid var(--line); border-left: 6px solid currentColor; }
.verdict h1 { font-size: 1.6rem; line-height: 1.2; }
.verdict p { color: var(--ink); }
.mark { flex: none; display: grid; place-items: center; width: 2.6rem; height: 2.6rem; border-radius: 50%;
  border: 2px solid currentColor; font-size: 1.3rem; font-weight: 700; }
.verdict.good { color: var(--good); background: var(--good-ground); }
.verdict.bad { color: var(--bad); background: var(--bad-ground); }
.verdict.unsure { color: var(--unsure); background: var(--unsure-ground); }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(6.9rem, 1fr)); gap: .6rem; margin: .9rem 0; }
.tiles li { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: .6rem .8rem; }
.tiles b { display: block; font-size: 1.2rem; line-height: 1.3; font-variant-numeric: tabular-nums; }
.tiles span { color: var(--soft); font-size: .8125rem; }
.tiles .zero b { color: var(--soft); font-weight: 500; }
.tiles .good b { color: var(--good); } .tiles .bad b { color: var(--bad); } .tiles .unsure b { color: var(--unsure); }
.verdict + .facts { margin-top: .8rem; }
.facts, nav, main > section { background: var(--card); border: 1px solid var(--line); border-radius: 10px;
  padding: .9rem 1.25rem; margin-bottom: .8rem; }
.facts div, .finding dl div { display: grid; grid-template-columns: 7rem 1fr; gap: .25rem 1rem; padding: .15rem 0; }
dt { padding-top: .15rem; }
h2 { font-size: 1.1rem; line-height: 1.4; display: flex; flex-wrap: wrap; gap: .4rem .8rem; align-items: center; }
nav li { display: flex; flex-wrap: wrap; gap: .2rem .8rem; align-items: center; justify-content: space-between;
  border-top: 1px solid var(--line); padding: .35rem 0; }
nav ol + details { margin-top: .2rem; } nav li:first-child { border-top: 0; } nav ol { margin-top: .3rem; } nav a { text-decoration: none; }
nav a:hover { text-decoration: underline; }
.tally { display: inline-flex; flex-wrap: wrap; gap: .35rem; }
.chip { display: inline-block; padding: .05rem .5rem; border-radius: 99px; border: 1px solid var(--line);
  color: var(--soft); font-size: .75rem; font-weight: 600; line-height: 1.5; white-space: nowrap; }
.chip.good { color: var(--good); background: var(--good-ground); border-color: transparent; }
.chip.bad { color: var(--bad); background: var(--bad-ground); border-color: transparent; }
.chip.unsure { color: var(--unsure); background: var(--unsure-ground); border-color: transparent; }
.filter { border: 0; margin: 0 0 .8rem; padding: 0; display: flex; flex-wrap: wrap; gap: .4rem; align-items: center; }
.filter legend { float: left; padding: .25rem .3rem .25rem 0; color: var(--soft); font-size: .8125rem; }
.filter label { display: inline-flex; gap: .35rem; align-items: center; padding: .3rem .75rem; border-radius: 99px;
  border: 1px solid var(--line); background: var(--card); font-size: .875rem; cursor: pointer; }
.filter label:has(:checked) { border-color: var(--link); box-shadow: inset 0 0 0 1px var(--link); }
.filter label:has(:focus-visible) { outline: 3px solid var(--link); outline-offset: 2px; }
.filter input { position: absolute; opacity: 0; } .filter b { font-weight: 600; color: var(--soft); }
article { border-top: 1px solid var(--line); margin-top: .9rem; padding-top: .9rem; }
h3 { font-size: 1rem; line-height: 1.45; } h3 .chip { margin-right: .25rem; }
.reason { white-space: pre-wrap; margin-top: .4rem; }
.finding { border-left: 4px solid var(--bad); background: var(--code); border-radius: 0 6px 6px 0; padding: .7rem .9rem;
  margin-top: .7rem; }
.finding.unsure { border-color: var(--unsure); }
.finding dd { white-space: pre-wrap; } .finding pre { background: var(--card); margin-top: .2rem; }
.finding .label { margin-top: .4rem; }
h4 { font-size: .9375rem; margin-bottom: .3rem; }
.kind { color: var(--bad); } .unsure .kind { color: var(--unsure); }
details { border-top: 1px solid var(--line); margin-top: .6rem; padding-top: .5rem; }
article + details { margin-top: .9rem; padding-top: .7rem; }
summary { cursor: pointer; font-weight: 600; font-size: .9375rem; }
.alike, .likes { border-top: 0; padding-top: 0; } .likes .alike { padding-left: 1rem; } .alike summary, .likes summary { font-weight: 400; color: var(--soft); }
.plain li { padding: .3rem 0; } .plain { padding: .3rem 0 0 1.1rem; } .plain .small { display: block; }
.why { font-style: italic; padding: .5rem 0 0 1.1rem; color: var(--soft); }
.notes { list-style: disc; padding: .3rem 0 0 1.2rem; }
.alarm { border: 2px solid var(--bad) !important; } .alarm h2 { color: var(--bad); }
.alarm .label { margin: .6rem 0 .2rem; } .pair { display: grid; gap: 0 1rem; grid-template-columns: 1fr 1fr; align-items: start; }
/* A fleet's page. */
summary h3 { display: inline; margin-right: .5rem; } summary .preview { color: var(--soft); font-weight: 400; }
[open] > summary .preview { display: none; }
.check { padding: .6rem 0 .1rem; } .check > dl { margin: .4rem 0 .6rem; }
.check > dl > div { display: grid; grid-template-columns: 7rem 1fr; gap: 0 1rem; padding: .15rem 0; }
.check > dl .why { display: block; padding: 0; }
.names { border-top: 0; margin: 0; padding: 0; } .names > summary { font-weight: 400; font-size: inherit; }
.names[open] > summary { color: var(--soft); } .names li { padding: .15rem 0; }
.targets > li { display: grid; grid-template-columns: 16rem 1fr; gap: .1rem 1.25rem; padding: .6rem 0; border-top: 1px solid var(--line); }
.targets > li:first-child { border-top: 0; } .targets b { margin-right: .4rem; }
:target { scroll-margin-top: 4rem; }
@media (max-width: 40rem) { .targets > li { grid-template-columns: 1fr; } .check > dl > div { grid-template-columns: 5rem 1fr; gap: 0 .6rem; } }
@media (max-width: 40rem) { body { padding: 1rem .75rem 2rem; } .pair { grid-template-columns: 1fr; }
  .facts div { grid-template-columns: 5rem 1fr; gap: 0 .6rem; } .finding dl div { grid-template-columns: 1fr; gap: 0; }
  .verdict h1 { font-size: 1.35rem; } }
${filterStyle}
@media print { .filter { display: none; } body { background: #fff; } details, article { break-inside: avoid; } }
`;
