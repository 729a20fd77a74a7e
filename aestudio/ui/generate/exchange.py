"""A batch of pictures encoded to a file of latent vectors, and such a file decoded to samples."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from aestudio.imageio.formats import READ_SUFFIXES
from aestudio.jobs.events import Event, Failed, Finished, Progress
from aestudio.jobs.vectors import DecodeFile, EncodeFiles, VectorsRead
from aestudio.ui import icons, words
from aestudio.ui.naming import push_button, tool_button
from aestudio.ui.notifications import Notice
from aestudio.ui.question import ask_for_file
from aestudio.ui.widgets.sample_grid import Drawn

if TYPE_CHECKING:
    from aestudio.ui.generate.bench import Bench

SUFFIXES = (".npz", ".csv")


class Exchange(QObject):
    """Two buttons behind a fold, and the jobs that they start."""

    def __init__(self, bench: Bench, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._jobs: dict[str, str] = {}
        """The stem of the file that is decoded, by job; empty where pictures are encoded."""
        self._targets: dict[str, Path] = {}
        """The file that pictures are encoded into, by job."""
        help_text = self.tr("Many pictures at once: to a table of latent vectors, and back.")
        self.fold = tool_button("vectorsFold", self.tr("Latent vectors"), help_text, text=self.tr("Latent vectors"))
        self.fold.setCheckable(True)
        self.fold.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.fold.setProperty("role", "fold")
        icons.give(self.fold, "copy")
        self.encode_button = push_button(
            "encodeFilesButton",
            self.tr("Encode…"),
            self.tr("Encode pictures into a file, NPZ or CSV, with what of each is lost."),
        )
        self.decode_button = push_button(
            "decodeFileButton", self.tr("Decode…"), self.tr("Show the pictures of a file of latent vectors.")
        )
        self.panel, body = QWidget(), QWidget()
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.encode_button, 1)
        row.addWidget(self.decode_button, 1)
        box = QVBoxLayout(self.panel)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignLeft)
        box.addWidget(body)
        body.hide()
        self.fold.toggled.connect(body.setVisible)
        self.encode_button.clicked.connect(self.choose_pictures)
        self.decode_button.clicked.connect(self.choose_file)

    @property
    def busy(self) -> bool:
        """Whether a batch is under way."""
        return bool(self._jobs)

    @property
    def writing(self) -> list[Path]:
        """The files that are being written."""
        return list(self._targets.values())

    def choose_pictures(self) -> None:
        """Ask for pictures and for a file, and encode them into it."""
        settings = self._bench.settings
        kinds = " ".join(f"*{suffix}" for suffix in sorted(READ_SUFFIXES))
        kinds = self.tr("Pictures ({kinds});;All files (*)").format(kinds=kinds)
        files, _ = QFileDialog.getOpenFileNames(self.panel, self.tr("Encode pictures"), settings.open_folder, kinds)
        card = self._bench.card()
        if not files or card is None:
            return
        settings.open_folder = str(Path(files[0]).parent)
        folder = Path(settings.save_folder) if settings.save_folder else Path.home()
        suggested, kinds = folder / f"{card.id}-vectors.npz", self.tr("Latent vectors (*.npz *.csv)")
        target = ask_for_file(self.panel, self.tr("Save the vectors"), suggested, kinds)
        if target is not None:
            settings.save_folder = str(target.parent)
            self.encode([Path(file) for file in files], target)

    def choose_file(self) -> None:
        """Ask for a file of latent vectors and show its pictures."""
        settings = self._bench.settings
        title, kinds = self.tr("Decode a file of vectors"), self.tr("Latent vectors (*.npz *.csv)")
        chosen, _ = QFileDialog.getOpenFileName(self.panel, title, settings.save_folder or str(Path.home()), kinds)
        if chosen:
            self.decode(Path(chosen))

    def encode(self, files: list[Path], target: Path) -> None:
        """Encode pictures into a file."""
        card = self._bench.card()
        if card is not None and files:
            paths = tuple(str(file.absolute()) for file in files)
            job = EncodeFiles(card.id, paths, str(target.absolute()), self._bench.settings.max_pixels)
            self._targets[job.id] = target
            self._submit(job, "")

    def decode(self, file: Path) -> None:
        """Show the pictures of a file among the samples."""
        card = self._bench.card()
        if card is not None:
            self._submit(DecodeFile(card.id, str(file.absolute())), file.stem)

    def _submit(self, job: EncodeFiles | DecodeFile, stem: str) -> None:
        self._jobs[job.id] = stem
        self._bench.hub.submit(job, self._on_event)
        self._bench.changed.emit()

    def stop(self) -> None:
        """End what is under way."""
        for job_id in self._jobs:
            self._bench.hub.cancel(job_id)

    def forget(self) -> None:
        """Decode no more for a model that is no longer looked at; what is being written to a file was asked for."""
        for job_id in [other for other, stem in self._jobs.items() if stem]:
            self._bench.hub.drop(job_id)
            del self._jobs[job_id]
        self._bench.tell_progress(0, 1)

    def _on_event(self, event: Event) -> None:
        if isinstance(event, Progress):
            self._bench.tell_progress(event.done, event.total)
            return
        stem = self._jobs.pop(event.id, "")
        self._targets.pop(event.id, None)
        self._bench.tell_progress(0, 1)
        if isinstance(event, VectorsRead):
            self._show(event, stem)
        elif isinstance(event, Finished):
            self._report(event)
        elif isinstance(event, Failed):
            self._bench.say(event)
        self._bench.changed.emit()

    def _show(self, event: VectorsRead, stem: str) -> None:
        labels = event.labels or (-1,) * len(event.vectors)
        names = event.names or tuple(f"{stem} {number + 1}" for number in range(len(event.vectors)))
        vectors = [tuple(vector) for vector in event.vectors.tolist()]
        rows = zip(event.pixels, vectors, labels, (Path(name).name for name in names), strict=True)
        self._bench.put_in_front([Drawn(*row) for row in rows])
        if event.left_out:
            what = self.tr("The first {count} of {all} vectors show.")
            count = len(event.vectors)
            self._bench.notice.emit(Notice("info", what.format(count=count, all=count + event.left_out)))

    def _report(self, event: Finished) -> None:
        told = event.summary
        said = [
            self.tr("{n} encoded into {path}; they come back at {psnr:.1f} dB in the mean.").format(
                n=words.pictures(told["count"]), path=event.output, psnr=told["psnr"]
            )
        ]
        if told["unlike"]:
            said.append(self.tr("Not this model’s kind of picture: {count} of them.").format(count=told["unlike"]))
        failed = list(told["failed"])
        if failed:
            said.append(self.tr("{count} could not be read.").format(count=len(failed)))
        self._bench.notice.emit(Notice("attention" if failed else "info", " ".join(said), "", "\n".join(failed)))
