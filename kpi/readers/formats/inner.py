"""Tables inside cells: whether one is what its cell says, or a table of its own that a page lays out in the cell."""

_ROW = 4  # cells of a row of indicators; what lays out a page has fewer
_PAIR = 2


def says_cell(among: int, height: int, width: int) -> bool:
    """Whether an inner table of so many rows and columns, in a row of `among` cells, is the text of its cell. A cell
    alone in its row is there for the layout."""
    if among <= 1:
        return False
    return among >= _ROW or width <= 1 or (height == 1 and width <= _PAIR)
