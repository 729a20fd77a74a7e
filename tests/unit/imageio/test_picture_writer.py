"""A result exists whole or not at all."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import imageio_samples as samples
import numpy as np
import pytest

from aestudio.errors import NoFolderError, OutputError
from aestudio.imageio import writer
from aestudio.imageio.reader import read_picture
from aestudio.imageio.writer import create_picture, plan_output

NAMES = ["a.png", "a.tif", "a.jpg", "a.exr", "a.webp", "a.avif", "a.jxl", "a.jp2", "a.bmp"]


def begin(target: Path, overwrite: bool = False) -> tuple[Any, Any]:
    source = samples.picture(samples.noise(np.uint8, 3, 200, 300))
    output = plan_output(source.info, 300, 200, target)
    pixels = source.pixels if output.dtype == np.uint8 else (source.pixels / 255).astype(output.dtype)
    return create_picture(target, output, overwrite), pixels


@pytest.mark.parametrize("name", NAMES)
def test_a_failure_midway_leaves_nothing(tmp_path: Path, name: str) -> None:
    open_writer, pixels = begin(tmp_path / name)
    with pytest.raises(RuntimeError, match="midway"), open_writer as target:  # noqa: PT012
        target.write_rows(pixels[:70])
        raise RuntimeError("midway")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="a folder with an open file stays where it is")
@pytest.mark.parametrize("name", NAMES)
def test_a_folder_that_is_moved_midway_is_missed_and_nothing_is_left_in_it(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    open_writer, pixels = begin(folder / name)
    with pytest.raises(NoFolderError, match="There is no folder"), open_writer as target:  # noqa: PT012
        target.write_rows(pixels[:70])
        folder.rename(tmp_path / "elsewhere")
        target.write_rows(pixels[70:])
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_the_target_is_untouched_until_the_end(tmp_path: Path) -> None:
    target = tmp_path / "a.png"
    target.write_bytes(b"the old one")
    open_writer, pixels = begin(target, overwrite=True)
    with pytest.raises(RuntimeError), open_writer as out:  # noqa: PT012
        out.write_rows(pixels)
        assert target.read_bytes() == b"the old one"
        raise RuntimeError
    assert target.read_bytes() == b"the old one"
    open_writer, pixels = begin(target, overwrite=True)
    with open_writer as out:
        out.write_rows(pixels)
    assert np.array_equal(read_picture(target).pixels, pixels)
    assert list(tmp_path.iterdir()) == [target]


def test_missing_rows_are_an_error(tmp_path: Path) -> None:
    open_writer, pixels = begin(tmp_path / "a.png")
    with pytest.raises(OutputError, match="150 of 200 rows"), open_writer as target:
        target.write_rows(pixels[:150])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("wrong", ["width", "type", "more"])
def test_rows_that_do_not_fit_are_refused(tmp_path: Path, wrong: str) -> None:
    open_writer, pixels = begin(tmp_path / "a.png")
    rows = {"width": pixels[:, :-1], "type": pixels.astype(np.uint16), "more": np.concatenate([pixels, pixels])}[wrong]
    with pytest.raises(ValueError, match="rows"), open_writer as target:
        target.write_rows(rows)
    assert list(tmp_path.iterdir()) == []


def test_an_existing_file_is_left_alone(tmp_path: Path) -> None:
    target = tmp_path / "a.png"
    target.write_bytes(b"mine")
    with pytest.raises(OutputError, match="exists already") as caught:
        begin(target)
    assert "overwrite it" in caught.value.advice
    assert target.read_bytes() == b"mine"


@pytest.mark.parametrize("links", [True, False])
def test_a_file_that_appears_meanwhile_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    def no_links(*_: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    if not links:
        monkeypatch.setattr(os, "link", no_links)
    target = tmp_path / "a.png"
    open_writer, pixels = begin(target)
    with pytest.raises(OutputError, match="exists already"), open_writer as out:  # noqa: PT012
        out.write_rows(pixels)
        target.write_bytes(b"mine")
    assert target.read_bytes() == b"mine"
    assert list(tmp_path.iterdir()) == [target]


def test_disks_without_hard_links_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_: object) -> None:
        raise OSError(errno.ENOTSUP, "not supported")

    monkeypatch.setattr(os, "link", no_links)
    open_writer, pixels = begin(tmp_path / "a.png")
    with open_writer as out:
        out.write_rows(pixels)
    assert np.array_equal(read_picture(tmp_path / "a.png").pixels, pixels)
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("name", NAMES)
def test_a_temporary_file_that_was_damaged_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    def damage(path: Path) -> None:
        data = path.read_bytes()
        path.write_bytes(data[: len(data) * 2 // 3])

    monkeypatch.setattr(writer, "_to_disk", damage)
    open_writer, pixels = begin(tmp_path / name)
    with pytest.raises(OutputError, match="was not saved"), open_writer as out:
        out.write_rows(pixels)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_decodes_to_other_pixels_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def replace(path: Path) -> None:
        other = samples.picture(samples.noise(np.uint8, 3, 200, 300, seed=9))
        samples.save(tmp_path / "other.png", other)
        os.replace(tmp_path / "other.png", path)

    open_writer, pixels = begin(tmp_path / "a.png")
    real = writer._to_disk
    monkeypatch.setattr(writer, "_to_disk", lambda path: (monkeypatch.setattr(writer, "_to_disk", real), replace(path)))
    with pytest.raises(OutputError, match="differs"), open_writer as out:
        out.write_rows(pixels)
    assert list(tmp_path.iterdir()) == []


FULL = """
    import resource, sys
    from pathlib import Path
    import numpy as np
    from aestudio.errors import NoFolderError, OutputError
    from aestudio.imageio.picture import PictureInfo
    from aestudio.imageio.writer import create_picture, plan_output

    target = Path(sys.argv[1])
    pixels = np.random.default_rng(0).integers(0, 256, (200, 300, 3)).astype(np.uint8)
    info = PictureInfo(target, "png", 300, 200, 3, False, pixels.dtype)
    output = plan_output(info, 300, 200, target)
    resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))
    try:
        with create_picture(target, output) as writer:
            writer.write_rows(pixels if output.dtype == np.uint8 else pixels.astype(output.dtype))
    except OutputError as error:
        print(error)
        sys.exit(7)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no limits on file sizes there")
@pytest.mark.parametrize("name", ["a.png", "a.tif", "a.jpg", "a.exr", "a.webp", "a.jxl"])
def test_a_disk_that_takes_no_more_leaves_nothing(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    script = [sys.executable, "-c", textwrap.dedent(FULL), str(folder / name)]
    root = str(Path(writer.__file__).parents[2])
    done = subprocess.run(script, capture_output=True, text=True, timeout=60, cwd=root, check=False)
    assert done.returncode == 7, done.stderr
    assert name in done.stdout
    assert list(folder.iterdir()) == []


def test_a_full_disk_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(writer, "embed_tiff", full)
    monkeypatch.setitem(writer.COPIERS, "png", full)
    for name in ("a.png", "a.tif"):
        open_writer, pixels = begin(tmp_path / name)
        with pytest.raises(OutputError, match="No space left on the disk") as caught, open_writer as out:
            out.write_rows(pixels)
        assert str(tmp_path) in str(caught.value)
        assert caught.value.advice
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.webp"])
def test_a_missing_folder_and_a_folder_as_target(tmp_path: Path, name: str) -> None:
    with pytest.raises(OutputError, match="no folder"):
        begin(tmp_path / "none" / name)
    (tmp_path / name).mkdir()
    with pytest.raises(OutputError, match="is a folder"):
        begin(tmp_path / name, overwrite=True)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_to(tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir(mode=0o500)
    with pytest.raises(OutputError, match="cannot be written to"):
        begin(folder / "a.png")


def test_a_refused_permission_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def deny(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "open", deny)
    with pytest.raises(OutputError, match="cannot be written to"):
        begin(tmp_path / "a.png")


def test_importing_is_cheap() -> None:
    heavy = ("torch", "PySide6", "OpenImageIO", "PIL", "rawpy", "imagecodecs")
    code = f"import sys, aestudio.imageio; print([m for m in {heavy} if m in sys.modules])"
    root = str(Path(writer.__file__).parents[2])
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=root, check=True)
    assert done.stdout.strip() == "[]"
