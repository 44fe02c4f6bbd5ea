"""Which forms of an earlier report were read again: copies of one form, other folders, other names."""

from collections import Counter

import pytest

from kpi.rules.rechecked import Form, Units, rechecked


def files(text):
    """"甲/一.txt 路=ab 桥=; 二.txt" → files with their projects and fingerprints, a letter each."""
    parts = (part.split() for part in text.split(";") if part.strip())
    return {
        path: {name: Counter(found) for name, _, found in (one.partition("=") for one in projects)}
        for path, *projects in parts
    }


CASES = {
    "only one of several copies": ("一.txt 路=ab; 二.txt 路=ab; 三.txt 路=ab", "二.txt = 路=", {"二.txt 路": "二.txt"}),
    "from another folder": ("局/一.txt 路=a; 局/二.txt 路=a", "二.txt = 路=", {"二.txt 路": "局/二.txt"}),
    "the longer end": ("甲/表.txt 路=a; 乙/表.txt 路=a", "/家/乙/表.txt = 路=", {"/家/乙/表.txt 路": "乙/表.txt"}),
    "a copied folder": ("一月/甲/表.txt 路=a; 一月/乙/表.txt 桥=a", "二月/乙/表.txt = 桥=",
                        {"二月/乙/表.txt 桥": "一月/乙/表.txt"}),
    "the strokes of Windows": ("局\\一.txt 路=a", "局/一.txt = 路=", {"局/一.txt 路": "局\\一.txt"}),
    "another project under one name": ("甲/表.txt 路=a", "乙/表.txt = 桥=", {}),
    "renamed": ("一.txt 路=a", "新.txt = 路=", {"新.txt 路": "一.txt"}),
    "renamed: the one whose findings are there": ("一.txt 路=abc; 二.txt 路=d", "新.txt = 路=d",
                                                  {"新.txt 路": "二.txt"}),
    "a copy that had no findings is no other one": ("一.txt 路=ab; 二.txt", "二.txt = 路=", {}),
    "a copy without findings, from another folder": ("局/一.txt 路=ab; 局/二.txt", "二.txt = 路=", {}),
    "one more copy": ("一.txt 路=a", "一.txt = 路=a; 二.txt = 路=a", {"一.txt 路": "一.txt"}),
    "two forms of a file in two files": ("一.txt 路=a 桥=a", "新.txt = 路=; 又.txt = 桥=",
                                         {"新.txt 路": "一.txt", "又.txt 桥": "一.txt"}),
    "a form that was taken out": ("一.txt 路=a 桥=a", "一.txt = 路=", {"一.txt 路": "一.txt"}),
    "what is said of the file": ("一.txt =a 路=b; 二.txt =a", "一.txt = 路=",
                                 {"一.txt ": "一.txt", "一.txt 路": "一.txt"}),
    "forms without a name": ("一.txt =a", "新.txt =a", {"新.txt ": "一.txt"}),
}  # fmt: skip


@pytest.mark.parametrize(("then", "now", "wanted"), CASES.values(), ids=CASES)
def test_what_was_read_again(then, now, wanted):
    found = rechecked(files(then), files(now))
    assert {f"{form.file} {form.project}": before.file for form, before in found.items()} == wanted


APART = {
    "renamed, and another unit's": ("一.txt 路=a 甲", "新.txt 路=a 乙", {}),
    "the same end of the path, and another unit's": ("甲/表.txt 路=a 甲", "乙/表.txt 路=a 乙", {}),
    "of two, the own unit's": ("一.txt 路=b 甲; 二.txt 路=a 乙", "新.txt 路=a 甲", {"新.txt": "一.txt"}),
    "a report that tells no unit": ("一.txt 路=a", "新.txt 路=a 乙", {"新.txt": "一.txt"}),
    "a form that tells none any more": ("一.txt 路=a 甲", "新.txt 路=a", {"新.txt": "一.txt"}),
    "one path: the name of the unit was mended": ("一.txt 路=a 甲", "一.txt 路=a 乙", {"一.txt": "一.txt"}),
}


@pytest.mark.parametrize(("then", "now", "wanted"), APART.values(), ids=APART)
def test_another_unit_is_another_form(then, now, wanted):
    def units(text):
        told = [part.split() for part in text.split(";")]
        return {Form(file, "路"): {*unit} for file, _, *unit in told}

    def forms(text):
        return files(";".join(" ".join(part.split()[:2]) for part in text.split(";")))

    found = rechecked(forms(then), forms(now), Units(units(then), units(now)))
    assert {form.file: before.file for form, before in found.items()} == wanted
