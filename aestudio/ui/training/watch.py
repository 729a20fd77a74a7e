"""A training run as it is watched: how far it is, its curves, and at the end what came of it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from aestudio import paths
from aestudio.catalog import store
from aestudio.errors import StudioError
from aestudio.jobs import report
from aestudio.jobs.account import Smoothing
from aestudio.ui import words
from aestudio.ui.language import sentence
from aestudio.ui.naming import label, named, push_button
from aestudio.ui.question import ask_for_file
from aestudio.ui.training import verdict
from aestudio.ui.training.preview import PreviewStrip
from aestudio.ui.training.run import Run, State
from aestudio.ui.training.trainer import Trainer
from aestudio.ui.training.unfinished import UnfinishedQuestion
from aestudio.ui.widgets.loss_plot import LossPlot, Panel
from aestudio.ui.widgets.scrolling import scrolling
from aestudio.ui.widgets.sliders import LabelledSlider

SMOOTHING = 0.9
"""Share of the past in the smoothed curves."""
GIGA = 2**30


class TrainingWatch(QWidget):
    """Shows the run of a trainer and passes on what a person wants of it."""

    def __init__(self, trainer: Trainer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._trainer = trainer
        self._smooth_losses, self._smooth_scores = Smoothing(), Smoothing()
        self.title = named(label("", "title", wrap=True), "trainingTitle", self.tr("State of training"))
        self.bar = named(QProgressBar(), "trainingBar", self.tr("Progress of training"))
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.facts = named(label("", wrap=True), "trainingFacts", self.tr("How training goes"))
        self.plot = named(LossPlot(), "lossPlot", self.tr("Curves of the loss and of the score"))
        self.plot.setToolTip(
            self.tr("The wheel or + and − look closer, dragging or the arrow keys move, Home shows all of it.")
        )
        self.smoothing = LabelledSlider(
            "smoothingSlider",
            self.tr("Smoothing"),
            self.tr("How much of the past is in the curves: what was measured is drawn faintly behind."),
            low=0.0,
            high=0.98,
            default=SMOOTHING,
            step=0.02,
            decimals=2,
        )
        self.logarithmic = named(
            QCheckBox(self.tr("Logarithmic loss")),
            "logarithmicBox",
            self.tr("Logarithmic loss"),
            self.tr("Show small losses as large as great ones; a steady fall is a straight line."),
        )
        self.logarithmic.setChecked(True)
        self.reset_button = push_button(
            "resetViewButton", self.tr("Show all"), self.tr("Show the curves over the whole time again."), "full"
        )
        self.reset_button.setEnabled(False)
        self.plot_row = QWidget()
        controls = QHBoxLayout(self.plot_row)
        controls.setContentsMargins(0, 0, 0, 0)
        controls.setSpacing(16)
        controls.addWidget(self.smoothing, 1)
        controls.addWidget(self.logarithmic)
        controls.addWidget(self.reset_button)
        self.figures = named(label("", "quiet", wrap=True), "trainingFigures", self.tr("Figures of training"))
        self.smoothing.value_changed.connect(lambda _: self._show_curves())
        self.logarithmic.toggled.connect(self._show_curves)
        self.reset_button.clicked.connect(self.plot.reset)
        self.plot.view_changed.connect(lambda: self.reset_button.setEnabled(self.plot.view != (0.0, 1.0)))
        self.preview = named(
            PreviewStrip(),
            "previewStrip",
            self.tr("Held-out pictures before, now and as they are"),
            self.tr(
                "Pictures that the model is judged by: as it is given them, what it makes of them, the truth if known."
            ),
        )
        self.preview_words = label("", "quiet")
        self._previewed: tuple[Run, int] | None = None
        self.remarks = named(label("", "quiet", wrap=True), "trainingRemarks", self.tr("Remarks"))
        self.report = named(label("", wrap=True), "reportView", self.tr("What came of it"))
        self.report.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.pause_button = push_button(
            "pauseButton", self.tr("Pause"), self.tr("Stop for now; go on later where it was."), "pause"
        )
        self.resume_button = push_button(
            "resumeButton", self.tr("Go on"), self.tr("Go on from the last checkpoint."), "play", True
        )
        self.stop_button = push_button(
            "stopButton",
            self.tr("Stop and keep the model"),
            self.tr("End training now; what was learned is kept."),
            "stop",
        )
        self.again_button = push_button(
            "againButton", self.tr("Train another"), self.tr("Go back to the choice of folder and task."), "back"
        )
        self.export_button = push_button(
            "exportReportButton",
            self.tr("Export the report…"),
            self.tr("Write what came of it as a page that opens in any browser, with curves and pictures."),
            "save",
        )
        self.start_again_button = push_button(
            "startAgainButton",
            self.tr("Start again"),
            self.tr("Begin this run anew, with all as it was."),
            "play",
            True,
        )
        self.export_button.clicked.connect(self._choose_report)
        self.pause_button.clicked.connect(trainer.pause)
        self.resume_button.clicked.connect(trainer.resume)
        self.stop_button.clicked.connect(trainer.stop)
        self.start_again_button.clicked.connect(trainer.start_again)
        self.again_button.clicked.connect(self._leave)
        body = QWidget()
        box = QVBoxLayout(body)
        # room for the ring that shows the focus
        box.setContentsMargins(2, 2, 2, 2)
        box.setSpacing(12)
        # what came of it is what one wants to know first
        for widget in (self.title, self.bar, self.facts, self.figures, self.report):
            box.addWidget(widget)
        box.addWidget(self.plot, 1)
        box.addWidget(self.plot_row)
        box.addWidget(self.preview_words)
        box.addWidget(self.preview)
        box.addWidget(self.remarks)
        # where there are no curves, what is said stays together at the top
        box.addStretch(0)
        row = QHBoxLayout()
        row.addWidget(self.again_button)
        row.addStretch(1)
        row.addWidget(self.export_button)
        for button in (self.pause_button, self.resume_button, self.start_again_button, self.stop_button):
            row.addWidget(button)
            # never all at once: they would widen the window
            button.hide()
        self.export_button.hide()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(12)
        outer.addWidget(scrolling(body, "watchScroll", self.tr("How training goes")), 1)
        outer.addLayout(row)

    def show_run(self, run: Run) -> None:
        """Show how a run stands."""
        state = run.state
        self.title.setText(verdict.headline(run))
        progress = run.latest.progress if run.latest else 0.0
        self.bar.setValue(round(1000 * min(progress, 1.0)))
        self.bar.setVisible(state.alive or state is State.PAUSED)
        self.facts.setText(self._facts(run))
        self.facts.setVisible(bool(self.facts.text()))
        self.figures.setText(self._figures(run))
        self.figures.setVisible(bool(self.figures.text()))
        for widget in (self.plot, self.plot_row):
            widget.setVisible(bool(run.losses or run.scores))
        self._show_curves()
        self._show_preview(run)
        self.remarks.setText(" ".join(map(sentence, run.remarks[-3:])))
        self.remarks.setVisible(bool(run.remarks) and state is not State.DONE)
        self.report.setText(verdict.report(run) if state is State.DONE else "")
        self.report.setVisible(state is State.DONE)
        self.pause_button.setVisible(state in (State.RUNNING, State.PAUSING))
        self.pause_button.setEnabled(state is State.RUNNING)
        goes_on = state is State.PAUSED or self._trainer.can_go_on
        self.resume_button.setVisible(goes_on)
        self.start_again_button.setVisible(state is State.FAILED and not goes_on)
        # nothing is learned yet that could be kept
        starting = state is State.STARTING and not goes_on
        words = self.tr("Cancel") if starting else self.tr("Stop and keep the model")
        help_text = self.tr("Make no model.") if starting else self.tr("End training now; what was learned is kept.")
        self.stop_button.setText(words)
        named(self.stop_button, "stopButton", words, help_text)
        self.stop_button.setVisible(state.alive)
        self.stop_button.setEnabled(state in (State.STARTING, State.RUNNING))
        self.again_button.setVisible(not state.alive)
        self.export_button.setVisible(state is State.DONE)

    def _show_curves(self) -> None:
        run = self._trainer.run
        if run is not None:
            self.plot.show_panels(*self._panels(run))
            self.plot.setAccessibleDescription(self._in_words(run))

    def restyle(self) -> None:
        """Draw the curves in the theme's colours."""
        self.plot.restyle()

    def _leave(self) -> None:
        """Make room for another run: what this one has learned is not thrown away unasked."""
        run = self._trainer.run
        if run is None or not self._trainer.can_go_on:
            return self._trainer.discard()
        question = UnfinishedQuestion(run.request.title or run.request.name, self)
        question.kept.connect(self._trainer.keep)
        question.thrown_away.connect(self._trainer.discard)
        question.open()

    def _choose_report(self) -> None:
        run = self._trainer.run
        if run is None or run.finished is None:
            return
        suggested, kinds = Path.home() / f"{run.request.name}.html", self.tr("Pages (*.html)")
        target = ask_for_file(self, self.tr("Export the report"), suggested, kinds)
        if target is not None:
            self.export_report(target)

    def export_report(self, target: Path) -> None:
        """Write the report of the model that was just finished."""
        run = self._trainer.run
        if run is None or run.finished is None:
            return
        try:
            card = store.find(run.finished.model).card
            report.write_report(card, paths.runs_folder() / run.request.name, target)
            said = self.tr("The report is in {path}.").format(path=target)
        except StudioError as error:
            said = f"⚠ {sentence(error.what)} {sentence(error.advice)}".strip()
        self.report.setText(f"{verdict.report(run)}\n{said}")

    def _show_preview(self, run: Run) -> None:
        """Load the examples where the run was scored anew; another run's are not shown."""
        if self._previewed is None or self._previewed[0].request.name != run.request.name:
            self.preview.clear()
        wanted = (run, len(run.scores))
        if run.scores and self._previewed != wanted:
            self.preview.load(paths.examples_file(paths.runs_folder() / run.request.name))
        self._previewed = wanted
        self.preview_words.setVisible(bool(run.scores))
        self.preview_words.setText(self._preview_title(run))
        self.preview.set_captions(self._captions(run))

    def _captions(self, run: Run) -> tuple[str, ...]:
        """Return what each part of the sheet of a pinned crop is; other sheets are explained above them."""
        if run.request.crop is None:
            return ()
        start = next((m.card.title for m in store.installed() if m.card.id == run.request.start), run.request.start)
        between = (sentence(start),) if run.request.start else ()
        return self.tr("The photo as it is"), *between, self.tr("As it has learned so far")

    def _preview_title(self, run: Run) -> str:
        if run.request.crop is not None:
            return self.tr("A part of the photo; there is no clean one to compare with, so trust your eyes")
        if run.request.self_supervised:
            return self.tr("Held-out pictures, each before and now; what they really look like is not known")
        return self.tr("Held-out pictures, each before, now and as it really is")

    def _facts(self, run: Run) -> str:
        if run.refused is not None and run.state is State.FAILED:
            return f"{sentence(run.refused.what)} {sentence(run.refused.advice)}".strip()
        if run.state is State.PAUSED:
            return self.tr("What it has learned is kept; it goes on where it stopped.")
        if run.begun is None or not run.state.alive:
            return ""
        learned = (
            self.tr("{pictures} to learn from, {held_out} held out, on {device}")
            if run.begun.held_out
            else self.tr("{pictures} to learn from, none held out, on {device}")
        ).format(
            pictures=words.pictures(run.begun.pictures),
            held_out=run.begun.held_out,
            device=sentence(run.begun.device),
        )
        parts = [learned]
        if run.latest is not None and run.latest.seconds > 0:
            speed = self.tr("{speed:.2f} MP/s").format(speed=run.latest.megapixels / run.latest.seconds)
            step = self.tr("step {step}").format(step=run.latest.step)
            parts += [part for part in (step, speed, words.seconds_left(run.seconds_left)) if part]
        return " · ".join(parts)

    def _figures(self, run: Run) -> str:
        """Return what an expert looks for: scores and their baselines, gradients, rate, pace and memory."""
        latest, account = run.latest, run.account()
        if latest is None or not run.state.alive:
            return ""
        said = []
        if account.measured_ssim is not None:
            said.append(self.tr("SSIM {now:.3f}").format(now=account.measured_ssim))
            for name, known in (
                (self.tr("doing nothing {score:.3f}"), account.untouched),
                (self.tr("at the start {score:.3f}"), account.start_scores),
            ):
                said += [name.format(score=known["ssim"])] if "ssim" in known else []
        if latest.crops and latest.seconds > 0:
            said.append(self.tr("{n:.1f} crops a second").format(n=latest.crops / latest.seconds))
        if latest.gradient_norm is not None:
            said.append(self.tr("gradient norm {norm:.3g}").format(norm=latest.gradient_norm))
        if latest.rate is not None:
            said.append(self.tr("learning rate {share:.0%} of the recipe's").format(share=latest.rate))
        if latest.memory:
            said.append(self.tr("{size:.1f} GB of memory").format(size=latest.memory / GIGA))
        if latest.device_memory:
            said.append(self.tr("{size:.1f} GB of the GPU's memory").format(size=latest.device_memory / GIGA))
        return " · ".join(said)

    def _panels(self, run: Run) -> tuple[Panel, Panel]:
        levels = []
        if run.restores and run.untouched is not None:
            nothing = self.tr("plain enlarging") if run.request.task == "upscale" else self.tr("doing nothing")
            levels.append((nothing, run.untouched))
        if run.restores and run.start_score is not None:
            levels.append((self.tr("the model it started from"), run.start_score))
        score = self.tr("Held-out pictures: PSNR, dB (higher is better)")
        if run.request.self_supervised:
            score = self.tr("Held-out pictures: agreement of neighbours, dB (higher is better)")
            if run.measured and "simulated" in run.measured[0][1]:
                score = self.tr("Held-out pictures under simulated noise: PSNR, dB (higher is better)")
        if not run.restores:
            score = self.tr("Held-out pictures: bound, nats (higher is better)")
            if run.measured and "log_likelihood" in run.measured[0][1]:
                score = self.tr("Held-out pictures: likelihood of what their codes become, nats (higher is better)")
        return (
            Panel(
                self.tr("Loss (lower is better)"),
                self._smooth_losses.of(run.losses, self.smoothing.value),
                # a bound may be below nothing
                logarithmic=self.logarithmic.isChecked() and all(loss > 0 for _, loss in run.losses),
                raw=run.losses,
            ),
            # scores are few: half the smoothing
            Panel(score, self._smooth_scores.of(run.scores, self.smoothing.value / 2), tuple(levels), raw=run.scores),
        )

    def _in_words(self, run: Run) -> str:
        """Return the curves' ends for those who do not see them."""
        said = []
        if run.losses:
            said.append(self.tr("Loss {loss:.3g}.").format(loss=run.losses[-1][1]))
        if run.scores:
            said.append(self.tr("Score of held-out pictures {score:.2f}.").format(score=run.scores[-1][1]))
        if run.untouched is not None:
            said.append(self.tr("Doing nothing scores {score:.2f}.").format(score=run.untouched))
        return " ".join(said)
