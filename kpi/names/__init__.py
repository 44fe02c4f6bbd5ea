"""What an indicator's name asks for: kind of figure, bounded or not, polarity, unit."""

from kpi.names.direction import effect_of
from kpi.names.reading import NameReading, read_name

__all__ = ["NameReading", "effect_of", "read_name"]
