"""The version, where every package may read it: reports name it, and must not import the library above them."""

__version__ = "0.1.0"
