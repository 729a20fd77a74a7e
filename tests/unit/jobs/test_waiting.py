"""What is still to be saved, as several windows see it that live, die and come back."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from aestudio.imageio.mask import Mask
from aestudio.imageio.mix import Mix
from aestudio.jobs.journal import Journal
from aestudio.jobs.spec import Output, Restoration, Save
from aestudio.jobs.waiting import Waiting
from aestudio.whole_file import partial_prefix

Open = Callable[[], Waiting]


@pytest.fixture
def window(tmp_path: Path) -> Iterator[Open]:
    opened: list[Waiting] = []

    def make() -> Waiting:
        opened.append(Waiting(Journal(tmp_path / "journal.sqlite"), tmp_path / "owners"))
        return opened[-1]

    yield make
    for waiting in opened:
        # one that died in the test is closed already
        try:
            waiting.close()
        except OSError:
            continue


def jobs(tmp_path: Path, count: int = 3, folder: str = "out", noise: float | None = None) -> list[Save]:
    made = []
    (tmp_path / folder).mkdir(exist_ok=True)
    for number in range(count):
        source = tmp_path / f"{number}.png"
        if not source.exists():
            source.write_bytes(b"picture %d" % number)
        target = tmp_path / folder / f"{number}-denoised.png"
        made.append(Save(str(source), Restoration("denoise", "denoise-fast", noise), str(target)))
    return made


def verdicts(waiting: Waiting, entered: list[Save], again: bool = False) -> list[str]:
    return [entry.verdict for entry in waiting.enter(entered, again)]


def write(job: Save) -> None:
    Path(job.target).write_bytes(b"result")


def test_what_a_dead_window_left_is_taken_over_once(tmp_path: Path, window: Open) -> None:
    first = window()
    batch = jobs(tmp_path)
    assert verdicts(first, batch) == ["entered"] * 3
    assert window().orphans() == (0, 0)  # its owner lives
    write(batch[0])
    assert first.finish(batch[0])
    first.close()
    second, third = window(), window()
    assert second.orphans() == (2, 3)
    taken = second.adopt()
    assert [(job.path, job.target) for job in taken] == [(job.path, job.target) for job in batch[1:]]
    assert not {job.id for job in taken} & {job.id for job in batch}
    assert third.orphans() == (0, 0)
    assert third.adopt() == []


def test_a_result_that_was_finished_but_not_noted_is_done(tmp_path: Path, window: Open) -> None:
    first, batch = window(), jobs(tmp_path)
    first.note_engine(4711)
    first.enter(batch)
    write(batch[1])
    Path(batch[2].target).touch()  # a name that was reserved and not filled
    half = tmp_path / "out" / f"{partial_prefix(4711)}abc.png"
    half.write_bytes(b"half")
    foreign = tmp_path / "out" / f"{partial_prefix(4712)}abc.png"
    foreign.write_bytes(b"another machine's")
    first.close()
    second = window()
    assert second.orphans() == (2, 3)
    assert not half.exists()
    assert foreign.exists()
    assert [job.path for job in second.adopt()] == [batch[0].path, batch[2].path]
    assert not Path(batch[2].target).exists()
    assert verdicts(second, [batch[1]]) == ["done"]


def test_two_windows_never_do_one_picture(tmp_path: Path, window: Open) -> None:
    first, second = window(), window()
    batch = jobs(tmp_path)
    first.enter(batch[:2])
    assert verdicts(second, batch) == ["taken", "taken", "entered"]
    elsewhere = jobs(tmp_path, 2, "elsewhere")
    assert verdicts(second, elsewhere) == ["entered", "entered"]
    assert verdicts(first, jobs(tmp_path, 2, noise=7.0)) == ["entered", "entered"]


def test_a_name_that_another_window_is_about_to_use_gives_way(tmp_path: Path, window: Open) -> None:
    first, second = window(), window()
    (mine,) = jobs(tmp_path, 1)
    first.enter([mine])
    other = tmp_path / "elsewhere" / "0.png"
    other.parent.mkdir()
    other.write_bytes(b"another picture")
    theirs = Save(str(other), mine.restoration, mine.target)
    assert [(e.verdict, Path(e.output).name) for e in second.enter([theirs])] == [("entered", "0-denoised-2.png")]
    assert verdicts(second, [theirs], again=True) == ["taken"]


def test_a_name_that_waits_with_other_settings_gives_way_and_each_result_is_noted_for_itself(
    tmp_path: Path, window: Open
) -> None:
    waiting, (job,) = window(), jobs(tmp_path, 1)
    region = Mix(light=0.4, mask=Mask(2, 1, zlib.compress(b"\0\xff"), 0.02))
    other = replace(job, id="other", mix=region)
    waiting.enter([job])
    (entry,) = waiting.enter([other], again=True)
    assert (entry.verdict, Path(entry.output).name) == ("entered", "0-denoised-2.png")
    other = replace(other, target=entry.output)
    for done in (job, other):
        write(done)
        # ids change where a job is tried again
        assert waiting.finish(replace(done, id="later", means="processor"))
    assert [e.output for e in waiting.enter([job, replace(other, target=job.target)])] == [job.target, other.target]


def test_of_two_that_replace_one_file_the_later_is_noted(tmp_path: Path, window: Open) -> None:
    waiting, (job,) = window(), jobs(tmp_path, 1)
    first = replace(job, output=Output(overwrite=True))
    second = replace(first, id="second", restoration=replace(job.restoration, noise=7.0))
    for one in (first, second):
        assert verdicts(waiting, [one], again=True) == ["entered"]
    waiting.drop([replace(first, id="stopped")])
    write(first)
    assert waiting.finish(first)
    assert verdicts(waiting, [first]) == ["entered"], "it is not what will be there"
    waiting.drop([first])
    waiting.enter([second], again=True)
    assert waiting.finish(second)
    assert verdicts(waiting, [second]) == ["done"]


def test_the_same_again_is_skipped_unless_asked_for_or_changed(tmp_path: Path, window: Open) -> None:
    waiting, batch = window(), jobs(tmp_path)
    waiting.enter(batch)
    for job in batch:
        write(job)
        waiting.finish(job)
    assert verdicts(waiting, batch) == ["done"] * 3
    assert verdicts(waiting, batch, again=True) == ["entered"] * 3
    waiting.drop(batch)
    Path(batch[0].path).write_bytes(b"edited")
    Path(batch[1].target).unlink()
    assert verdicts(waiting, batch) == ["entered", "entered", "done"]


def test_a_file_that_changed_while_it_waited_is_said_and_not_taken_for_done(tmp_path: Path, window: Open) -> None:
    waiting, (job,) = window(), jobs(tmp_path, 1)
    waiting.enter([job])
    Path(job.path).write_bytes(b"edited meanwhile")
    write(job)
    assert not waiting.finish(job)
    assert verdicts(waiting, [job]) == ["entered"]


def test_an_overwriting_job_is_done_again_as_nobody_knows(tmp_path: Path, window: Open) -> None:
    source = jobs(tmp_path, 1)[0]
    job = Save(source.path, source.restoration, source.target, output=Output(overwrite=True))
    write(job)
    first = window()
    first.enter([job], again=True)
    first.close()
    second = window()
    assert second.orphans() == (1, 1)
    assert [j.target for j in second.adopt()] == [job.target]


def test_forgetting_leaves_files_alone(tmp_path: Path, window: Open) -> None:
    first, batch = window(), jobs(tmp_path)
    first.enter(batch)
    write(batch[0])
    first.close()
    second = window()
    second.forget_orphans()
    assert window().orphans() == (0, 0)
    assert Path(batch[0].target).exists()


def test_a_job_of_another_version_is_left_out(tmp_path: Path, window: Open) -> None:
    first, batch = window(), jobs(tmp_path, 2)
    first.enter(batch)
    first.close()
    with sqlite3.connect(tmp_path / "journal.sqlite") as database:
        database.execute("UPDATE waiting SET job = ? WHERE rowid = 1", (b"what nobody knows",))
    database.close()
    assert [job.path for job in window().adopt()] == [batch[1].path]


def test_a_killed_process_owns_nothing(tmp_path: Path, window: Open) -> None:
    batch = jobs(tmp_path, 2)
    script = f"""
import sys, time
from pathlib import Path
from aestudio.jobs.journal import Journal
from aestudio.jobs.spec import Restoration, Save
from aestudio.jobs.waiting import Waiting
folder = Path({str(tmp_path)!r})
waiting = Waiting(Journal(folder / "journal.sqlite"), folder / "owners")
waiting.enter([Save({batch[0].path!r}, Restoration("denoise", "denoise-fast"), {batch[0].target!r})])
print("entered", flush=True)
time.sleep(60)
"""
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "entered"
        waiting = window()
        assert waiting.orphans() == (0, 0)
        assert verdicts(waiting, batch) == ["taken", "entered"]
        os.kill(process.pid, signal.SIGKILL)
    assert waiting.orphans() == (1, 1)


def test_a_journal_of_the_first_version_goes_on(tmp_path: Path, window: Open) -> None:
    database = sqlite3.connect(tmp_path / "journal.sqlite")
    database.execute(
        "CREATE TABLE done (input TEXT NOT NULL, size INTEGER NOT NULL, modified INTEGER NOT NULL, settings TEXT"
        " NOT NULL, output TEXT NOT NULL, finished REAL NOT NULL, PRIMARY KEY (input, settings, output))"
    )
    database.execute("PRAGMA user_version = 1")
    database.close()
    assert verdicts(window(), jobs(tmp_path)) == ["entered"] * 3
