"""Files of office programs from the inside: their parts, cells and paragraphs, for whoever writes into them."""


class CannotWrite(Exception):
    """Why a file cannot be changed, as one sentence for the user."""
