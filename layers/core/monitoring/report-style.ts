/** The page's only style sheet: inline, so that the page needs no request and a policy of `default-src 'none'` holds. */
export const reportStyle = `
:root { color-scheme: light dark; --page: #f6f7f9; --card: #fff; --ink: #16191f; --soft: #59616e; --line: #dfe3e8; --reference: #9aa4b2; --current: #2563c9;
  --alert: #b3261e; --alert-back: #fbe9e7; --warning: #8a5300; --warning-back: #fdf0d9; --notice: #1f5fa8; --notice-back: #e6f0fb; --none: #1d6b3c; --none-back: #e3f4e9; }
@media (prefers-color-scheme: dark) { :root { --page: #0f1216; --card: #181c22; --ink: #e8ebf0; --soft: #9aa4b2; --line: #2b313a; --reference: #6b7583; --current: #6ea8ff;
  --alert: #ff9d94; --alert-back: #3d1a18; --warning: #f5c06b; --warning-back: #38290f; --notice: #8fc0ff; --notice-back: #14283f; --none: #84d7a3; --none-back: #12301e; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 1080px; margin: 0 auto; padding: 32px 20px 64px; }
h1 { font-size: 24px; line-height: 1.25; margin: 0 0 4px; overflow-wrap: anywhere; }
h2 { font-size: 17px; margin: 36px 0 12px; }
h3 { font-size: 15px; margin: 0; overflow-wrap: anywhere; }
p { margin: 0; }
.soft { color: var(--soft); }
.small { font-size: 13px; }
.top { display: flex; justify-content: space-between; align-items: flex-start; gap: 16px; flex-wrap: wrap; }
.badge { display: inline-block; padding: 1px 9px; border-radius: 99px; font-size: 12.5px; font-weight: 600; white-space: nowrap; }
.badge.large { font-size: 15px; padding: 4px 14px; }
.alert { color: var(--alert); background: var(--alert-back); }
.warning { color: var(--warning); background: var(--warning-back); }
.notice { color: var(--notice); background: var(--notice-back); }
.none { color: var(--none); background: var(--none-back); }
.plain { color: var(--soft); background: var(--line); }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 12px; margin: 24px 0 0; }
.tile, .column, .list { background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
.tile { padding: 12px 16px; }
.tile dt { color: var(--soft); font-size: 13px; }
.tile dd { margin: 0; font-size: 20px; font-weight: 600; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
.list { list-style: none; margin: 0; padding: 0; }
.list li { display: grid; grid-template-columns: 84px minmax(120px, 220px) 1fr; gap: 12px; align-items: baseline; padding: 9px 16px; border-top: 1px solid var(--line); }
.list li:first-child { border-top: 0; }
.list b { font-weight: 600; overflow-wrap: anywhere; }
details { margin-top: 10px; }
summary { cursor: pointer; color: var(--soft); margin-bottom: 10px; }
.columns { display: grid; grid-template-columns: repeat(auto-fill, minmax(320px, 1fr)); gap: 14px; }
.column { padding: 14px 16px; min-width: 0; }
.column header { display: flex; justify-content: space-between; gap: 8px; align-items: baseline; margin-bottom: 8px; }
svg { display: block; width: 100%; height: auto; }
svg text { fill: var(--soft); font-size: 10px; font-family: inherit; }
.axis { stroke: var(--line); }
.hit { fill: transparent; }
.reference { fill: var(--reference); }
.current { fill: var(--current); }
.key { display: inline-block; width: 10px; height: 10px; border-radius: 2px; margin: 0 5px 0 14px; }
.key.reference { background: var(--reference); }
.key.current { background: var(--current); }
.figures { display: flex; flex-wrap: wrap; gap: 2px 14px; margin: 8px 0 0; padding: 0; font-size: 13px; font-variant-numeric: tabular-nums; }
.figures div { display: flex; gap: 5px; }
.figures dt { color: var(--soft); }
.figures dd { margin: 0; }
.table { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; background: var(--card); font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: 7px 12px; border: 1px solid var(--line); font-size: 14px; }
th { font-weight: 600; }
@media (max-width: 560px) { .list li { grid-template-columns: 1fr; gap: 2px; } }
`;
