import { palette } from '../palette.ts'
import { fontFamily } from '../fonts.ts'

const family = `${fontFamily}, system-ui, -apple-system, 'Segoe UI', Roboto, 'Open Sans', sans-serif`

/** For a phone first; on a wide screen pictures stand side by side; on paper without the ground. */
export const style = `
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0; background: ${palette.paper}; color: ${palette.ink}; font: 17px/1.5 ${family}; -webkit-text-size-adjust: 100%; }
main { max-width: 1120px; margin: 0 auto; padding: 28px 18px 64px; }
h1 { font-size: 30px; line-height: 1.2; margin: 0 0 8px; }
h2 { font-size: 22px; line-height: 1.25; margin: 52px 0 12px; }
h3 { font-size: 18px; margin: 0 0 6px; }
p { margin: 0 0 10px; max-width: 74ch; }
.muted { color: ${palette.muted}; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 12px; margin: 24px 0 0; }
.tile { background: ${palette.panel}; border-radius: 14px; padding: 14px 16px; }
.tile b { display: block; font-size: 23px; line-height: 1.2; white-space: nowrap; }
.tile span { color: ${palette.muted}; font-size: 15px; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 440px), 1fr)); gap: 12px 40px; align-items: start; }
.pair > section > h2 { margin-top: 40px; }
figure { margin: 12px 0 0; }
figure svg { display: block; width: 100%; max-width: 560px; height: auto; }
svg text { font-family: ${family}; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 250px), 1fr)); gap: 14px; margin-top: 16px; }
.card { background: ${palette.panel}; border-radius: 14px; padding: 16px 18px; border-top: 6px solid; }
.card p:last-child { margin: 0; }
.card .numbers { color: ${palette.muted}; font-size: 15px; }
.legend { display: flex; flex-wrap: wrap; gap: 4px 18px; font-size: 15px; margin-top: 8px; }
.legend i { display: inline-block; width: 12px; height: 12px; border-radius: 3px; margin-right: 7px; }
.scroll { overflow-x: auto; margin: 14px -18px 0; padding: 0 18px; }
table { border-collapse: collapse; font-size: 16px; min-width: 100%; }
th, td { padding: 8px 14px 8px 0; text-align: right; border-bottom: 1px solid ${palette.line}; white-space: nowrap; }
th { color: ${palette.muted}; font-weight: 400; font-size: 15px; vertical-align: bottom; }
th:first-child, td:first-child { white-space: normal; overflow-wrap: anywhere; min-width: 110px; }
th:nth-child(-n+2), td:nth-child(-n+2) { text-align: left; }
tr.sum td { font-weight: 600; }
.note { font-size: 15px; color: ${palette.muted}; margin-top: 12px; }
footer { margin-top: 56px; padding-top: 18px; border-top: 1px solid ${palette.line}; font-size: 15px; color: ${palette.muted}; }
@media print { body { background: none; font-size: 12px; } .card, .tile, figure, tr { break-inside: avoid; } }
`
