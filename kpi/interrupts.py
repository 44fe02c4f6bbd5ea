"""Ctrl-C: one sentence and an exit status of its own, from the first moment on. Loads nothing."""

import os
import signal
import sys

INTERRUPTED = "已中断，没有做完。"
STOPPED = 130  # as shells say it of a program that was interrupted


def listen() -> None:
    """While the program is still loading: what an import raises may be swallowed, so it ends at once."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _stop)


def hear() -> None:
    """From here on an interrupt is an exception, so that files half written are taken away."""
    if signal.getsignal(signal.SIGINT) is _stop:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def _stop(number: int, frame: object) -> None:
    os.write(sys.stderr.fileno() if sys.stderr else 2, f"错误：{INTERRUPTED}\n".encode())
    os._exit(STOPPED)
