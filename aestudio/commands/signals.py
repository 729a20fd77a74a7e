"""The signals that end a run as a person's Ctrl+C does."""

from __future__ import annotations

import signal


def endings() -> list[signal.Signals]:
    """Return those beside SIGINT: the terminal that closes is one too, unless the run was told to outlive it."""
    wanted = [signal.SIGTERM]
    if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        wanted.append(signal.SIGHUP)
    return wanted
