"""What came of a training run, in plain sentences."""

from __future__ import annotations

from aestudio.ui.language import tr
from aestudio.ui.training.run import IMPROVING, Run, State


def headline(run: Run) -> str:
    """Return where a run stands, as a title."""
    name = run.request.title or run.request.name
    return {
        State.STARTING: tr("Reading your pictures…"),
        State.RUNNING: tr("Training “{name}”"),
        State.STOPPING: tr("Stopping, the best is kept…"),
        State.PAUSING: tr("Pausing…"),
        State.PAUSED: tr("“{name}” is paused"),
        State.DONE: tr("“{name}” is ready"),
        State.FAILED: tr("“{name}” could not be trained"),
    }[run.state].format(name=name)


def report(run: Run) -> str:
    """Return the verdict on a finished run: how good it is, what the curve says, what to expect of it."""
    sentences = [*_scores(run), *_curve(run)]
    sentences.append(tr("It will be worse on pictures unlike these."))
    sentences.append(tr("It is in the list of models now."))
    return "\n".join(sentences)


def _scores(run: Run) -> list[str]:
    best, begun = run.best_score, run.begun
    if best is None or begun is None or not run.restores:
        return []
    said = []
    if run.start_score is not None:
        gain = best - run.start_score
        words = tr("On {n} pictures that it never saw it is {gain:.1f} dB better than the model that it started from.")
        if gain < IMPROVING:
            words = tr(
                "On {n} pictures that it never saw it is no better than the model that it started from: "
                "that one knows pictures like yours already, or there was too little time."
            )
        said.append(words.format(n=begun.held_out, gain=gain))
    if run.untouched is not None:
        gain = best - run.untouched
        better = tr("Against doing nothing it gains {gain:.1f} dB ({score:.1f} dB in all).")
        if run.request.task == "upscale":
            better = tr("Against plain enlarging it gains {gain:.1f} dB ({score:.1f} dB in all).")
        if gain <= 0:
            better = tr("It is no better than doing nothing yet: give it more time or more pictures.")
        said.append(better.format(gain=gain, score=best))
    if begun.held_out < 4:
        said.append(tr("With so few pictures to judge by, these figures are a hint only."))
    return said


def _curve(run: Run) -> list[str]:
    if len(run.scores) < 3 or not run.restores:
        return []
    if run.trend > IMPROVING:
        return [tr("It was still improving when it stopped: more time would help.")]
    if run.trend < -IMPROVING:
        return [tr("It got worse again towards the end, as with too few pictures; its best version was kept.")]
    return [tr("It had stopped improving: more time would change little, more pictures might.")]
