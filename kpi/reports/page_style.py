"""The looks of the pages of monitor, evaluate and compare: light and dark, a phone, a screen, paper."""

STYLE = """
:root{color-scheme:light dark;--ink:#1c2430;--soft:#5b6675;--line:#cfd6df;--paper:#fff;--head:#eef2f7;--card:#f7f9fb;
--blue:#2f639b;--red:#b3261e;--amber:#8a5a00;--green:#1e6b34;--grey:#5b6675;
--red-bg:#fde8e6;--amber-bg:#fff1cf;--green-bg:#e2f3e6;--blue-bg:#e3eefa;--grey-bg:#eceff3}
@media (prefers-color-scheme:dark){:root{--ink:#e6e9ee;--soft:#a3adba;--line:#3a4350;--paper:#14181e;--head:#1f262f;
--card:#1a2028;--blue:#86b4e6;--red:#ff9d94;--amber:#f0c060;--green:#7fd69a;--grey:#a3adba;
--red-bg:#4a1f1d;--amber-bg:#453412;--green-bg:#183a24;--blue-bg:#1b324c;--grey-bg:#2b323c}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);
font:15px/1.6 "Noto Sans SC","Microsoft YaHei","PingFang SC",sans-serif}
main{max-width:1320px;margin:0 auto;padding:16px}
h1{font-size:1.5rem;margin:.3em 0;text-align:center}
h2{font-size:1.15rem;margin:2em 0 .5em;overflow-wrap:anywhere}
h3{font-size:1rem;margin:1.2em 0 .3em}
a{color:var(--blue)}
small{display:block;color:var(--soft)}
.under{text-align:center;color:var(--soft);margin:0 0 1em}
.said{border:1px solid var(--line);border-left:5px solid var(--grey);background:var(--card);padding:10px 14px;
margin:0 0 12px;border-radius:4px;overflow-wrap:anywhere}
.said.error{border-left-color:var(--red)}.said.warning{border-left-color:var(--amber)}
.said.good{border-left-color:var(--green)}
.said p{margin:.2em 0}
.facts{color:var(--soft);margin:.3em 0 .8em}
.facts>span{display:inline-block;margin-right:1.4em}
.wide{overflow-x:auto}
table{border-collapse:collapse;width:100%}
th,td{border:1px solid var(--line);padding:6px 8px;text-align:left;vertical-align:top;overflow-wrap:anywhere}
thead th{background:var(--head);white-space:nowrap}
td.n{white-space:nowrap;text-align:right;font-variant-numeric:tabular-nums}
td.c{white-space:nowrap;text-align:center}td.d{white-space:nowrap}
td.w{min-width:11em}td.v{min-width:6.5em}
.warn{color:var(--amber);font-weight:600}
.more{color:var(--soft)}
.pill{display:inline-block;padding:0 .55em;border-radius:1em;font-weight:600;white-space:nowrap;line-height:1.7;
background:var(--grey-bg);color:var(--grey)}
.pill.red{background:var(--red-bg);color:var(--red)}.pill.yellow{background:var(--amber-bg);color:var(--amber)}
.pill.green{background:var(--green-bg);color:var(--green)}.pill.blue{background:var(--blue-bg);color:var(--blue)}
.pills .pill{margin:0 .35em .2em 0}
.bar{display:block;position:relative;height:6px;margin:5px 0 3px;min-width:4.5em;
background:var(--grey-bg);border-radius:3px}
.bar i{position:absolute;left:0;top:0;bottom:0;border-radius:3px;background:var(--grey)}
.bar b{position:absolute;top:-3px;bottom:-3px;width:2px;background:var(--ink)}
.bar.red i{background:var(--red)}.bar.yellow i{background:var(--amber)}
.bar.green i{background:var(--green)}.bar.blue i{background:var(--blue)}
.trend{display:flex;flex-wrap:wrap;gap:16px;align-items:flex-start;margin:0 0 12px}
.trend>.wide{flex:1 1 540px;min-width:0}
.trend svg{flex:0 1 430px;width:100%;height:auto;max-width:430px}
svg text{fill:var(--soft);font-size:12px}
svg .axis{stroke:var(--line)}
svg .time{stroke:var(--soft);stroke-dasharray:4 4;fill:none}
svg .rate{stroke:var(--blue);fill:none;stroke-width:2}svg .mean{stroke:var(--green);fill:none;stroke-width:2}
svg circle.rate{fill:var(--blue);stroke:none}svg circle.mean{fill:var(--green);stroke:none}
svg text.rate{fill:var(--blue);stroke:none}svg text.mean{fill:var(--green);stroke:none}
li.error{color:var(--red)}li.warning{color:var(--amber)}
ol,ul{padding-left:1.5em;margin:.3em 0}
li{overflow-wrap:anywhere}
@media (max-width:700px){
 main{padding:12px}
 thead{display:none}
 table,tbody,td{display:block;width:100%;min-width:0!important}
 tr{display:flex;flex-direction:column;margin-bottom:10px;border:1px solid var(--line);border-radius:4px;padding:4px 0}
 td,td.n,td.c{border:0;white-space:normal;text-align:left;padding:2px 10px;display:flex;gap:.6em}
 td::before{content:attr(data-head);color:var(--soft);flex:0 0 7.2em}
 td>div{flex:1 1 auto;min-width:0;overflow-wrap:anywhere}
 td.none{display:none}
 td.key{font-weight:600;font-size:1.03em;order:-1}td.key::before{display:none}
 .wide{overflow:visible}
}
@media print{
 :root{--ink:#000;--soft:#444;--line:#888;--paper:#fff;--head:#eee;--card:#fff}
 @page{size:A4 landscape;margin:12mm}
 *{print-color-adjust:exact;-webkit-print-color-adjust:exact}
 body{font-size:11px}
 main{max-width:none;padding:0}
 .form{break-before:page}
 tr,li{break-inside:avoid}
 h2,h3{break-after:avoid}
}
"""
