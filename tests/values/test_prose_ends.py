"""Where a value in running text may end is asked of the parser's tables: the answer is the one that the parser itself
gives when the text ends there."""

import pytest
from lark.exceptions import UnexpectedInput

from kpi.values.grammar import parser
from kpi.values.interval import Rejected
from kpi.values.prose import _may_end

TEXTS = (
    "≥98%以上的学员", "3至5天内办结", "2026年12月底前完工", "每人每月200元", "约15万人次左右", "不低于上年水平",
    "20~30人", "±5%", "一类≥3个、二类≥5个", "85%-95%之间", "1:3的比例", "第三季度", "≤20000元/人.年",
    "不超过3次/月", "百分之九十五以上", "两万三千亩", "春节前发放", "每季度1次", "3.5公里、2座",
)  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
def test_the_parser_ends_where_we_say(text):
    looks = 0
    for start in range(len(text)):
        interactive = parser().parse_interactive(text[start:])
        try:
            for token in interactive.lexer_thread.lex(interactive.parser_state):
                interactive.feed_token(token)
                try:
                    interactive.copy(deepcopy_values=False).feed_eof(token)
                    ends = True
                except Rejected:
                    ends = True  # the grammar ends here, its reading does not hold
                except UnexpectedInput:
                    ends = False
                looks += 1
                assert _may_end(interactive.parser_state) is ends
        except (UnexpectedInput, Rejected):
            continue
    assert looks
