"""Findings of a form and the figures of a profile → its review: points, a grade, what only a person can judge."""

from kpi.scoring.batch import Batch, batch
from kpi.scoring.judged import Judged, JudgedItem
from kpi.scoring.merging import merge
from kpi.scoring.result import Deduction, ItemReview, Judgement, Quote, Range, Review
from kpi.scoring.review import reviews
from kpi.scoring.scheme import Scheme, scheme

__all__ = [
    "Batch", "Deduction", "ItemReview", "Judged", "JudgedItem", "Judgement", "Quote", "Range", "Review", "Scheme",
    "batch", "merge", "reviews", "scheme",
]  # fmt: skip
