"""Every failure a person can meet: one sentence that says what happened, and what to do about it.

Errors are raised typed where they arise and turned into text at the boundary (command line,
engine process), so that no layer has to parse another layer's messages.
"""

from __future__ import annotations


class StudioError(Exception):
    """A failure with a sentence for the person in front of the screen.

    ``kind`` is a stable word for scripts and for the wire between engine and window;
    ``advice`` says what to do; the technical cause is kept in ``__cause__``.
    """

    kind = "error"

    def __init__(self, what: str, advice: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.what} {self.advice}".strip()


class InputError(StudioError):
    """A picture that cannot be read, or is not one."""

    kind = "input"


class TooLargeError(InputError):
    """A picture whose header claims more pixels than the limit allows."""

    kind = "too-large"


class OutputError(StudioError):
    """A result that cannot be written."""

    kind = "output"


class ExistsError(OutputError):
    """A name that is taken already, where nothing may be replaced."""


class NoSpaceError(OutputError):
    """A disk that is full: nothing more can be written there until somebody makes room."""

    kind = "no-space"


class NoFolderError(OutputError):
    """A folder for results that is not there, or not any more."""

    kind = "no-folder"


class WeightsError(StudioError):
    """A weight file that is missing, damaged, of a newer format or inconsistent with its card."""

    kind = "weights"


class DeviceError(StudioError):
    """A device that was asked for and is not there."""

    kind = "device"


class SettingsError(StudioError):
    """A value outside its range, or a recipe that contradicts itself."""

    kind = "settings"


class OutOfMemoryError(StudioError):
    """Neither the device nor the processor could hold even the smallest tile."""

    kind = "memory"


class EngineDiedError(StudioError):
    """The engine process ended in the middle of a job."""

    kind = "engine"


class PeerDiedError(StudioError):
    """Another process of the same ``torchrun`` ended in the middle of their work."""

    kind = "engine"

    def __init__(self) -> None:
        super().__init__(
            "Another process of this run has ended.",
            "torchrun starts all of them anew, from the last checkpoint, as often as --max-restarts says.",
        )


class Cancelled(StudioError):
    """The person stopped the job."""

    kind = "cancelled"

    def __init__(self) -> None:
        super().__init__("Cancelled.")
