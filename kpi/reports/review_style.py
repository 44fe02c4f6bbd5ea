"""The looks of the review's page."""

STYLE = """
:root{color-scheme:light dark;--ink:#1c2430;--soft:#5b6675;--line:#c9d1dc;--paper:#fff;--head:#eef2f7;--blue:#2f639b;
--red:#b3261e;--amber:#8a5a00;--green:#1e6b34;--open:#fff8d8}
@media (prefers-color-scheme:dark){:root{--ink:#e6e9ee;--soft:#a3adba;--line:#3a4350;--paper:#14181e;--head:#1f262f;
--blue:#86b4e6;--red:#ff8a80;--amber:#f0c060;--green:#7fd69a;--open:#2b2715}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);
font:15px/1.6 "Noto Sans SC","Microsoft YaHei","PingFang SC",sans-serif}
main{max-width:1240px;margin:0 auto;padding:16px}
h1{font-size:1.5rem;text-align:center}
h2{font-size:1.15rem;margin:1.6em 0 .4em;overflow-wrap:anywhere}
h3{font-size:1rem}
a{color:var(--blue)}
table{border-collapse:collapse;width:100%}
th,td{border:1px solid var(--line);padding:6px 8px;text-align:left;vertical-align:top;overflow-wrap:anywhere}
.wide{overflow-x:auto}
.wide th{white-space:nowrap}
.ranking td:nth-child(3),.offices td:first-child,.offices td:last-child,.defects td:last-child{min-width:11em}
.ranking td:nth-child(6){min-width:10em}
.ranking td:nth-child(8),.defects td:nth-child(2){min-width:9em}
.ranking td:nth-child(2),.ranking td:nth-child(5),.defects td:first-child{white-space:nowrap}
.ranking td:nth-child(8){color:var(--amber)}
.ranking small{font-size:.82em;overflow-wrap:anywhere}
thead th{background:var(--head)}
ul{margin:0;padding-left:1.1em}
small{display:block;color:var(--soft)}
.facts span{display:inline-block;margin-right:1em}
.facts,.quote{color:var(--soft)}
.score{font-size:1.1rem;margin:.2em 0}
.note{color:var(--amber)}
.result{font-weight:600}
.number{white-space:nowrap;text-align:center}
.items th:first-child{white-space:nowrap}
tr.open>td,tr.open>th{background:var(--open)}
li.error{color:var(--red)}li.warning{color:var(--amber)}li.judged{color:var(--green);font-weight:600}
li.question::marker{content:"问 "}li.quote::marker{content:"表 "}
svg{width:100%;max-width:640px;height:auto}
svg text{fill:var(--ink);font-size:11px;text-anchor:middle}svg text.key{text-anchor:start}
svg .high{fill:var(--blue)}svg .low{fill:var(--line)}svg line{stroke:var(--soft)}
@media (max-width:640px){
 table thead{display:none}
 table,tbody,tr,th,td{display:block;width:100%;min-width:0!important}
 tr{margin-bottom:10px;border:1px solid var(--line);padding:3px 0}
 th,td{border:0;white-space:normal!important;text-align:left;padding:3px 8px}
 td::before{content:attr(data-head)"：";color:var(--soft)}
 td:empty{display:none}
 .wide td{padding-left:calc(6.2em + 8px);text-indent:-6.2em}
 .wide td::before{display:inline-block;width:6.2em;text-indent:0}
 .wide td>*{text-indent:0}
 .ranking td:is(:nth-child(1),:nth-child(2),:nth-child(4),:nth-child(5),:nth-child(7)),
 .offices td:is(:nth-child(2),:nth-child(3)),.defects td:is(:nth-child(3),:nth-child(4),:nth-child(5)){
  display:inline-block;width:auto;padding-left:8px;text-indent:0}
 :is(.ranking td:is(:nth-child(1),:nth-child(2),:nth-child(4),:nth-child(5),:nth-child(7)),
 .offices td:is(:nth-child(2),:nth-child(3)),.defects td:is(:nth-child(3),:nth-child(4),:nth-child(5)))::before{
  width:auto}
 .ranking td:nth-child(2) small{display:inline;margin-left:.5em}
 .number{text-align:left}
}
@media print{
 :root{--ink:#000;--soft:#444;--line:#888;--paper:#fff;--head:#eee;--blue:#224;--red:#800;--amber:#630;--green:#042;--open:#fff}
 @page{size:A4;margin:14mm}
 body{font-size:11px}
 main{max-width:none;padding:0}
 .form{break-before:page}
 tr,li{break-inside:avoid}
}
"""
