"""What goes wrong on the command line, as one plain sentence."""

from collections.abc import Iterable


class CommandError(Exception):
    """Stops the command with exit status 2; its text is one Chinese sentence for the user."""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """ "您是不是要写 lint？" where a known word is near, else ""."""
    from difflib import get_close_matches

    by_fold = {candidate.casefold(): candidate for candidate in known}
    near = get_close_matches(word.casefold(), by_fold, n=1, cutoff=0.6)
    return f"您是不是要写 {by_fold[near[0]]}？" if near else ""
