"""Start: a command -> the command line; ``--engine`` -> the engine process; else the window.

Imports nothing heavy, so that each of the three pays only for itself.
"""

from __future__ import annotations

import sys

NOT_STARTED = 3


def main(argv: list[str] | None = None) -> int:
    """Run aestudio with ``argv`` (without the program's name) and return the exit code."""
    arguments = sys.argv[1:] if argv is None else argv
    try:
        return _run(arguments)
    except (ImportError, OSError):
        sentence = _incomplete()
        if not sentence:
            raise
        print(f"aestudio: {sentence}", file=sys.stderr)
        return NOT_STARTED


def _incomplete() -> str:
    """Return what is to be said of a half-copied program, or nothing where all of it is there."""
    from aestudio import contents

    missing = contents.missing()
    return f"The program's folder is incomplete: {missing[0]} is missing. Install aestudio again." if missing else ""


def _run(arguments: list[str]) -> int:
    if arguments[:1] == ["--engine"]:
        from aestudio.jobs.engine_process import main as engine

        return engine()
    from aestudio import cli

    if cli.is_command(arguments):
        return cli.run(arguments)
    from aestudio.errors import StudioError
    from aestudio.ui import display

    try:
        display.check()
    except StudioError as error:
        # the system is not to be blamed for a library that the program itself should have
        print(f"aestudio: {_incomplete() or error}", file=sys.stderr)
        return NOT_STARTED
    from aestudio.ui.app import main as window

    return window([sys.argv[0], *arguments])


if __name__ == "__main__":
    sys.exit(main())
