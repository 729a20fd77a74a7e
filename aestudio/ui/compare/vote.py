"""A blind vote on crops with detail: panes in a random order under letters, and at the end their names."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from aestudio.ui.compare.ballot import Ballot
from aestudio.ui.compare.crops import Place
from aestudio.ui.naming import label, named, push_button

if TYPE_CHECKING:
    from aestudio.ui.compare.pane import Pane

ROUNDS = 5
LETTERS = "ABCD"


class BlindVote(QFrame):
    """The strip over the panes while a vote runs and after it.

    ``arranged`` has the panes in their order of a round and the place to look at, ``ended`` the panes as they were;
    ``default_chosen`` the model that shall be the default.
    """

    arranged = Signal(list, object)
    ended = Signal(list)
    default_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("voteBar")
        self._panes: list[Pane] = []
        self._ballot: Ballot | None = None
        self._places: list[Place] = []
        self._model = ""
        self.question = named(label("", wrap=True), "voteQuestion", self.tr("Blind vote"))
        self.buttons: list[QPushButton] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(8)
        row.addWidget(self.question, 1)
        for place, letter in enumerate(LETTERS):
            tip = self.tr("The picture {letter} is the best one (key {letter} or {n}).").format(
                letter=letter, n=place + 1
            )
            button = push_button(f"vote{letter}Button", letter, tip)
            button.clicked.connect(lambda _=False, place=place: self.pick(place))
            self.buttons.append(button)
            row.addWidget(button)
        self.same = push_button(
            "voteSameButton", self.tr("No difference"), self.tr("None is better than the others (key 0).")
        )
        self.default = push_button(
            "voteDefaultButton",
            self.tr("Make it the default"),
            self.tr("Restore with this model from now on, unless you pick another one."),
            primary=True,
        )
        self.stop_button = push_button("voteStopButton", self.tr("Stop"), self.tr("Show the names again (Esc)."))
        for button in (self.same, self.default, self.stop_button):
            row.addWidget(button)
        self.same.clicked.connect(lambda: self.pick(None))
        self.default.clicked.connect(self._on_default)
        self.stop_button.clicked.connect(self.stop)
        self.hide()

    @property
    def running(self) -> bool:
        """Whether names are hidden and votes are asked for."""
        return self._ballot is not None

    def start(self, panes: list[Pane], places: list[Place], random: Random | None = None) -> None:
        """Ask for votes on ``panes`` at these places."""
        self._panes, self._places, self._model = panes, places, ""
        self._ballot = Ballot(len(panes), len(places), random or Random())
        self.stop_button.setText(self.tr("Stop"))
        self.default.hide()
        self.show()
        self._ask()

    def pick(self, place: int | None) -> None:
        """Vote for the pane at a place of this round's order, or (None) for no difference."""
        if self._ballot is None or not self.same.isEnabled():
            return
        if place is not None and place >= len(self._panes):
            return
        self._ballot.vote(place)
        if self._ballot.done:
            self._count(self._ballot)
        else:
            self._ask()

    def stop(self) -> None:
        """End the vote, or put its outcome away."""
        if self._ballot is not None:
            self._reveal()
        self.hide()

    def refresh(self) -> None:
        """Let votes be cast once every pane shows its result; until then all show the original."""
        if self._ballot is None:
            return
        ready = all(pane.ready for pane in self._panes)
        for pane in self._panes:
            pane.veil(not ready)
        for button in (*self.buttons, self.same):
            button.setEnabled(ready)
        number = len(self._ballot.votes) + 1
        best = self.tr("Which one is better?") if len(self._panes) == 2 else self.tr("Which one is the best?")
        asked = best if ready else self.tr("Restoring this place…")
        place = self.tr("Place {n} of {total}.").format(n=number, total=self._ballot.rounds)
        self.question.setText(f"{place} {asked}")

    def _ask(self) -> None:
        assert self._ballot is not None
        order = [self._panes[candidate] for candidate in self._ballot.order]
        for place, button in enumerate(self.buttons):
            button.setVisible(place < len(order))
        self.same.show()
        for pane, letter in zip(order, LETTERS, strict=False):
            pane.hide_name(letter)
        self.arranged.emit(order, self._places[len(self._ballot.votes)])
        self.refresh()

    def _count(self, ballot: Ballot) -> None:
        tally, winner = ballot.tally(), ballot.winner()
        self._reveal()
        ranked = sorted(range(len(tally)), key=lambda n: -tally[n])
        said = [f"{self._panes[n].title}: {tally[n]}" for n in ranked]
        undecided = ballot.votes.count(None)
        if undecided:
            said.append(self.tr("no difference: {n}").format(n=undecided))
        if winner is None:
            outcome = self.tr("No clear winner.")
        else:
            one, some = self.tr("“{title}” won the only vote."), self.tr("“{title}” won {n} of {total} votes.")
            sentence = one if ballot.rounds == 1 else some
            outcome = sentence.format(title=self._panes[winner].title, n=tally[winner], total=ballot.rounds)
            content = self._panes[winner].content
            self._model = content.choice.model if content is not None and content.choice is not None else ""
        self.question.setText(f"{outcome} {' · '.join(said)}")
        self.default.setVisible(bool(self._model))
        self.default.setEnabled(True)
        self.stop_button.setText(self.tr("Close"))
        for button in (*self.buttons, self.same):
            button.hide()

    def _reveal(self) -> None:
        self._ballot = None
        for pane in self._panes:
            pane.veil(False)
            pane.hide_name("")
        self.ended.emit(self._panes)

    def _on_default(self) -> None:
        self.default_chosen.emit(self._model)
        self.default.setEnabled(False)
        self.question.setText(self.tr("It is the default from now on. Pictures for which you picked a model keep it."))
