"""Places on a PDF page: boxes, matrices, clips; from a page's own space (y upwards) to what its reader sees."""

import ctypes
import math
from collections.abc import Iterator
from typing import Any, NamedTuple

Point = tuple[float, float]


class Box(NamedTuple):
    x0: float
    y0: float
    x1: float
    y1: float

    def around(self, other: "Box") -> "Box":
        return Box(min(self.x0, other.x0), min(self.y0, other.y0), max(self.x1, other.x1), max(self.y1, other.y1))

    def within(self, other: "Box") -> "Box":
        return Box(max(self.x0, other.x0), max(self.y0, other.y0), min(self.x1, other.x1), min(self.y1, other.y1))


class Matrix(NamedTuple):
    a: float = 1
    b: float = 0
    c: float = 0
    d: float = 1
    e: float = 0
    f: float = 0

    def point(self, x: float, y: float) -> tuple[float, float]:
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def then(self, n: "Matrix") -> "Matrix":
        """This matrix first, `n` after it."""
        return Matrix(
            self.a * n.a + self.b * n.c,
            self.a * n.b + self.b * n.d,
            self.c * n.a + self.d * n.c,
            self.c * n.b + self.d * n.d,
            self.e * n.a + self.f * n.c + n.e,
            self.e * n.b + self.f * n.d + n.f,
        )

    def inverse(self) -> "Matrix":
        det = self.a * self.d - self.b * self.c
        a, b, c, d = self.d / det, -self.b / det, -self.c / det, self.a / det
        return Matrix(a, b, c, d, -(self.e * a + self.f * c), -(self.e * b + self.f * d))


SAME = Matrix()
EVERYWHERE = Box(-1e9, -1e9, 1e9, 1e9)


def scale(a: float, b: float) -> float:
    return math.hypot(a, b)


def box_of(matrix: Matrix, box: Box) -> Box:
    """The box around a transformed box."""
    ax, ay = matrix.point(box.x0, box.y0)
    bx, by = matrix.point(box.x1, box.y1)
    return Box(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))


def shown(box: Box, turns: int) -> Matrix:
    """From a page's space to what the reader of the page sees, origin top-left; `turns`: its /Rotate in quarters."""
    return (
        Matrix(1, 0, 0, -1, -box.x0, box.y1),
        Matrix(0, 1, 1, 0, -box.y0, -box.x0),
        Matrix(-1, 0, 0, 1, box.x1, -box.y0),
        Matrix(0, -1, -1, 0, box.y1, box.x1),
    )[turns % 4]


def upright(width: float, height: float, way: int) -> Matrix:
    """From the page as seen to the page turned so that writing in direction `way` runs from left to right."""
    return (
        SAME,
        Matrix(0, 1, -1, 0, height, 0),
        Matrix(-1, 0, 0, -1, width, height),
        Matrix(0, -1, 1, 0, 0, width),
    )[way % 4]


def matrix_of(pdfium: Any, handle: Any) -> Matrix:  # noqa: ANN401
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(handle, found):
        return SAME
    return Matrix(found.a, found.b, found.c, found.d, found.e, found.f)


def clip_of(pdfium: Any, handle: Any) -> Box | None:  # noqa: ANN401
    """The box of what an object's clip lets through, in the space that the object stands in; None without a clip."""
    clip = pdfium.FPDFPageObj_GetClipPath(handle)
    count = pdfium.FPDFClipPath_CountPaths(clip) if clip else 0
    if count <= 0:
        return None
    box = EVERYWHERE
    for i in range(min(count, 20)):
        points = list(_clip_points(pdfium, clip, i))
        if points:
            xs, ys = [p[0] for p in points], [p[1] for p in points]
            box = box.within(Box(min(xs), min(ys), max(xs), max(ys)))
    return None if box == EVERYWHERE else box


def _clip_points(pdfium: Any, clip: Any, index: int) -> Iterator[tuple[float, float]]:  # noqa: ANN401
    x, y = ctypes.c_float(), ctypes.c_float()
    for k in range(min(pdfium.FPDFClipPath_CountPathSegments(clip, index), 500)):
        segment = pdfium.FPDFClipPath_GetPathSegment(clip, index, k)
        if segment and pdfium.FPDFPathSegment_GetPoint(segment, x, y):
            yield x.value, y.value
