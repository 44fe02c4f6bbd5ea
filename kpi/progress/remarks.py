"""One sentence a row: how its points came about, or why they could not be worked out."""

from decimal import ROUND_HALF_UP, Decimal

from kpi.progress.points import CENT, HUNDRED, cents
from kpi.progress.reading import shown
from kpi.progress.rowscore import Row, RowScore
from kpi.progress.scheme import Scheme

_ZERO, _MOST_DECIMALS = Decimal(0), 10
_CAPS = ("inverse", "linear")  # how the points of a cap are worked out that was passed


def remark(row: Row, score: RowScore, scheme: Scheme, *, weighted: bool) -> str:
    """What is to say of the row; without weights the formula is left out."""
    if score.blank and score.score is not None:
        return "没有填完成值，采用自评得分。"
    if score.why:
        return f"{score.why}。"
    if score.method == "graded":
        if score.met is False and score.band is None:
            return "完成的等次低于目标的等次，采用自评得分。"
        claimed = f"按“{score.band.name}”" if score.band else ""
        return f"定性指标，{claimed}采用自评得分。"
    if score.method == "deadline" and score.met is False:
        return "到年底没有完成，不得分。"
    if score.method == "zero":
        return "目标是没有发生，实际发生了，不得分。" if "0" not in row.target else "目标值为 0，没有达到，不得分。"
    if score.met is False:
        return _short(row, score, weighted)
    if score.met is None:
        return f"{_short(row, score, weighted)}这个目标有两种读法，按另一种算是达到的，请核对。"
    if score.far and score.achievement is not None:
        return f"完成目标的 {_plain(score.achievement)}%，超过 {_plain(scheme.far_above)}%，要说明原因；得满分。"
    if score.over:
        return "超出目标，视为完成，要说明原因。"
    return "达到目标，得满分。" if weighted else "达到目标。"


def _short(row: Row, score: RowScore, weighted: bool) -> str:
    rate = _rate(score)
    target, actual = shown(row.target), shown(row.actual or "")
    if not weighted or score.score is None:
        strict = "目标不含相等，正好相等，" if score.achievement == HUNDRED else ""
        return f"{rate}{strict}{missed(score)}目标“{target}”。"
    how = {
        "proportional": f"{_plain(row.weight)} × 完成值 ÷ 目标值",
        "inverse": f"{_plain(row.weight)} × 目标值 ÷ 完成值",
        "linear": f"{_plain(row.weight)} ×（1 − 超出部分 ÷ 目标值）",
    }.get(score.method, "")
    strict = "目标不含相等，正好相等不算达到；" if score.achievement == HUNDRED else ""
    return f"目标“{target}”，完成“{actual}”，{rate}{strict}按 {how} = {score.score:f} 分。"


def missed(score: RowScore) -> str:
    """How a target that is not met was missed: a cap is passed, not fallen short of."""
    return "超过了" if score.method in _CAPS else "没有达到"


def _rate(score: RowScore) -> str:
    if score.achievement is None:
        return ""
    if score.method not in _CAPS:
        return f"完成目标的 {_apart(score.achievement)}%，"
    return f"超出目标 {_apart(score.achievement - HUNDRED)}%，" if score.achievement > HUNDRED else ""


def _apart(number: Decimal) -> str:
    """To as many decimals as it takes not to be all of it, or nothing: 299.99 of 300 is not 100 %."""
    if cents(number) not in (_ZERO, HUNDRED):
        return _plain(number)
    finer = (number.quantize(CENT.scaleb(-more), ROUND_HALF_UP) for more in range(1, _MOST_DECIMALS))
    return next((f"{one:f}" for one in finer if one not in (_ZERO, HUNDRED)), _plain(number))


def _plain(number: Decimal) -> str:
    text = format(cents(number) if abs(number) < HUNDRED**4 else number.to_integral_value(), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
