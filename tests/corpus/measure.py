"""How often each rule is right on the labelled documents of this folder. `make accuracy` prints and writes it.

    python -m tests.corpus.measure            print
    python -m tests.corpus.measure --write    and write docs/accuracy.md, rulesets/accuracy.yaml and the rules' status
    python -m tests.corpus.measure --show     and every finding that was missed or that nobody asked for

A sure label and a finding of its rule at its place pair one to one; an arguable label excuses one finding and asks for
none. A clean row must stay silent. Cases of monitoring and self-evaluation (progress.py) are counted with them.
"""

import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

import kpi
from kpi.rules import Finding, Ruleset, load
from kpi.rules.accuracy import FILE, Score, interval, percent
from tests.corpus import progress
from tests.corpus.accuracy_md import render

FOLDER = Path(__file__).parent
ROOT = FOLDER.parents[1]
_NOISE = re.compile(r"[\W_]+")
_STATUS = re.compile(r"^(  status: )\w+$", re.M)


@dataclass
class Tally:
    """What came of one run over the corpus."""

    hit: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    clean: int = 0  # rows marked clean
    flagged: list[str] = field(default_factory=list)  # those that were flagged, in words
    wrong: list[str] = field(default_factory=list)  # missed and false findings, in words
    documents: int = 0
    labels: int = 0
    cases: int = 0  # of monitoring and self-evaluation

    def score(self, codes: Iterable[str]) -> Score:
        wanted = set(codes)
        return Score(*(sum(counts[code] for code in wanted) for counts in (self.hit, self.missed, self.false)))


def labels() -> Mapping[str, Any]:
    text = (FOLDER / "labels.yaml").read_text(encoding="utf-8")
    documents: Mapping[str, Any] = yaml.load(text, yaml.CSafeLoader)["documents"]
    return documents


def ruleset() -> Ruleset:
    """The national one, with spending standards to hold against."""
    return load(FOLDER / "kpi-rules.yaml")


def measure(ruleset: Ruleset) -> Tally:
    """Every document of the corpus is a run of its own: what it is held against is what it holds."""
    tally = Tally()
    for name, said in labels().items():
        tally.documents += 1
        tally.labels += len(said["findings"])
        findings = kpi.lint(FOLDER / name, ruleset=ruleset, waivers=False).findings
        _pair(name, said["findings"], findings, tally)
        for row in said["clean"]:
            tally.clean += 1
            tally.flagged += [f"{name} {_place(row)}: {f.rule} {f.message}" for f in findings if _spoils(row, f)]
    for case in progress.cases():
        _count(case, tally)
    return tally


def _count(case: Mapping[str, Any], tally: Tally) -> None:
    """A case of monitoring or self-evaluation."""
    tally.cases += 1
    tally.labels += len(case["sure"])
    right, missed, false = progress.judged(case)
    for counts, named in ((tally.hit, right), (tally.missed, missed), (tally.false, false)):
        counts.update(rule for rule, _ in named)
    tally.wrong += [f"missed {rule} {case['id']} {where} — {case['about']}" for rule, where in missed]
    tally.wrong += [f"false  {rule} {case['id']} {where} — {case['about']}" for rule, where in false]


def _pair(name: str, wanted: list[Mapping[str, str]], findings: Iterable[Finding], tally: Tally) -> None:
    left = list(findings)
    for certainty in ("sure", "arguable"):
        for label in wanted:
            if label["certainty"] != certainty:
                continue
            near = [finding for finding in left if finding.rule == label["rule"] and same_place(label, finding)]
            best = next((f for f in near if _plain(f.value) == _plain(label["value"].split("|")[0])), None)
            if near:
                left.remove(best or near[0])
            if certainty == "sure":
                (tally.hit if near else tally.missed)[label["rule"]] += 1
                if not near:
                    tally.wrong.append(f"missed {label['rule']} {name} {_place(label)} — {label.get('note', '')}")
    for finding in left:
        tally.false[finding.rule] += 1
        where = f"{finding.project} {finding.level2} {finding.indicator} {finding.value}"
        tally.wrong.append(f"false  {finding.rule} {name} {where} — {finding.message}")


def same_place(label: Mapping[str, str], finding: Finding) -> bool:
    """Same project and row. A label of no row is for any place of its project; of no project, for any of the file."""
    if label["project"] != "-" and not _alike(label["project"], finding.project):
        return False
    if label["indicator"] == "-":
        return label["level2"] in ("-", finding.level2 or "-") or finding.level2 is None
    if finding.indicator is None:
        return False
    return _alike(label["indicator"], finding.indicator) and label["level2"] in ("-", finding.level2)


def _spoils(row: Mapping[str, Any], finding: Finding) -> bool:
    if "*" not in row["rules"] and finding.rule not in row["rules"]:
        return False
    if row["indicator"] == "-":
        return _alike(row["project"], finding.project) and (row["level2"] in ("-", finding.level2))
    if finding.indicator is None or not _alike(row["project"], finding.project):
        return False
    here = _plain(row["indicator"]) == _plain(finding.indicator) and row["level2"] == finding.level2
    return here and (_plain(finding.value) in {_plain(part) for part in row["value"].split("|")})


def _alike(one: str, other: str) -> bool:
    a, b = _plain(one), _plain(other)
    return a == b or (min(len(a), len(b)) >= 4 and (a in b or b in a))


def _plain(text: str | None) -> str:
    kept = unicodedata.normalize("NFKC", text or "").replace("≥", "ge").replace("≤", "le").replace("=", "eq")
    return _NOISE.sub("", kept.replace(">", "gt").replace("<", "lt"))


def _place(label: Mapping[str, Any]) -> str:
    return " ".join(part for key in ("project", "level2", "indicator", "value") if (part := label[key]) != "-")


def write(tally: Tally, ruleset: Ruleset) -> None:
    """Publish: the page, the figures that `kpi rules show` prints, and each rule's status."""
    (ROOT / "docs" / "accuracy.md").write_text(render(tally, ruleset), encoding="utf-8")
    scores = {code: tally.score([code]) for code in ruleset.rules if not code.startswith("KPI")}
    rows = (f"{code}: {{hit: {s.hit}, missed: {s.missed}, \"false\": {s.false}}}\n" for code, s in scores.items())
    head = "# 每条规则在标注样本（tests/corpus）上：报对、漏报、误报几处。由 make accuracy 生成。\n"
    (ROOT / "rulesets" / FILE).write_text(head + "".join(rows), encoding="utf-8")
    for path in sorted((ROOT / "rulesets" / "rules").glob("*.yaml")):
        path.write_text(_with_status(path.read_text(encoding="utf-8"), scores), encoding="utf-8")


def _with_status(text: str, scores: Mapping[str, Score]) -> str:
    """The rules of a file, each with the status that its figures make; rules of no label keep what they say."""
    parts = re.split(r"^(?=[A-Z]{3}\d{3}:$)", text, flags=re.M)
    return "".join(_STATUS.sub(rf"\g<1>{scores[p[:6]].status}", p) if p[:6] in scores else p for p in parts)


def lines(tally: Tally, ruleset: Ruleset) -> Iterator[str]:
    for code in ruleset.rules:
        score = tally.score([code])
        if score.judged or score.missed:
            asked = score.hit + score.missed
            yield f"{code} {_said('precision', score.hit, score.judged)} {_said('recall', score.hit, asked)}"
    for severity in ("error", "warning", "info"):
        score = tally.score(code for code, rule in ruleset.rules.items() if rule.severity == severity)
        right, asked = _said("precision", score.hit, score.judged), _said("recall", score.hit, score.hit + score.missed)
        yield f"{severity:8} {right} {asked}"
    counted = f"{tally.documents} documents, {tally.cases} cases of progress, {tally.labels} labels"
    yield f"{counted}, {tally.clean} clean rows, {len(tally.flagged)} flagged"


def _said(word: str, right: int, of: int) -> str:
    low, high = interval(right, of)
    share = percent(Decimal(right) / of) if of else "-"
    return f"{word} {share:>5} ({right}/{of}, {percent(low)}–{percent(high)})"


def main(arguments: list[str]) -> int:
    rules = ruleset()
    tally = measure(rules)
    print("\n".join(lines(tally, rules)))
    if "--show" in arguments:
        print("\n".join((*tally.wrong, *(f"clean  {one}" for one in tally.flagged))))
    if "--write" in arguments:
        write(tally, rules)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
