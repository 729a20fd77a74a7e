"""A blind vote: who stands where in which round, and what was picked. Qt-free."""

from __future__ import annotations

from random import Random


class Ballot:
    """Rounds of ``candidates`` in a random order each; a vote is for a place in that order."""

    def __init__(self, candidates: int, rounds: int, random: Random) -> None:
        self.rounds = rounds
        self.orders = [random.sample(range(candidates), candidates) for _ in range(rounds)]
        self.votes: list[int | None] = []
        self._candidates = candidates

    @property
    def done(self) -> bool:
        """Whether every round has its vote."""
        return len(self.votes) >= self.rounds

    @property
    def order(self) -> list[int]:
        """Which candidate stands at which place in this round."""
        return self.orders[len(self.votes)]

    def vote(self, place: int | None) -> None:
        """Pick the candidate at a place of this round's order, or (None) say that there is no difference."""
        self.votes.append(None if place is None else self.order[place])

    def tally(self) -> list[int]:
        """Return the votes of each candidate."""
        return [self.votes.count(candidate) for candidate in range(self._candidates)]

    def winner(self) -> int | None:
        """Return the candidate with more votes than any other, or None."""
        tally = self.tally()
        most = max(tally)
        return tally.index(most) if most and tally.count(most) == 1 else None
