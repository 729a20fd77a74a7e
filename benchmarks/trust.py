"""How far what the program says of its results can be trusted: the “Trust” part of docs/scores.md.

``python -m benchmarks.scores`` writes it. By itself, ``python -m benchmarks.trust`` prints it; with ``--model ID``
what of it is about one model (figures are kept in build/scores.json, so that it can be measured model by model), with
``--offers`` when a model that cleans is offered. With ``--fit`` it prints what of ``aestudio.engine.invented`` and
``aestudio.engine.verdict`` is fitted, from training pictures.
"""

from __future__ import annotations

import argparse
import io
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from aestudio.catalog import store
from aestudio.catalog.store import Model
from aestudio.engine.damage import damage
from aestudio.engine.ensemble import WAYS, results
from aestudio.engine.invented import FLOOR, Powers, cell_means, powers, signs
from aestudio.engine.invented import WAYS as MAP_WAYS
from aestudio.engine.session import Floats, Session
from aestudio.engine.verdict import Verdict, judge
from aestudio.evaluation import sets
from aestudio.evaluation.metrics import psnr, spearman
from aestudio.evaluation.restoration import run_whole, to_8bit
from aestudio.imageio.resample import resize, to_uint8
from aestudio.imageio.simple import find_pictures, load_rgb
from benchmarks.bench import Bench, main_bench, table

Pixels = NDArray[np.uint8]
# Crops from the middle: a processor of two cores takes minutes and not hours.
MAP_SIDE = 128
VERDICT_SIDE = 272
MAP_SIGMAS = (15, 25, 50)
# The gain of all eight results is measured on every so manieth crop.
GAIN_STEP = 4
VERDICT_SIGMAS = (10, 25, 40)
STRENGTHS = {"half": 0.5, "right": 1.0, "double": 2.0}
CAMERA = "right, camera noise of polyu-a"
RIGHT_KIND = {"half": "left", "right": "noise", "double": "edges", CAMERA: "noise"}
KINDS = ("nothing", "left", "noise", "edges")
VERDICT_STEP = 4
QUALITIES, OFFER_SIGMAS, OFFER_SIDE = (90, 75, 60, 45, 30), (3, 6, 12), 352
OFFERED = ("upscale-x4-fast", "upscale-x4-photo")
OFFER_SETS = (("bsd100", 6), ("set14", 2), ("kodak24_500crop", 4))
FIT_PICTURES, FIT_SIDE, FIT_SIGMAS = 24, 192, (10, 25, 50)


@dataclass(frozen=True)
class Case:
    """What a network is given (0..1), what it should make of it, and the plain picture that a person had without it."""

    given: Floats
    truth: Floats
    plain: Floats
    sigma: float | None = None


def middle(picture: Pixels, side: int) -> Pixels:
    """Return the middle ``side`` x ``side`` pixels."""
    y, x = ((n - side) // 2 for n in picture.shape[:2])
    return picture[y : y + side, x : x + side]


def noisy(clean: Pixels, sigma: float, seed: int) -> Case:
    """Return a crop with white noise as a file holds it."""
    noise = np.random.RandomState(seed).normal(0, sigma, clean.shape)
    given = _unit(np.clip(np.rint(clean + noise), 0, 255))
    return Case(given, _unit(clean), given, sigma)


def shrunk(clean: Pixels, scale: int) -> Case:
    """Return a crop shrunk ``scale`` times, its sides cut to a multiple of 8 times that."""
    side = min(clean.shape[:2]) // (8 * scale) * 8 * scale
    clean = clean[:side, :side]
    given = _unit(to_uint8(resize(clean, (side // scale, side // scale), 1 / scale)))
    return Case(given, _unit(clean), resize(given, (side, side), scale))


def _unit(pixels: NDArray[np.generic]) -> Floats:
    return pixels.astype(np.float32) / np.float32(255)


def _error_and_gradient(case: Case, result: Floats) -> tuple[Floats, Floats]:
    """Return the true absolute error and the gradient magnitude of what was given, over cells of 8 pixels."""
    down, across = np.gradient(case.plain.mean(2))
    return cell_means(255 * np.abs(result - case.truth).mean(2)), cell_means(255 * np.hypot(down, across))


# Maps.


def measure_map(session: Session, cases: Sequence[Case]) -> dict[str, float]:
    """Return means over pictures: rank correlations with the true error, the likely and the true error."""
    rows = []
    for case in cases:
        found = list(results(session, case.given, case.sigma, MAP_WAYS))
        error, gradient = _error_and_gradient(case, found[0])
        seen = cell_means(signs(found, case.given))
        likely = powers(session).likely(seen, case.sigma or session.judge_noise(case.given))
        rows.append(
            {
                "map": spearman(likely, error),
                "spread": spearman(seen[..., 0], error),
                "gradient": spearman(gradient, error),
                "likely": float(likely.mean()),
                "error": float(error.mean()),
            }
        )
    return {name: float(np.mean([row[name] for row in rows])) for name in rows[0]}


def measure_gain(session: Session, cases: Sequence[Case]) -> dict[str, float]:
    """Return what the mean of eight results gains in PSNR, as a mean over pictures."""
    gains = []
    for case in cases:
        found = list(results(session, case.given, case.sigma, WAYS))
        truth = to_8bit(case.truth)
        gains.append(psnr(to_8bit(np.mean(found, axis=0)), truth) - psnr(to_8bit(found[0]), truth))
    return {"gain": float(np.mean(gains))}


def maps(bench: Bench) -> str:
    """Return the table of maps and of the self-ensemble, over the middle of every picture of bsd100."""
    crops = [middle(p, MAP_SIDE) for _, p in sets.clean_pictures("bsd100", bench.data)]
    rows = []
    for model in bench.models("denoise", "upscale"):
        for sigma in MAP_SIGMAS if model.card.task == "denoise" else (None,):

            def cases(session: Session, sigma: float | None = sigma) -> list[Case]:
                scale = session.card.scale
                return [shrunk(c, scale) if sigma is None else noisy(c, sigma, n) for n, c in enumerate(crops)]

            def measure(session: Session, cases: Callable[[Session], list[Case]] = cases) -> dict[str, float]:
                return measure_map(session, cases(session))

            def gained(session: Session, cases: Callable[[Session], list[Case]] = cases) -> dict[str, float]:
                return measure_gain(session, cases(session)[::GAIN_STEP])

            what = f"×{model.card.scale}" if sigma is None else f"noise of {sigma}"
            about = f"trust map, bsd100 {MAP_SIDE}, {what}"
            names = ("map", "spread", "gradient", "likely", "error")
            found = {n: bench.figure(model, about, measure, n) for n in names}
            gain = bench.figure(model, f"{about}, gain", gained, "gain")
            ranks = (f"{found[n]:.2f}" for n in ("map", "spread", "gradient"))
            errors = f"{found['likely']:.1f}/{found['error']:.1f}"
            rows.append([f"**{model.card.id}**", what, *ranks, errors, f"{gain:+.2f}"])
    head = ["", "on", "map", "spread alone", "gradient of the input", "likely/true error", "8 results, dB"]
    return table(head, rows)


# Verdicts.


def verdicts_of(session: Session, crops: Sequence[Pixels]) -> Iterator[tuple[str, Verdict]]:
    """Yield the name of a strength and the verdict on its result, for every crop and noise.

    A blind model has no noise level to set, so half and double of what it removes are removed.
    """
    for number, crop in enumerate(crops):
        for sigma in VERDICT_SIGMAS:
            given = noisy(crop, sigma, number).given
            if session.card.blind:
                restored, levels = run_whole(session, given), [session.noise_map(given)]
                for name, factor in STRENGTHS.items():
                    yield name, judge([(given, given + np.float32(factor) * (restored - given))], levels)
            else:
                for name, factor in STRENGTHS.items():
                    yield name, judge([(given, run_whole(session, given, sigma * factor))])


def camera_verdicts(session: Session, pictures: Sequence[Pixels]) -> Iterator[tuple[str, Verdict]]:
    """Yield the verdict on each camera picture, restored as it is."""
    for picture in pictures:
        given = _unit(picture)
        yield CAMERA, judge([(given, run_whole(session, given))], [session.noise_map(given)])


def verdicts(bench: Bench) -> str:
    """Return the confusion table of verdicts, over every fourth picture of bsd100, and camera pictures."""
    pictures = sets.clean_pictures("bsd100", bench.data)[::VERDICT_STEP]
    crops = [middle(p, VERDICT_SIDE) for _, p in pictures]
    camera = [middle(noisy_, VERDICT_SIDE) for _, noisy_, _ in sets.pairs("polyu-a", bench.data)]
    rows = []
    for model in bench.models("denoise"):

        def measure(session: Session) -> dict[str, float]:
            found = list(verdicts_of(session, crops))
            found += camera_verdicts(session, camera) if session.card.blind else []
            counts = Counter(f"{strength} {verdict.kind}" for strength, verdict in found)
            return {name: float(counts[name]) for name in (f"{s} {k}" for s in (*STRENGTHS, CAMERA) for k in KINDS)}

        what = f"trust verdicts, bsd100 and polyu-a {VERDICT_SIDE}"
        right = total = 0
        for strength in (*STRENGTHS, *((CAMERA,) if model.card.blind else ())):
            own = {kind: int(bench.figure(model, what, measure, f"{strength} {kind}")) for kind in KINDS}
            hits, number = own[RIGHT_KIND[strength]], sum(own.values())
            rows.append([f"**{model.card.id}**", strength, *map(str, own.values()), f"{hits / number:.0%}"])
            if strength != CAMERA:
                right, total = right + hits, total + number
        rows.append([f"**{model.card.id}**", ", ".join(STRENGTHS), "", "", "", "", f"{right / total:.0%}"])
    head = ["", "strength", "next to nothing removed", "noise is left", "looks like noise", "edges went too", "right"]
    return table(head, rows)


# The offer of a model that cleans.


def damaged(small: Pixels) -> Iterator[tuple[str, Pixels]]:
    """Yield what happens to a small picture, and it after that."""
    yield "clean", small
    for quality in QUALITIES:
        packed = io.BytesIO()
        Image.fromarray(small).save(packed, "jpeg", quality=quality)
        yield f"JPEG quality {quality}", np.asarray(Image.open(packed).convert("RGB"))
    for number, sigma in enumerate(OFFER_SIGMAS):
        yield f"noise of {sigma}", to_8bit(noisy(small, sigma, number).given)


def offers(bench: Bench) -> str:
    """Return the table of how often a model that cleans is offered for ×4, and how much better it is then."""
    fast, photo = (store.find(name) for name in OFFERED)
    if not bench.wants(*OFFERED):
        return ""
    pictures = [p for name, step in OFFER_SETS for _, p in sets.clean_pictures(name, bench.data)[::step]]

    def measure(session: Session) -> dict[str, float]:
        other, found = bench.session(fast), defaultdict[str, list[float]](list)
        for picture in pictures:
            height, width = (min(OFFER_SIDE, n) // 16 * 16 for n in picture.shape[:2])
            truth = picture[:height, :width]
            for what, given in damaged(to_uint8(resize(truth, (height // 4, width // 4)))):
                values = _unit(given)
                gain = psnr(to_8bit(session.run(values)), truth) - psnr(to_8bit(other.run(values)), truth)
                for name, value in (("offered", bool(damage(values))), ("gain", gain), ("better", gain > 0)):
                    found[f"{what} {name}"].append(float(value))
        return {name: float(np.mean(values)) for name, values in found.items()}

    rows = []
    names = ("clean", *(f"JPEG quality {q}" for q in QUALITIES), *(f"noise of {s}" for s in OFFER_SIGMAS))
    for what in names:
        own = {n: bench.figure(photo, "offers", measure, f"{what} {n}") for n in ("offered", "gain", "better")}
        rows.append([what, f"{own['offered']:.0%}", f"{own['gain']:+.2f}", f"{own['better']:.0%}"])
    return table(["the small picture", "offered", "the model that cleans is better by", "better on"], rows)


# Fitting.


def fit(bench: Bench) -> None:
    """Print the powers of each task's map, from crops of training pictures."""
    paths = find_pictures(bench.data / "train" / "bsds397")
    order = np.random.default_rng(0).permutation(len(paths))[:FIT_PICTURES]
    crops = [middle(load_rgb(paths[i]), FIT_SIDE) for i in order]
    models = bench.models("denoise", "upscale")
    for kind in ("told the noise", "blind", "upscale"):
        own = [m for m in models if _fitted_with(m) == kind]
        if own:
            print(kind, fit_powers([bench.session(m) for m in own], crops), flush=True)


def _fitted_with(model: Model) -> str:
    """Return which models' powers are fitted together with those of this one."""
    if model.card.task == "upscale":
        return "upscale"
    return "blind" if model.card.blind else "told the noise"


def fit_powers(sessions: Sequence[Session], crops: Sequence[Pixels]) -> Powers:
    """Return the powers that fit the logarithm of the error best, then scaled so that the mean error is right."""
    known, errors = [], []
    for session in sessions:
        for number, crop in enumerate(crops):
            upscales = session.card.task == "upscale"
            for sigma in (None,) if upscales else FIT_SIGMAS:
                case = shrunk(crop, session.card.scale) if sigma is None else noisy(crop, sigma, number)
                found = list(results(session, case.given, case.sigma, MAP_WAYS))
                error, _ = _error_and_gradient(case, found[0])
                seen = np.log(cell_means(signs(found, case.given)) + FLOOR)
                last = seen[..., 2] if upscales else np.full(error.shape, np.log(sigma or 1.0))
                known.append(np.stack((seen[..., 0], seen[..., 1], last, np.ones_like(error)), 2).reshape(-1, 4))
                errors.append(error.reshape(-1))
    table_, error = np.concatenate(known), np.concatenate(errors)
    spread, gradient, last, constant = np.linalg.lstsq(table_, np.log(error + FLOOR), rcond=None)[0]
    likely = np.exp(table_ @ (spread, gradient, last, constant))
    constant += np.log(error.mean() / likely.mean())
    own = {"disagreement" if sessions[0].card.task == "upscale" else "noise": round(float(last), 3)}
    return Powers(round(float(constant), 3), round(float(spread), 3), round(float(gradient), 3), **own)


def report(bench: Bench) -> list[str]:
    """Return the paragraphs of the page."""
    return [
        "## The offer of a model that cleans",
        "How often `upscale-x4-photo` is offered in place of `upscale-x4-fast` (`aestudio.engine.damage`), and by how "
        "many dB it is better, in RGB PSNR as a mean over all pictures. The limits were set on 28 training pictures; "
        "these are 30 others (every sixth of bsd100, every second of set14, every fourth of kodak24_500crop), at most "
        f"{OFFER_SIDE} pixels of each side from the top left, shrunk four times and then damaged. JPEG with colour at "
        "half the resolution. The limits were set when the model that cleans knew no critic, and gained 0.3 dB of JPEG "
        "75 to 30: PSNR does not reward the texture that it makes up since 2026-11-27.",
        offers(bench),
        "A noisy picture is offered to be cleaned first, at every scale, in place of the other model. Noise that light "
        "compression thinned out in the colours is found where it is strong: of the same pictures with noise of 12, 20 "
        "and 30 and then JPEG 90, 43%, 100% and 100%. At x2 and x3 the same model, resized, is "
        "better than `upscale-x2-fast` and `upscale-x3-fast` by 0.2 to 0.4 dB at qualities of 75 to 30 and by 0.7 to "
        "4 dB at noise of 6 and 12 (12 training pictures), so that it is offered there too.",
        "## Trust: where a result is likely to be wrong",
        "Spearman's rank correlation of the map of invented detail with the true absolute error, both over cells of 8 "
        f"pixels, on the middle {MAP_SIDE} x {MAP_SIDE} pixels of each of the 100 pictures of bsd100, as a mean over "
        "pictures. The map (`aestudio.engine.invented`) is a product of powers of the spread over four flips, the "
        "result's gradient and, for enlargements, how far the shrunk result is from the input, fitted on training "
        "pictures alone; the gradient magnitude of the input (of its bicubic enlargement) is the baseline. Likely and "
        "true error are means in 8-bit units. The last column is what the mean of eight results (“Best quality”) "
        "gains in RGB PSNR, on every fourth picture. The cards of `photo-fast` and `upscale-x4-photo` say how much "
        "larger their errors are on damage of their own kind than the powers say (`error_scale`, 1.36 and 0.86), which "
        "white noise and plain shrinking are not: of PolyU-a's noise `photo-fast` leaves an error of 2.2 (2.0 without "
        "each shot's shift and light) where the powers alone say 1.1.",
        maps(bench),
        "## Trust: the verdict on what was removed",
        f"Verdicts on 25 pictures of bsd100 (every fourth, its middle {VERDICT_SIDE} x {VERDICT_SIDE} "
        f"pixels) with white noise of {', '.join(map(str, VERDICT_SIGMAS))}, denoised as if the noise were half or "
        "twice what it is. A blind model is told no noise (and hardly follows another level than its own): half and "
        "double of what it removes are taken away there, and what it found itself is what it is judged by. A model "
        "that learned from levels that are set too high (the denoise models) takes hardly any edges where it is told "
        "twice the noise: that it looks like noise is true then, and counts as wrong here.",
        verdicts(bench),
    ]


def main() -> None:
    """Print the page's part, or what is fitted."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fit", action="store_true", help="fit on training pictures")
    parser.add_argument("--model", help="the maps and verdicts of this model alone")
    parser.add_argument("--offers", action="store_true", help="the offer of a model that cleans alone")
    options, rest = parser.parse_known_args()
    bench = main_bench(rest)
    bench.only = [options.model] if options.model else []
    if options.fit:
        fit(bench)
    elif options.offers:
        print(offers(bench))
    elif options.model:
        print(maps(bench))
        if store.find(options.model).card.task == "denoise":
            print("\n" + verdicts(bench))
    else:
        print("\n\n".join(report(bench)))


if __name__ == "__main__":
    main()
