"""Runs every installed model over the published test sets and writes docs/scores.md: ``make scores``.

    python -m benchmarks.scores [--data ../shared/data] [--output docs/scores.md] [--fresh] [--only MODEL ...]

Figures that were measured with the same weights before are taken from build/scores.json. With --only the rows of these
models alone are made, for weights that changed; the rest of the page stays, and so does their speed, which was measured
beside that of the others.
"""

from __future__ import annotations

import argparse
import io
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from aestudio.catalog import store
from aestudio.catalog.store import Model
from aestudio.engine.kind import strangeness
from aestudio.engine.session import Session
from aestudio.evaluation import restoration, sets
from aestudio.evaluation.metrics import auc
from aestudio.imageio.simple import find_pictures, load_rgb
from aestudio.models.weights import count_parameters
from aestudio.training import squares
from benchmarks import anchors, trust
from benchmarks.bench import ROOT, SPEED, Bench, main_bench, table
from benchmarks.networks import model_speed
from benchmarks.rows import with_others, with_rows

Pixels = NDArray[np.uint8]
SIGMAS = (15, 25, 50)
QUALITIES = (10, 20, 30, 40)
GAUSSIAN_SETS = ("cbsd68", "kodak24_500crop")
UPSCALE_SETS = ("set5", "set14", "bsd100")
SPEED_SECONDS = 2.0


def mean_of(rows: Iterable[dict[str, float]]) -> dict[str, float]:
    """Return the mean of each figure of the rows."""
    return restoration.means(list(rows))


def denoising(bench: Bench) -> str:
    """Return the table of white noise of known strength."""
    head = ["", "parameters, M", "MMAC/pixel", "MP/s", "CBSD68 15/25/50", "Kodak24 15/25/50", "Kodak24, clipped, 25/50"]
    head.append("Kodak24, clipped, 12.5/25, told 25/50")
    rows = [[name, *cost, "-", *scores, "-", "-"] for name, cost, scores in anchors.GAUSSIAN]

    def one(model: Model, name: str, sigma: float, clipped: bool, told: float | None = None) -> float:
        def measure(session: Session) -> dict[str, float]:
            pictures = sets.clean_pictures(name, bench.data)
            return mean_of(restoration.denoise(session, p, sigma, clipped, told) for _, p in pictures)

        what = f"{name} sigma {sigma}{' clipped' if clipped else ''}{'' if told is None else f' told {told}'}"
        return bench.figure(model, what, measure, "psnr")

    for model in bench.models("denoise"):
        scores = ["/".join(f"{one(model, n, s, False):.2f}" for s in SIGMAS) for n in GAUSSIAN_SETS]
        clipped = "/".join(f"{one(model, GAUSSIAN_SETS[1], s, True):.2f}" for s in SIGMAS[1:])
        high = [] if model.card.blind else [one(model, GAUSSIAN_SETS[1], s / 2, True, s) for s in SIGMAS[1:]]
        name = f"**{model.card.id}**" + (" (blind)" if model.card.blind else "")
        told_twice = "/".join(f"{score:.2f}" for score in high) or "-"
        rows.append([name, *_cost(bench, model), *scores, clipped, told_twice])
    return table(head, rows)


def camera(bench: Bench) -> str:
    """Return the table of real camera noise."""
    pairs = sets.pairs("polyu-a", bench.data)
    ours: list[list[str]] = []
    noisy = ["", ""]
    for model in bench.models("denoise"):
        for sigma in (None,) if model.card.blind else (None, 10.0):

            def measure(session: Session, sigma: float | None = sigma) -> dict[str, float]:
                return mean_of(restoration.photo(session, a, b, sigma) for _, a, b in pairs)

            how = "blind" if sigma is None else f"told sigma {sigma:g}"
            names = ("psnr", "aligned", "noisy", "noisy_aligned")
            *figures, before, moved = (f"{bench.figure(model, f'PolyU-a, {how}', measure, n):.2f}" for n in names)
            ours.append([f"**{model.card.id}**, {how}", "PolyU-a", *figures])
            noisy = [before, moved]
    published = [[name, "PolyU", psnr, ""] for name, psnr in anchors.POLYU]
    head = ["", "set", "PSNR, dB", "without each shot's shift and light"]
    unrestored = [["noisy pictures", "PolyU-a", *noisy]] if any(noisy) else []
    return table(head, [*published, *unrestored, *ours])


def compression(bench: Bench) -> str:
    """Return the table of JPEG files."""
    rows: list[list[str]] = [[name, *scores] for name, scores in anchors.JPEG]
    pictures = sets.clean_pictures("classic5", bench.data)
    for model in bench.models("denoise"):
        if model.card.blind:
            figures: dict[str, list[str]] = {"compressed": [], "psnr": []}
            for quality in QUALITIES:

                def measure(session: Session, quality: int = quality) -> dict[str, float]:
                    return mean_of(restoration.jpeg(session, p, quality, None) for _, p in pictures)

                for name, column in figures.items():
                    column.append(f"{bench.figure(model, f'classic5 quality {quality}', measure, name):.2f}")
            rows.append(["compressed files", *figures["compressed"]])
            rows.append([f"**{model.card.id}**", *figures["psnr"]])
    return table(["Y-PSNR, dB, at quality", *map(str, QUALITIES)], rows)


def enlarging(bench: Bench, scale: int) -> str:
    """Return the table of one scale of super-resolution."""
    rows = [[name, parameters, "-", "-", *scores] for name, parameters, scores in anchors.UPSCALE[scale]]
    for model in bench.models("upscale"):
        if model.card.scale == scale:
            cells = []
            for name in UPSCALE_SETS:

                def measure(session: Session, name: str = name) -> dict[str, float]:
                    return mean_of(restoration.upscale(session, p) for _, p in sets.clean_pictures(name, bench.data))

                found = [bench.figure(model, f"{name} x{scale}", measure, f) for f in ("psnr", "ssim")]
                cells.append(f"{found[0]:.2f}/{found[1]:.4f}")
            rows.append([f"**{model.card.id}**", *_cost(bench, model), *cells])
    return table([f"x{scale}, Y-PSNR/SSIM", "parameters, M", "MMAC/pixel", "MP/s", "Set5", "Set14", "BSD100"], rows)


def generation(bench: Bench) -> str:
    """Return the table of networks with a latent space."""
    rows = [[f"{name}, mnist", *scores, "-", "-"] for name, scores in anchors.MNIST]
    for model in bench.models("vae"):
        # importance sampling takes hours: what `aestudio evaluate vae ... --record` measured stands on the card
        for protocol, figures in model.card.scores.items():
            if "negative elbo" in figures:
                names = ("negative elbo", "nll", "bits per dim", "psnr")
                cells = [f"{figures[n]:.3g}" if n == "bits per dim" else f"{figures[n]:.2f}" for n in names]
                rows.append([f"**{model.card.id}**, {protocol}", *cells])
    return table(["model and test set", "-ELBO, nats", "NLL, nats", "bits per dimension", "PSNR, dB"], rows)


def kinds(bench: Bench) -> str:
    """Return how often the warning about a picture's kind is raised, by the default denoiser's card."""
    card = store.find(store.default_id("denoise")).card
    if not bench.wants(card.id):
        return ""
    test = bench.data / "test"

    def levels(pictures: Iterable[Pixels]) -> list[float]:
        return [strangeness(p.astype(np.float32) / 255, card.statistics) for p in pictures]

    photographs = {n: [load_rgb(p) for p in find_pictures(test / n)] for n in ("bsd100", "kodak24_500crop", "polyu-a")}
    random = np.random.default_rng(0)
    noisy = [np.clip(p + random.normal(0, 25, p.shape), 0, 255).astype(np.uint8) for p in photographs["bsd100"]]
    photographs |= {
        "bsd100, JPEG quality 10": [_jpeg(p, 10) for p in photographs["bsd100"]],
        "bsd100, noise of 25": noisy,
        "portraits-128": [load_rgb(p) for p in find_pictures(bench.data / "vae" / "portraits-128")[:300]],
    }
    digits = squares.load_mnist(bench.data / "vae" / "mnist", squares.MNIST_TEST).pictures
    others = {
        "digits": [np.repeat(d, 3, 2) for d in digits[:300]],
        "emoji-128": [load_rgb(p) for p in find_pictures(bench.data / "vae" / "emoji-128")[:300]],
        "line art, drawn for this": [line_art(seed) for seed in range(100)],
        "pages of text, drawn for this": [page(seed) for seed in range(100)],
        "screenshots of this program": [load_rgb(p) for p in find_pictures(ROOT / "docs" / "screenshots")],
    }
    inside = {name: levels(p) for name, p in photographs.items()}
    outside = {name: levels(p) for name, p in others.items()}
    own = [x for values in inside.values() for x in values]
    rows = [[n, str(len(v)), f"{np.mean(np.array(v) > 1):.1%}", "-"] for n, v in inside.items()]
    rows += [[n, str(len(v)), f"{np.mean(np.array(v) > 1):.1%}", f"{auc(own, v):.3f}"] for n, v in outside.items()]
    return table(["pictures", "number", "warned of", "area under the ROC curve against all photographs"], rows)


def _jpeg(picture: Pixels, quality: int) -> Pixels:
    store_ = io.BytesIO()
    Image.fromarray(picture).save(store_, "JPEG", quality=quality)
    return np.array(Image.open(store_))


def line_art(seed: int) -> Pixels:
    """Return a page of smooth ink strokes on white, softened at the edges as a scan is."""
    random = np.random.default_rng(seed)
    page_ = Image.new("L", (1024, 1024), 255)
    pen = ImageDraw.Draw(page_)
    for _ in range(int(random.integers(8, 30))):
        points = np.cumsum(random.normal(0, 40, (30, 2)), axis=0) + random.uniform(100, 900, 2)
        pen.line([tuple(p) for p in points], fill=int(random.integers(0, 60)), width=int(random.integers(3, 12)))
    return np.array(page_.resize((512, 512), Image.Resampling.LANCZOS).convert("RGB"))


def page(seed: int) -> Pixels:
    """Return a window of text lines and coloured panels, as a screenshot shows them."""
    random = np.random.default_rng(seed)
    sheet = Image.new("RGB", (640, 480), tuple(int(v) for v in random.integers(200, 256, 3)))
    pen = ImageDraw.Draw(sheet)
    for _ in range(4):
        x, y = random.integers(0, 500), random.integers(0, 380)
        pen.rectangle(
            (float(x), float(y), float(x + 140), float(y + 90)), fill=tuple(int(v) for v in random.integers(0, 256, 3))
        )
    for line in range(16):
        words = " ".join("".join(map(chr, random.integers(97, 123, random.integers(2, 10)))) for _ in range(12))
        pen.text((20, 20 + 28 * line), words, fill=(20, 20, 30))
    return np.array(sheet)


def _cost(bench: Bench, model: Model) -> list[str]:
    def measure(session: Session) -> dict[str, float]:
        speed = model_speed(session, SPEED_SECONDS)
        return {"mmacs": speed.mmacs_per_pixel, "rate": speed.megapixels_per_second}

    parameters = count_parameters(bench.session(model).network) / 1e6
    mmacs, rate = (bench.figure(model, SPEED, measure, name) for name in ("mmacs", "rate"))
    return [f"{parameters:.2f}", f"{mmacs:.3f}", f"{rate:.3g}"]


def report(bench: Bench) -> str:
    """Return the whole page."""
    scales = sorted({m.card.scale for m in bench.models("upscale")})
    parts = [
        "# Scores",
        "Made by `make scores`. Every installed model over the published test sets, by the protocols in the docstrings "
        "of `aestudio.evaluation`; figures of others are those that their authors published. MP/s are megapixels of "
        f"the result a second, the network alone, on {bench.choice.name} in {bench.choice.precision}.",
        "## White noise of known strength",
        "RGB PSNR in dB; the noise is added without clipping, but for the last two columns, where it is clipped and "
        "rounded as files hold it; in the last one it is half as strong as the model is told, as where a person sets "
        "the level.",
        denoising(bench),
        "## Camera noise",
        "RGB PSNR in dB. The subsets and file versions behind published figures differ from PolyU-a (50 pairs of "
        "crops, JPEG). Their truth is the mean of 500 shots, from which the noisy one lies 0.28 pixels away (median; "
        "at most 0.54) and differs by 0.6 levels in light (at most 3.7), which no denoiser of one shot can know: the "
        "last column is without what one shift and one offset of each colour explain, found from the noisy picture "
        "(`aestudio.evaluation.metrics.displacement`).",
        camera(bench),
        "## JPEG files",
        "Classic5, grey. The figures of others are remembered and not verified.",
        compression(bench),
        "## Enlarging",
        *(enlarging(bench, scale) for scale in scales),
        "## Generation",
        "MNIST's test digits, binarised once with their grey values as probabilities; ours are trained on fresh draws, "
        "those of others on Larochelle's fixed ones. The figures of ours stand on their cards, recorded by "
        "`aestudio evaluate vae SET --record`.",
        generation(bench),
        "## The warning about a picture's kind",
        "How often a picture is said to be unlike what the default denoiser was trained on; the threshold is set on "
        "training pictures alone, for one false alarm in a hundred.",
        kinds(bench),
        *trust.report(bench),
    ]
    return "\n\n".join(parts) + "\n"


def main() -> None:
    """Measure what is missing and write the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--output", type=Path, default=ROOT / "docs" / "scores.md")
    parser.add_argument("--only", nargs="+", default=[], metavar="MODEL", help="make the rows of these models alone")
    options, rest = parser.parse_known_args()
    bench = main_bench(rest)
    bench.only = [store.find(name).card.id for name in options.only]
    before = options.output.read_text(encoding="utf-8") if options.output.exists() else ""
    made = report(bench)
    page = with_rows(before, made) if options.only else with_others(made, before)
    options.output.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
