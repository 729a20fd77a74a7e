from __future__ import annotations

from aestudio.jobs.spec import View
from aestudio.jobs.views import Showing

# 3 x 3 tiles of 10 pixels, numbered row by row
BOXES = [(x, y, x + 10, y + 10) for y in (0, 10, 20) for x in (0, 10, 20)]
ALL = View(0, 0, 30, 30)


def order(showing: Showing, view: View) -> list[int]:
    found = []
    while (number := showing.next_in(view)) is not None:
        showing.note(number, view.level)
        found.append(number)
    return found


def test_tiles_in_sight_come_from_the_middle_outwards() -> None:
    found = order(Showing(BOXES, 64), ALL)
    assert found[0] == 4
    assert set(found[1:5]) == {1, 3, 5, 7}
    assert sorted(found) == list(range(9))


def test_only_what_is_in_sight_comes() -> None:
    assert sorted(order(Showing(BOXES, 64), View(12, 2, 25, 9))) == [1, 2]
    # a rectangle that only meets a tile's edge shows nothing of it
    assert order(Showing(BOXES, 64), View(10, 10, 20, 20)) == [4]


def test_what_is_there_or_on_its_way_is_not_sent_again() -> None:
    showing = Showing(BOXES, 64)
    assert order(showing, View(0, 0, 10, 10)) == [0]
    # tile 0 was sent and had not arrived when the view was told
    assert sorted(order(showing, View(0, 0, 20, 10, seen=0))) == [1]
    assert order(showing, View(0, 0, 30, 10, have=(0, 1), tile=64, seen=2)) == [2]


def test_what_was_let_go_of_or_is_too_coarse_is_sent_again() -> None:
    showing = Showing(BOXES, 64)
    assert order(showing, View(0, 0, 10, 10, level=2)) == [0]
    assert order(showing, View(0, 0, 10, 10, level=0)) == [0]
    assert order(showing, View(0, 0, 10, 10, have=(), tile=64, seen=2)) == [0]


def test_numbers_of_another_grid_count_for_nothing() -> None:
    showing = Showing(BOXES, 32, before=5)
    assert sorted(order(showing, View(0, 0, 20, 10, have=(0, 1), tile=64, seen=5))) == [0, 1]
    assert showing.count == 7


def test_the_rest_is_filled_in_from_near_to_far() -> None:
    showing = Showing(BOXES, 64)
    view = View(0, 0, 8, 8)
    missing = set(range(1, 9))
    first = showing.nearest(view, lambda n: n in missing)
    assert first in (1, 3)
    assert showing.nearest(view, lambda n: n == 8) == 8
    assert showing.nearest(view, lambda n: False) is None


def test_counts_of_an_engine_that_died_do_not_send_a_tile_twice() -> None:
    view = View(0, 0, 30, 30, seen=300)
    assert sorted(order(Showing(BOXES, 64), view)) == list(range(9))
