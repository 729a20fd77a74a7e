"""What came of a training run, in plain sentences."""

from __future__ import annotations

from aestudio.jobs import verdict
from aestudio.ui.language import phrase, tr
from aestudio.ui.training.run import Run, State


def headline(run: Run) -> str:
    """Return where a run stands, as a title."""
    name = run.request.title or run.request.name
    return {
        State.STARTING: tr("Reading your pictures…"),
        State.RUNNING: tr("Training “{name}”"),
        State.STOPPING: tr("Stopping, the model is kept…"),
        State.PAUSING: tr("Pausing…"),
        State.PAUSED: tr("“{name}” is paused"),
        State.DONE: tr("“{name}” is ready"),
        State.FAILED: tr("“{name}” could not be trained"),
    }[run.state].format(name=name)


def report(run: Run) -> str:
    """Return the verdict on a finished run: how good it is, what the curve says, what to expect of it."""
    sentences = [said.within(phrase) for said in verdict.verdict(run.account())]
    sentences.append(tr("It is in the list of models now."))
    return "\n".join(sentences)
