from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from aestudio.catalog import store
from aestudio.engine import device, restore
from aestudio.engine.restore import Work, output_length, tiles, with_smaller_tiles
from aestudio.engine.session import Floats, Session, SessionCache
from aestudio.errors import Cancelled, OutOfMemoryError
from aestudio.imageio.picture import Picture, PictureInfo
from aestudio.imageio.resample import resize
from aestudio.imageio.values import decode_linear, encode_linear, sensible, to_unit
from aestudio.models.unet import PhotoUNet

CPU32 = device.choose("cpu", "float32")


@pytest.fixture(scope="module")
def denoiser() -> Session:
    return Session(store.find("denoise-fast"), CPU32)


@pytest.fixture(scope="module")
def upscaler() -> Session:
    return Session(store.find("upscale-x2-fast"), CPU32)


def picture(pixels: NDArray[np.generic], alpha: NDArray[np.generic] | None = None) -> Picture:
    height, width, channels = pixels.shape
    info = PictureInfo(Path("x.png"), "png", width, height, channels, alpha is not None, pixels.dtype)
    return Picture(info, pixels, alpha)


def scene(height: int, width: int) -> NDArray[np.float32]:
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    planes = [x / width, 0.5 + 0.3 * np.sin(x / 9) * np.cos(y / 7), ((x // 20 + y // 20) % 2) * 0.6 + 0.2]
    return np.stack(planes, axis=2).astype(np.float32)


def assemble(work: Work, tile: int) -> Floats:
    height, width = work.size
    whole = np.full((height, width, work.picture.info.channels), np.nan, np.float32)
    for _, _, piece in tiles(work, tile):
        whole[piece.y, piece.x] = piece.after
    return whole


@pytest.mark.parametrize("size", [(231, 317), (401, 165)])
def test_tiled_equals_untiled_at_strong_noise(denoiser: Session, size: tuple[int, int]) -> None:
    clean = scene(*size)
    noisy = clean + np.random.default_rng(0).normal(0, 50 / 255, clean.shape).astype(np.float32)
    work = Work(picture(noisy), denoiser, sigma=50.0)
    difference = np.abs(assemble(work, 160) - assemble(work, 1024))
    assert difference.max() <= 1 / 255


@pytest.mark.parametrize("scale", [2.0, 1.5, 3.0])
def test_tiled_equals_untiled_when_enlarging(upscaler: Session, scale: float) -> None:
    work = Work(picture(scene(131, 117)), upscaler, scale=scale)
    whole = assemble(work, 512)
    assert whole.shape[:2] == (output_length(131, scale), output_length(117, scale))
    assert not np.isnan(whole).any()
    assert np.abs(assemble(work, 72) - whole).max() <= 1 / 255


def test_before_of_an_enlargement_is_plain_bicubic(upscaler: Session) -> None:
    source = scene(90, 70)
    work = Work(picture(source), upscaler, scale=2.0)
    before = np.zeros((180, 140, 3), np.float32)
    for _, _, piece in tiles(work, 72):
        before[piece.y, piece.x] = piece.before
    inner = slice(8, -8)
    assert np.abs(before - resize(source, (180, 140)))[inner, inner].max() < 1e-5


@pytest.mark.parametrize("size", [(1, 1), (1, 9), (37, 31)])
def test_tiny_and_odd_pictures_work(denoiser: Session, size: tuple[int, int]) -> None:
    result = assemble(Work(picture((scene(*size) * 255).astype(np.uint8)), denoiser, sigma=10.0), 512)
    assert result.shape == (*size, 3)
    assert np.isfinite(result).all()


def test_grey_stays_grey(denoiser: Session) -> None:
    clean = scene(64, 64)[..., 1:2]
    noisy = clean + np.random.default_rng(0).normal(0, 0.1, clean.shape).astype(np.float32)
    result = assemble(Work(picture(noisy), denoiser, sigma=25.5), 512)
    assert result.shape == (64, 64, 1)
    assert np.mean((result - clean) ** 2) < 0.35 * np.mean((noisy - clean) ** 2)


def test_cancel_is_heard_between_tiles(denoiser: Session) -> None:
    work = Work(picture(scene(200, 300)), denoiser, sigma=5.0)
    asked = iter([False, True])
    steps = tiles(work, 160, lambda: next(asked))
    number, total, _ = next(steps)
    assert (number, total > 1) == (1, True)
    with pytest.raises(Cancelled):
        next(steps)


def test_out_of_memory_starts_the_picture_anew_with_smaller_tiles(denoiser: Session) -> None:
    attempts: list[int] = []

    def attempt(session: Session, tile: int) -> None:
        attempts.append(tile)
        if tile > 200:
            raise torch.OutOfMemoryError("injected")

    used = with_smaller_tiles(attempt, denoiser, SessionCache(), 640)
    assert used is denoiser
    assert attempts == [640, 320, 160]


def test_out_of_memory_on_a_gpu_falls_back_to_the_processor(denoiser: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    gpu = device.DeviceChoice(torch.device("meta"), torch.float32, "pretend", "for this test")
    monkeypatch.setattr(denoiser, "choice", gpu)
    devices: list[str] = []

    def attempt(session: Session, tile: int) -> None:
        devices.append(session.choice.device.type)
        if session.choice.device.type != "cpu":
            raise torch.OutOfMemoryError("injected")

    used = with_smaller_tiles(attempt, denoiser, SessionCache(), 256)
    assert used.choice.device.type == "cpu"
    assert devices[-1] == "cpu"
    assert set(devices[:-1]) == {"meta"}


def test_out_of_memory_everywhere_is_one_sentence(denoiser: Session) -> None:
    def attempt(session: Session, tile: int) -> None:
        raise torch.OutOfMemoryError("injected")

    with pytest.raises(OutOfMemoryError, match="not enough memory"):
        with_smaller_tiles(attempt, denoiser, SessionCache())


def test_a_changed_weight_file_is_loaded_anew(tmp_path: Path) -> None:
    model = store.find("denoise-fast")
    copy = tmp_path / "denoise-fast.safetensors"
    copy.write_bytes(model.path.read_bytes())
    cache, mine = SessionCache(), store.Model(model.card, copy)
    first = cache.get(mine, CPU32)
    assert cache.get(mine, CPU32) is first
    copy.touch()
    assert cache.get(mine, CPU32) is not first


def test_low_precision_stays_close_to_full(denoiser: Session) -> None:
    window = scene(64, 64)
    low = Session(store.find("denoise-fast"), device.choose("cpu", "bfloat16"))
    assert np.abs(low.run(window, 25.0) - denoiser.run(window, 25.0)).max() < 0.02


def test_memory_that_runs_out_on_the_processor_is_told_by_type(
    denoiser: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def greedy(*inputs: torch.Tensor) -> torch.Tensor:
        return torch.empty(1 << 50)

    monkeypatch.setattr(denoiser.network, "forward", greedy)
    with pytest.raises(MemoryError):
        denoiser.run(scene(64, 64), 25.0)


def test_memory_that_runs_out_on_the_way_to_a_gpu_is_told_by_type(
    denoiser: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*arguments: object) -> torch.Tensor:
        raise RuntimeError("MPS backend out of memory (MPS allocated: 9 GB)")

    blind = Session(store.find("photo-fast"), CPU32)
    monkeypatch.setattr(restore, "lost_texture", full)
    work = Work(picture(scene(64, 64)), denoiser, sigma=5.0)
    with pytest.raises(torch.OutOfMemoryError):
        work.compute(next(iter(work.plan().tiles())))
    monkeypatch.setattr(Session, "_tensor", full)
    with pytest.raises(torch.OutOfMemoryError):
        denoiser.run(scene(64, 64), 25.0)
    with pytest.raises(torch.OutOfMemoryError):
        blind.noise_map(scene(64, 64))


@pytest.mark.parametrize("alone", [True, False])
def test_a_network_that_a_full_gpu_has_no_room_for_is_on_the_processor(
    monkeypatch: pytest.MonkeyPatch, alone: bool
) -> None:
    gpu = device.DeviceChoice(torch.device("meta"), torch.float32, "pretend", "for this test")
    honest = torch.nn.Module.to

    def to(network: torch.nn.Module, *where: object, **how: object) -> torch.nn.Module:
        # what cleans has no room, or neither has
        if torch.device("meta") in where and (alone or isinstance(network, PhotoUNet)):
            raise RuntimeError("CUDA error: out of memory")
        return honest(network, *where, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(torch.nn.Module, "to", to)
    cache = SessionCache()
    cleaner = None if alone else store.find("photo-fast")
    session = cache.get(store.find("upscale-x2-fast"), gpu, cleaner)
    assert session.choice.device.type == "cpu"
    assert session.cleaner is None or session.cleaner.choice.device.type == "cpu"
    assert np.isfinite(session.run(scene(64, 64))).all()
    assert cache.get(store.find("upscale-x2-fast"), gpu, cleaner) is session


def test_an_enlarged_alpha_stays_within_its_own_range(upscaler: Session) -> None:
    alpha = np.zeros((40, 40), np.float32)
    alpha[:, 20:] = 1
    enlarged = Work(picture(scene(40, 40), alpha), upscaler, scale=2.0).alpha()
    assert enlarged is not None
    assert enlarged.shape == (80, 80)
    assert (enlarged.min(), enlarged.max()) == (0, 1)


def cut_out() -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
    """Return a scene, the same in black outside a disc, and the alpha of that disc."""
    whole, (y, x) = scene(131, 117), np.mgrid[0:131, 0:117]
    cover = np.clip(40.5 - np.hypot(x - 60, y - 60), 0, 1).astype(np.float32)
    return whole, np.where(cover[..., None] > 0, whole, 0), cover


@pytest.mark.parametrize("tile", [72, 512])
def test_what_is_transparent_leaves_no_rim_on_what_is_not(upscaler: Session, tile: int) -> None:
    whole, black, cover = cut_out()
    work = Work(picture(black, cover), upscaler, scale=2.0)
    difference = np.abs(assemble(work, tile) - assemble(Work(picture(whole), upscaler, scale=2.0), tile))
    y, x = np.mgrid[0:262, 0:234] - 120.5
    rim = (np.hypot(x, y) > 74) & (np.hypot(x, y) < 80)
    assert difference[rim].mean() < 0.01, "as if the scene went on"


def test_denoising_leaves_what_is_transparent_as_it_is(denoiser: Session) -> None:
    _, black, cover = cut_out()
    black[cover == 0] = (0.25, 0.5, 0.75)
    restored = assemble(Work(picture(black, cover), denoiser, sigma=20.0), 512)
    assert np.array_equal(restored[cover == 0], black[cover == 0])
    assert (restored[cover == 1] != black[cover == 1]).any()


def test_a_vae_computes_in_full_precision() -> None:
    choice = device.choose("cpu", "bfloat16")
    assert Session(store.find("vae-digits-2d"), choice).choice.dtype == torch.float32


def test_a_noisy_picture_that_is_cleaned_first_grows_without_its_noise(upscaler: Session) -> None:
    sessions = SessionCache()
    both = sessions.get(upscaler.model, CPU32, store.find("photo-fast"))
    clean = scene(120, 104)
    noisy = np.clip(clean + np.random.default_rng(0).normal(0, 20 / 255, clean.shape), 0, 1).astype(np.float32)
    truth = resize(clean, (240, 208))
    alone, after = (assemble(Work(picture(noisy), s, scale=2.0), 512) for s in (upscaler, both))
    assert np.abs(after - truth).mean() < 0.6 * np.abs(alone - truth).mean()


def test_tiled_equals_untiled_where_the_picture_is_cleaned_first(upscaler: Session) -> None:
    both = SessionCache().get(upscaler.model, CPU32, store.find("photo-fast"))
    noisy = scene(201, 217) + np.random.default_rng(0).normal(0, 20 / 255, (201, 217, 3)).astype(np.float32)
    work = Work(picture(noisy), both, scale=2.0)
    assert np.abs(assemble(work, both.smallest_tile() + 32) - assemble(work, 1024)).max() <= 1 / 255


def test_both_networks_go_where_there_is_room(upscaler: Session) -> None:
    sessions = SessionCache()
    both = sessions.get(upscaler.model, CPU32, store.find("photo-fast"))
    other = device.choose("cpu", "bfloat16")
    there = sessions.elsewhere(both, other)
    assert there.cleaner is not None
    assert (there.choice, there.cleaner.choice) == (other, other)
    assert sessions.elsewhere(both, CPU32) is both
    assert sessions.get(upscaler.model, CPU32).cleaner is None


@pytest.mark.parametrize("value", [-3.4e38, np.inf, -np.inf])
def test_a_pixel_without_a_value_stays_and_spoils_no_other(denoiser: Session, value: float) -> None:
    plain = scene(70, 90)
    holed = plain.copy()
    holed[30, 40] = value
    whole, found = (assemble(Work(picture(p), denoiser, 12.0), 128) for p in (plain, holed))
    kept = found[30, 40].copy()
    found[30, 40] = whole[30, 40]
    assert np.abs(found - whole).max() < 0.1
    assert np.median(np.abs(found - whole)) < 1e-4
    assert bool((np.sign(kept) == np.sign(value)).all())
    assert np.abs(kept).min() > 1e4


def test_a_picture_in_other_units_is_left_as_it_is() -> None:
    raw = scene(40, 48) * np.float32(4000)
    assert sensible(raw) is raw


def test_bright_light_in_a_float_file_is_kept_when_it_is_enlarged(upscaler: Session) -> None:
    pixels = scene(48, 60)
    lamp = pixels.copy()
    lamp[20:30, 24:34] = 30.0
    lamp[5, 7] = np.inf
    lamp[40, 50] = -3.4e38
    whole = assemble(Work(picture(lamp), upscaler, None, scale=upscaler.card.scale), 256)
    scale = upscaler.card.scale
    inner = whole[21 * scale : 29 * scale, 25 * scale : 33 * scale]
    assert np.abs(inner / 30 - 1).max() < 0.15
    assert whole[5 * scale : 6 * scale, 7 * scale : 8 * scale].min() > 1e4
    assert whole[40 * scale : 41 * scale, 50 * scale : 51 * scale].max() < -1e38
    far = np.abs(whole - assemble(Work(picture(pixels), upscaler, None, scale=scale), 256))
    assert np.median(far) < 0.01


def disc(linear: bool, dtype: str) -> Picture:
    """Return a disc of one colour with a soft edge, multiplied by its alpha as it is stored."""
    y, x = np.mgrid[0:64, 0:64]
    alpha = np.clip(20 - np.hypot(y - 32, x - 32), 0, 1).astype(np.float32)
    colour = np.array([0.9, 0.5, 0.2], np.float32)
    pixels = (decode_linear(colour) if linear else colour) * alpha[..., None]
    if dtype != "float32":
        pixels, alpha = (np.rint(a * np.iinfo(dtype).max).astype(dtype) for a in (pixels, alpha))
    kind = "exr" if linear else "tiff"
    info = PictureInfo(Path("x"), kind, 64, 64, 3, True, pixels.dtype, linear=linear, associated=True)
    return Picture(info, pixels, alpha)


@pytest.mark.parametrize(("linear", "dtype"), [(True, "float32"), (False, "float32"), (False, "uint16")])
@pytest.mark.parametrize("enlarged", [False, True])
def test_colours_that_are_multiplied_by_alpha_get_no_rim(
    denoiser: Session, upscaler: Session, linear: bool, dtype: str, enlarged: bool
) -> None:
    stored = disc(linear, dtype)
    work = Work(stored, upscaler, None, scale=2) if enlarged else Work(stored, denoiser, 5.0)
    before = np.zeros((*work.size, 3), np.float32)
    for _, _, piece in tiles(work, 112):
        before[piece.y, piece.x] = piece.before
    for whole in (assemble(work, 112), before):
        alpha = work.alpha()
        assert alpha is not None
        cover = to_unit(alpha, False)[..., None]
        light = decode_linear(whole) if linear else whole
        edge = (cover[..., 0] > 0.1) & (cover[..., 0] < 0.9)
        assert edge.sum() > 50
        colours = (light / np.maximum(cover, 1e-6))[edge]
        shown = encode_linear(colours) if linear else colours
        assert np.abs(np.median(shown, axis=0) - [0.9, 0.5, 0.2]).max() < 0.03
        assert np.abs(whole[cover[..., 0] == 0]).max() < 1e-6, "there is no light where there is no alpha"


def test_light_without_alpha_stays_light(upscaler: Session) -> None:
    stored = disc(True, "float32")
    random = np.random.default_rng(0)
    glow = stored.pixels + random.uniform(0, 0.5, stored.pixels.shape).astype(np.float32)
    whole = assemble(Work(Picture(stored.info, glow, stored.alpha), upscaler, None, scale=2), 96)
    assert whole[:8, :8].mean() > 0.2


def test_what_is_too_bright_is_judged_by_the_whole_picture(denoiser: Session) -> None:
    units = scene(140, 150) * np.float32(0.01)
    units[:, 75:] *= np.float32(3000)
    work = Work(picture(units), denoiser, 12.0)
    assert work._bounds is None, "half of the picture is as bright as that: these are its units"
    lamp = scene(140, 150)
    lamp[60:64, 60:64] = 40.0
    whole, tiled = (assemble(Work(picture(lamp), denoiser, 12.0), side) for side in (256, 128))
    assert np.abs(whole - tiled).max() < 0.05


@pytest.mark.parametrize("name", ["denoise-fast", "photo-fast"])
def test_floats_in_units_of_their_own_are_numbers_in_half_precision_too(name: str) -> None:
    session = Session(store.find(name), device.choose("cpu", "float16"))
    units = scene(64, 72) * np.float32(40_000)
    whole = assemble(Work(picture(units), session, 5.0), 160)
    full = assemble(Work(picture(units), Session(store.find(name), CPU32), 5.0), 160)
    assert np.isfinite(whole).all()
    assert np.abs(whole - full).max() < 0.01 * 40_000
    if name == "photo-fast":
        assert np.isfinite(session.noise_map(units)).all()
