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
        from aestudio import contents

        missing = contents.missing()
        if not missing:
            raise
        sentence = f"The program's folder is incomplete: {missing[0]} is missing. Install aestudio again."
        print(f"aestudio: {sentence}", file=sys.stderr)
        return NOT_STARTED


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
        print(f"aestudio: {error}", file=sys.stderr)
        return NOT_STARTED
    from aestudio.ui.app import main as window

    return window([sys.argv[0], *arguments])


if __name__ == "__main__":
    sys.exit(main())
