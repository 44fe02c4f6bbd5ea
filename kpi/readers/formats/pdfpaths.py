"""The rulings of a PDF page: straight lines, thin boxes and the edges of boxes among its path objects."""

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple

from kpi.readers.formats.pdfglyphs import TooMuch
from kpi.readers.formats.pdfspace import EVERYWHERE, Box, Matrix, Point, box_of, clip_of, matrix_of, scale

MOST_OBJECTS = 150_000  # of one page
MOST_POINTS = 400_000  # corners of paths of one page
DEEPEST = 12  # forms inside forms
_THIN = 3.0  # points; a filled box no wider is a line
_STRAIGHT = 0.7  # points that a line may lean
_PALE = 250  # of 255 in each colour: cannot be seen on paper
_TEXT, _PATH, _IMAGE, _FORM = 1, 2, 3, 5
_LINE, _BEZIER, _MOVE = 0, 1, 2


class Ruling(NamedTuple):
    """A line: where it stands (y of one across, x of one down) and from where to where it runs."""

    at: float
    start: float
    end: float


@dataclass(slots=True)
class Drawing:
    """What is drawn on a page. `boxes`: filled areas, whose edges are borders where nothing else is."""

    across: list[Ruling] = field(default_factory=list)
    down: list[Ruling] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    images: list[Box] = field(default_factory=list)
    curves: int = 0
    objects: int = 0
    points: int = 0

    def line(self, p: Point, q: Point, clip: Box) -> None:
        """Take in a straight line where it is level or upright and seen."""
        seen = Box(min(p[0], q[0]), min(p[1], q[1]), max(p[0], q[0]), max(p[1], q[1])).within(clip)
        if seen.x1 < seen.x0 or seen.y1 < seen.y0:
            return
        wide, high = seen.x1 - seen.x0, seen.y1 - seen.y0
        if high <= _STRAIGHT or wide > 50 * high:
            self.across.append(Ruling((seen.y0 + seen.y1) / 2, seen.x0, seen.x1))
        if wide <= _STRAIGHT or high > 50 * wide:
            self.down.append(Ruling((seen.x0 + seen.x1) / 2, seen.y0, seen.y1))

    def box(self, box: Box, clip: Box) -> None:
        """Take in a filled box."""
        seen = box.within(clip)
        wide, high = seen.x1 - seen.x0, seen.y1 - seen.y0
        if wide < 0 or high < 0:
            return
        if high <= _THIN:
            self.across.append(Ruling((seen.y0 + seen.y1) / 2, seen.x0, seen.x1))
        if wide <= _THIN:
            self.down.append(Ruling((seen.x0 + seen.x1) / 2, seen.y0, seen.y1))
        if wide > _THIN and high > _THIN:
            self.boxes.append(seen)


def drawing(page: Any, matrix: Matrix) -> Drawing:  # noqa: ANN401 - a pdfium handle
    """Everything drawn on a page, in upright space. Raises TooMuch."""
    import pypdfium2.raw as pdfium  # noqa: PLC0415

    found = Drawing()
    count = pdfium.FPDFPage_CountObjects(page)
    _Walk(pdfium, found).over(count, lambda i: pdfium.FPDFPage_GetObject(page, i), matrix, EVERYWHERE, 0)
    return found


class _Walk:
    """Goes through the objects of a page and of the forms on it."""

    def __init__(self, pdfium: Any, found: Drawing) -> None:  # noqa: ANN401
        self.pdfium = pdfium
        self.found = found
        self.bounds = tuple(ctypes.c_float() for _ in range(4))

    def over(self, count: int, get: Callable[[int], Any], matrix: Matrix, clip: Box, depth: int) -> None:
        pdfium, found = self.pdfium, self.found
        found.objects += max(count, 0)
        if found.objects > MOST_OBJECTS:
            raise TooMuch(f"{found.objects} objects")
        for i in range(count):
            handle = get(i)
            kind = pdfium.FPDFPageObj_GetType(handle)
            if kind == _PATH:
                self._path(handle, matrix, clip)
            elif kind == _IMAGE:
                self._image(handle, matrix)
            elif kind == _FORM and depth < DEEPEST:
                self._form(handle, matrix, clip, depth)

    def _image(self, handle: Any, matrix: Matrix) -> None:  # noqa: ANN401
        left, bottom, right, top = self.bounds
        if self.pdfium.FPDFPageObj_GetBounds(handle, left, bottom, right, top):
            self.found.images.append(box_of(matrix, Box(left.value, bottom.value, right.value, top.value)))

    def _form(self, handle: Any, matrix: Matrix, clip: Box, depth: int) -> None:  # noqa: ANN401
        own = clip_of(self.pdfium, handle)
        inner = clip.within(box_of(matrix, own)) if own else clip
        count = self.pdfium.FPDFFormObj_CountObjects(handle)
        placed = matrix_of(self.pdfium, handle).then(matrix)
        self.over(count, lambda i: self.pdfium.FPDFFormObj_GetObject(handle, i), placed, inner, depth + 1)

    def _path(self, handle: Any, matrix: Matrix, clip: Box) -> None:  # noqa: ANN401
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        self.pdfium.FPDFPath_GetDrawMode(handle, fill, stroke)
        lines = bool(stroke.value) and self._visible(handle, self.pdfium.FPDFPageObj_GetStrokeColor)
        filled = bool(fill.value)
        if not lines and not filled:
            return
        own = clip_of(self.pdfium, handle)
        if own:
            clip = clip.within(box_of(matrix, own))
        if not lines and (bounds := self._thin(handle)):
            if self._visible(handle, self.pdfium.FPDFPageObj_GetFillColor):
                self.found.box(box_of(matrix, bounds), clip)
            return
        solid = filled and self._visible(handle, self.pdfium.FPDFPageObj_GetFillColor)
        own_matrix = matrix_of(self.pdfium, handle)
        broad = lines and self._broad(handle, own_matrix)
        for points, closed in self._outlines(handle, own_matrix.then(matrix)):
            if filled:
                _fill(self.found, points, clip, solid)
            if lines and not broad:
                _stroke(self.found, points, closed, clip)

    def _thin(self, handle: Any) -> Box | None:  # noqa: ANN401
        """The bounds of a filled path that is a line as a whole, whatever its corners: the most frequent kind."""
        left, bottom, right, top = self.bounds
        if not self.pdfium.FPDFPageObj_GetBounds(handle, left, bottom, right, top):
            return None
        box = Box(left.value, bottom.value, right.value, top.value)
        return box if min(box.x1 - box.x0, box.y1 - box.y0) <= _THIN else None

    def _broad(self, handle: Any, matrix: Matrix) -> bool:  # noqa: ANN401
        """Whether a line is so thick that it shades a cell rather than bounds it."""
        width = ctypes.c_float()
        self.pdfium.FPDFPageObj_GetStrokeWidth(handle, width)
        return width.value * max(scale(matrix.a, matrix.b), 0.01) > 2 * _THIN

    def _visible(self, handle: Any, colour: Callable[..., Any]) -> bool:  # noqa: ANN401
        parts = [ctypes.c_uint() for _ in range(4)]
        if not colour(handle, *parts):
            return True
        *shades, alpha = (part.value for part in parts)
        return alpha > 8 and min(shades) < _PALE

    def _outlines(self, handle: Any, matrix: Matrix) -> Iterator[tuple[list[Point], bool]]:  # noqa: ANN401
        """The parts of a path that consist of straight lines, as corners, and whether each is closed."""
        pdfium, found = self.pdfium, self.found
        x, y = ctypes.c_float(), ctypes.c_float()
        count = pdfium.FPDFPath_CountSegments(handle)
        found.points += max(count, 0)
        if found.points > MOST_POINTS:
            raise TooMuch(f"{found.points} corners")
        points: list[Point] = []
        closed = False
        for k in range(count):
            segment = pdfium.FPDFPath_GetPathSegment(handle, k)
            kind = pdfium.FPDFPathSegment_GetType(segment)
            if kind in (_MOVE, _BEZIER) or closed:
                if len(points) > 1:
                    yield points, closed
                points = []
                found.curves += kind == _BEZIER
            pdfium.FPDFPathSegment_GetPoint(segment, x, y)
            points.append(matrix.point(x.value, y.value))
            closed = bool(pdfium.FPDFPathSegment_GetClose(segment))
        if len(points) > 1:
            yield points, closed


def _stroke(found: Drawing, points: list[Point], closed: bool, clip: Box) -> None:
    for p, q in pairwise(points):
        found.line(p, q, clip)
    if closed and points[0] != points[-1]:
        found.line(points[-1], points[0], clip)


def _fill(found: Drawing, points: list[Point], clip: Box, solid: bool) -> None:
    """A filled outline: a box, or the edges of something with more corners (a grid cut out of one area)."""
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    box = Box(min(xs), min(ys), max(xs), max(ys))
    thin = min(box.x1 - box.x0, box.y1 - box.y0) <= _THIN
    corners = len(points) - (points[0] == points[-1])
    if thin or (corners == 4 and _square(points, box)):
        if solid or not thin:
            found.box(box, clip)
    elif corners > 4 and solid:
        for p, q in zip(points, [*points[1:], points[0]], strict=True):
            if abs(p[0] - q[0]) + abs(p[1] - q[1]) > 2 * _THIN:
                found.line(p, q, clip)


def _square(points: list[Point], box: Box) -> bool:
    return all(
        min(abs(x - box.x0), abs(x - box.x1)) < _STRAIGHT and min(abs(y - box.y0), abs(y - box.y1)) < _STRAIGHT
        for x, y in points
    )
