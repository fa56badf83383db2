// SPDX-License-Identifier: MIT
// How pages look, and the few lines of script that draw their charts.
#pragma once

#include <string_view>

#include <footfall/core/version.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// The style sheet of every page. All colours are named once for light, for dark and for paper; charts use the names too.
inline constexpr std::string_view page_style =
    R"(:root { --ink: #1c2430; --soft: #5a6675; --paper: #ffffff; --line: #d9dee5; --band: #f4f6f9; --mark: #2f6fb3; --bar: #2f6fb3;
  --good: #14713d; --caution: #8a5a00; --bad: #b3261e;
  --c1: #2f6fb3; --c2: #d97706; --c3: #2a8f63; --c4: #b0468c; --c5: #7a5cc4; --c6: #8a6d3b; color-scheme: light; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6eaf0; --soft: #a3afbf; --paper: #14181f; --line: #343c48; --band: #1c222c; --mark: #6aa8e8; --bar: #3b78b8;
    --good: #63c98e; --caution: #e0b050; --bad: #ff8a80;
    --c1: #6aa8e8; --c2: #f0a445; --c3: #5fc79b; --c4: #dd7fbd; --c5: #a993ea; --c6: #c9ab72; color-scheme: dark; }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-padding-top: 1rem; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.55 system-ui, sans-serif; }
header, nav, main, footer { max-width: 68rem; margin: 0 auto; padding: 0 1rem; }
header { padding-top: 1.5rem; }
footer { padding-bottom: 4rem; }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: .5rem; background: var(--paper); padding: .5rem 1rem; z-index: 1; }
a:focus-visible, summary:focus-visible, .wide:focus-visible { outline: 3px solid var(--mark); outline-offset: 2px; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .75rem; }
h2 { font-size: 1.3rem; margin: 2.75rem 0 .75rem; padding-top: .75rem; border-top: 1px solid var(--line); }
p, ul { max-width: 46rem; margin: 0 0 1rem; }
ul { padding-left: 1.3rem; }
li { margin-bottom: .3rem; }
.lead { font-size: 1.1rem; color: var(--soft); }
.notice { border-left: .25rem solid var(--caution); padding-left: .75rem; }
a { color: var(--mark); }
nav ol { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; list-style: none; margin: 1rem 0 1.5rem; padding: 0; }
nav li { margin: 0; }
.headlines { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: .75rem; }
.headlines { margin: 0 0 1.25rem; }
.headlines div { background: var(--band); border: 1px solid var(--line); border-radius: .5rem; padding: .7rem .9rem; }
.headlines dt { color: var(--soft); font-size: .9rem; }
.headlines dd { margin: 0; }
.headlines b { display: block; font-size: 1.45rem; line-height: 1.35; font-variant-numeric: tabular-nums; }
.headlines small { color: var(--soft); font-size: .85rem; }
figure { margin: 1.25rem 0 1.75rem; }
figcaption { font-weight: 600; margin-bottom: .4rem; max-width: 46rem; }
.narrow, .chart { max-width: 46rem; }
.drawing { width: 100%; margin: .5rem 0; }
.drawing svg { display: block; max-width: 100%; height: auto; overflow: visible; }
.chart p { margin-bottom: .4rem; }
.how { color: var(--soft); font-size: .92rem; }
summary { cursor: pointer; color: var(--mark); font-size: .92rem; }
#vg-tooltip-element { position: fixed; visibility: hidden; z-index: 2; padding: .4rem .6rem; pointer-events: none;
  font-size: .85rem; background: var(--paper); color: var(--ink); border: 1px solid var(--line); border-radius: .3rem; }
#vg-tooltip-element.visible { visibility: visible; }
#vg-tooltip-element table { min-width: 0; }
#vg-tooltip-element td { border: 0; padding: .05rem .3rem; max-width: 16rem; overflow-wrap: anywhere; }
#vg-tooltip-element .key { color: var(--soft); text-align: right; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: .92rem; line-height: 1.4; min-width: 100%; }
th, td { padding: .38rem .7rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
thead th { color: var(--soft); font-weight: 600; border-bottom-width: 2px; vertical-align: bottom; }
tbody th { font-weight: 500; min-width: 8rem; }
tbody tr:hover { background: var(--band); }
.n { text-align: right; }
td.n { font-variant-numeric: tabular-nums; white-space: nowrap; }
.good { color: var(--good); } .caution { color: var(--caution); } .bad { color: var(--bad); }
.good, .caution, .bad { font-weight: 600; }
.bar { min-width: 11rem; }
.bar div { display: flex; align-items: center; gap: .6rem; }
.bar span { flex: 0 0 4.5rem; text-align: right; }
.bar i { flex: 1; }
.bar b { display: block; height: .7rem; min-width: 1px; background: var(--mark); border-radius: 0 .15rem .15rem 0; }
@media (min-width: 84rem) {
  nav { float: left; position: sticky; top: 1.5rem; width: 14rem; padding: 0; margin: 0 0 0 calc(50vw - 41rem); }
  nav ol { display: block; font-size: .92rem; margin-top: .5rem; }
  nav li { margin-bottom: .45rem; }
  nav ~ main, nav ~ footer { margin-left: calc(50vw - 25rem); }
  header:has(+ nav) { max-width: none; margin-left: calc(50vw - 25rem); max-width: 68rem; }
}
@media (max-width: 40rem) { h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; } th, td { padding: .32rem .5rem; }
  td:last-child:not(.n):not(.bar) { min-width: 15rem; } }
@media print {
  :root { --ink: #000; --soft: #444; --paper: #fff; --line: #bbb; --band: #fff; --mark: #555; --bar: #777;
    --good: #14713d; --caution: #8a5a00; --bad: #b3261e;
    --c1: #2f6fb3; --c2: #d97706; --c3: #2a8f63; --c4: #b0468c; --c5: #7a5cc4; --c6: #8a6d3b; color-scheme: light; }
  html { font-size: 10pt; }
  body { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  header, main, footer { max-width: none; padding: 0; margin: 0 !important; }
  nav, .skip, details:not([open]) { display: none; }
  .wide { overflow: visible; }
  table { font-size: .8rem; line-height: 1.3; }
  table:has(th:nth-child(9)) { font-size: .65rem; }
  th, td { padding: .2rem .3rem; }
  tbody th { min-width: 4.5rem; }
  .bar { min-width: 8rem; }
  .bar span { flex-basis: 3.4rem; }
  tr, .headlines, .drawing, .chart p { break-inside: avoid; }
  h2, figcaption { break-after: avoid; }
}
)";

/// Draws each chart in its place and closes the table below it; a chart that fails leaves its table open. `data-charts`
/// of the document says how many were drawn. Colours are names of the style sheet, so they follow the reader's scheme
/// and paper. Expressions are interpreted, not compiled: the page's policy allows nothing else.
inline constexpr std::string_view page_script = R"js((async () => {
  "use strict";
  const ink = "var(--ink)", soft = "var(--soft)", line = "var(--line)", mark = "var(--mark)";
  const axis = {labelColor: soft, titleColor: soft, gridColor: line, domainColor: line, tickColor: line,
                labelFontSize: 12, titleFontSize: 12, titleFontWeight: "normal"};
  const look = {
    background: "transparent", font: "system-ui, sans-serif", axis, view: {stroke: "transparent"},
    legend: {labelColor: ink, titleColor: soft, labelFontSize: 12, titleFontSize: 12, titleFontWeight: "normal",
             symbolBaseFillColor: soft},
    range: {category: [1, 2, 3, 4, 5, 6].map(i => `var(--c${i})`)},
    mark: {color: mark},
    bar: {color: "var(--bar)"},  // on which the lines of intervals can be seen
    rule: {color: ink}, text: {color: ink, fontSize: 12}
  };
  const places = [...document.querySelectorAll("[data-spec]")];
  let drawn = 0;
  for (const place of places) {
    try {
      place.hidden = false;
      const spec = JSON.parse(document.getElementById(place.dataset.spec).textContent);
      let paper = place;
      if (spec.usermeta) {
        paper = place.appendChild(document.createElement("div"));
        paper.style.minWidth = `${spec.usermeta.least_width}px`;
        place.style.overflowX = "auto";
        place.tabIndex = 0;
      }
      await vegaEmbed(paper, spec, {
        mode: "vega-lite", renderer: "svg", actions: false, ast: true, config: look, defaultStyle: false,
        tooltip: {disableDefaultStyle: true}
      });
      place.closest("figure").querySelector("details").open = false;
      ++drawn;
    } catch (failure) {
      place.hidden = true;
      console.error(place.dataset.spec, failure);
    }
  }
  document.documentElement.dataset.charts = `${drawn} of ${places.length}`;
})();
)js";

FOOTFALL_END_NAMESPACE
