"""Start: a command -> the command line; ``--engine`` -> the engine process; else the window.

Imports nothing heavy, so that each of the three pays only for itself.
"""

from __future__ import annotations

import sys


def main(argv: list[str] | None = None) -> int:
    """Run aestudio with ``argv`` (without the program's name) and return the exit code."""
    arguments = sys.argv[1:] if argv is None else argv
    if arguments[:1] == ["--engine"]:
        from aestudio.jobs.worker import main as engine

        return engine()
    from aestudio import cli

    if cli.is_command(arguments):
        return cli.run(arguments)
    from aestudio.ui.app import main as window

    return window(arguments)


if __name__ == "__main__":
    sys.exit(main())
