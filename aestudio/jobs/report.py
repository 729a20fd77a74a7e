"""The report of a finished model as one HTML page that needs nothing else: words, curves, pictures, two languages."""

from __future__ import annotations

import base64
import html
import json
import math
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from aestudio import __version__, paths
from aestudio.catalog.card import Card
from aestudio.errors import OutputError, SettingsError
from aestudio.jobs.account import Account, Points, account_of, smoothed
from aestudio.jobs.phrases import phrases, spoken
from aestudio.jobs.verdict import Said, noop, verdict
from aestudio.training import history
from aestudio.whole_file import whole_file

OTHER = "zh_TW"
SUFFIXES = (".html", ".htm")
WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 460, 220, 56, 12, 26
GAIN = 2.0
"""How much stronger than they are small correlations are shown."""
_SMOOTHING = 0.8
_STYLE = """
:root { color-scheme: light dark; --ground: #f6f6f6; --field: #e9e9e9; --text: #1c1c1c; --quiet: #5e5e5e;
  --line: #d4d4d4; --accent: #0b7560; }
@media (prefers-color-scheme: dark) { :root { --ground: #262626; --field: #1d1d1d; --text: #e6e6e6;
  --quiet: #a6a6a6; --line: #3a3a3a; --accent: #4fb99a; } }
body { background: var(--ground); color: var(--text); font: 15px/1.5 system-ui, sans-serif; max-width: 1000px;
  margin: 0 auto; padding: 24px; }
h1 { font-size: 26px; font-weight: 500; margin: 0 0 8px; } h2 { font-size: 17px; margin: 32px 0 8px; }
.choice { float: right; } .choice label { margin-left: 12px; }
body:has(#zh:checked) [lang=en], body:has(#en:checked) [lang=zh-Hant] { display: none; }
figure { margin: 0; } .curves { display: flex; flex-wrap: wrap; gap: 24px; }
svg { max-width: 100%; height: auto; } svg text { font: 11px system-ui, sans-serif; fill: var(--quiet); }
.field { fill: var(--field); } .curve { fill: none; stroke: var(--accent); stroke-width: 2; }
.raw { fill: none; stroke: var(--accent); stroke-width: 1; opacity: .35; }
.level { stroke: var(--quiet); stroke-dasharray: 5 4; } img { max-width: 100%; image-rendering: auto; }
table { border-collapse: collapse; } td, th { text-align: left; vertical-align: top; padding: 4px 16px 4px 0;
  border-bottom: 1px solid var(--line); } .quiet { color: var(--quiet); font-size: 13px; }
"""


def write_report(model: Card, run: Path, target: Path) -> None:
    """Write the report of a model whose run lies in a folder, whole or not at all.

    Raises SettingsError where the target is no HTML file's name, OutputError where it cannot be written.
    """
    check_target(target)
    try:
        sheet = paths.examples_file(run).read_bytes()
    except OSError:
        sheet = b""
    text = compose(model, account_of(model, history.read(run)), sheet)
    try:
        with whole_file(target) as file:
            file.write(text.encode())
    except OSError as cause:
        raise OutputError(f"The report cannot be written to {target}.", "Choose another folder.") from cause


def check_target(target: Path) -> None:
    """Raise SettingsError or OutputError where a report cannot have that name or lie there: before hours are spent."""
    if target.suffix.lower() not in SUFFIXES:
        raise SettingsError(f"{target.name} cannot hold a report.", "Give it a name that ends in .html.")
    if not target.absolute().parent.is_dir():
        raise SettingsError(f"The folder of {target} does not exist.", "Make it, or choose another one.")
    paths.check_writable(target.absolute().parent)


def compose(card: Card, account: Account, sheet: bytes = b"") -> str:
    """Return the page: ``sheet`` is a PNG of held-out pictures, as ``training.examples`` makes it."""
    title = html.escape(account.title)
    parts = [
        f"<!DOCTYPE html>\n<html><head><meta charset='utf-8'><title>{title}</title>",
        "<meta name='viewport' content='width=device-width, initial-scale=1'>",
        f"<style>{_STYLE}</style></head><body>",
        "<p class='choice'><label><input type='radio' name='language' id='en' checked> English</label>",
        "<label><input type='radio' name='language' id='zh'> 繁體中文</label></p>",
        f"<h1>{title}</h1>",
        *(f"<p>{_in_both(said)}</p>" for said in verdict(account)),
        f"<h2>{both('How it learned')}</h2><div class='curves'>",
        *_curves(account),
        "</div>",
    ]
    if sheet:
        data = base64.b64encode(sheet).decode()
        words = both("Held-out pictures, each before, after and as it really is")
        if account.measure in ("agreement", "simulated"):
            words = both("Held-out pictures, each before and after; what they really look like is not known")
        elif card.task == "vae":
            words = both("Held-out pictures, before and after")
        parts.append(f"<h2>{both('Pictures that it is judged by')}</h2><figure>")
        parts.append(f"<img alt='' src='data:image/png;base64,{data}'>")
        parts.append(f"<figcaption class='quiet'>{words}</figcaption></figure>")
    if account.residual.get("correlogram"):
        parts.append(f"<h2>{both('What it removes')}</h2>{_correlogram(account.residual['correlogram'])}")
        words = both("How alike what it removes is from pixel to pixel, at shifts of up to four: grey is not at all")
        parts.append(f"<p class='quiet'>{words}</p>")
    parts += [f"<h2>{both('The card of the model')}</h2><table>", *_facts(card), "</table>"]
    parts.append(f"<p class='quiet'>aestudio {__version__}</p></body></html>\n")
    return "\n".join(parts)


def both(template: str, **values: Any) -> str:  # noqa: ANN401 - whatever fills the gaps
    """Return a sentence in both languages, escaped: the page shows one of them."""
    other = phrases(OTHER).get(template, template)
    return _spans(*(text.format(**values) if values else text for text in (template, other)))


def _in_both(said: Said) -> str:
    known = phrases(OTHER)
    return _spans(said.english(), said.within(lambda template: known.get(template, template)))


def _spans(*texts: str) -> str:
    english, translated = map(html.escape, texts)
    return f"<span lang='en'>{english}</span><span lang='zh-Hant'>{translated}</span>"


def _curves(account: Account) -> list[str]:
    levels = []
    measure = account.measure
    if measure in account.untouched:
        name = noop("plain enlarging") if account.task == "upscale" else noop("doing nothing")
        levels.append((name, account.untouched[measure]))
    if measure in account.start_scores:
        levels.append((noop("the model it started from"), account.start_scores[measure]))
    title = {
        "psnr": noop("Held-out pictures: PSNR, dB (higher is better)"),
        "simulated": noop("Held-out pictures under simulated noise: PSNR, dB (higher is better)"),
        "log_likelihood": noop("Held-out pictures: likelihood of what their codes become, nats (higher is better)"),
        "agreement": noop("Held-out pictures: agreement of neighbours, dB (higher is better)"),
    }.get(measure, noop("Held-out pictures: bound, nats (higher is better)"))
    logarithmic = all(loss > 0 for _, loss in account.losses)
    return [
        _plot(noop("Loss of the training pictures (lower is better)"), account.losses, [], logarithmic, smooth=True),
        _plot(title, account.curve, levels, False, smooth=False),
    ]


def _plot(title: str, points: Points, levels: list[tuple[str, float]], logarithmic: bool, smooth: bool) -> str:
    """Return a curve as SVG; a smoothed one over the figures themselves."""
    if len(points) < 2:
        return ""

    def drawn(value: float) -> float:
        return math.log10(max(value, 1e-12)) if logarithmic else value

    heights = [drawn(v) for _, v in points] + [drawn(v) for _, v in levels]
    low, high = min(heights), max(heights)
    margin = max((high - low) * 0.08, 1e-6 * max(abs(low), abs(high), 1e-6))
    low, high = low - margin, high + margin
    right = max(at for at, _ in points) or 1.0

    def place(at: float, value: float) -> tuple[float, float]:
        x = LEFT + at / right * (WIDTH - LEFT - 4)
        return x, TOP + (high - drawn(value)) / (high - low) * (HEIGHT - TOP - BOTTOM)

    def line(of: Points, kind: str) -> str:
        return f"<polyline class='{kind}' points='{' '.join('{:.1f},{:.1f}'.format(*place(*p)) for p in of)}'/>"

    parts = [
        f"<figure><figcaption>{both(title)}</figcaption>",
        f"<svg viewBox='0 0 {WIDTH} {HEIGHT}' width='{WIDTH}' role='img'>",
        f"<rect class='field' x='{LEFT}' y='{TOP}' width='{WIDTH - LEFT - 4}' height='{HEIGHT - TOP - BOTTOM}'/>",
    ]
    for height in (low + margin, (low + high) / 2, high - margin):
        value = 10**height if logarithmic else height
        y = place(0, value)[1] + 4
        parts.append(f"<text x='{LEFT - 6}' y='{y:.1f}' text-anchor='end'>{value:.4g}</text>")
    for share, anchor in ((0.0, "start"), (0.5, "middle"), (1.0, "end")):
        x = place(share * right, points[0][1])[0]
        parts.append(f"<text x='{x:.1f}' y='{HEIGHT - 8}' text-anchor='{anchor}'>{share * right:.0%}</text>")
    for name, value in levels:
        y = place(0, value)[1]
        parts.append(f"<line class='level' x1='{LEFT}' x2='{WIDTH - 4}' y1='{y:.1f}' y2='{y:.1f}'/>")
        words = both(name).replace("span", "tspan")
        parts.append(f"<text x='{WIDTH - 8}' y='{y - 4:.1f}' text-anchor='end'>{words}</text>")
    parts += [line(points, "raw"), line(smoothed(points, _SMOOTHING), "curve")] if smooth else [line(points, "curve")]
    return "".join(parts) + "</svg></figure>"


def _correlogram(values: list[float]) -> str:
    side, square = math.isqrt(len(values)), 12
    cells = []
    for number, value in enumerate(values):
        row, column = divmod(number, side)
        grey = round(128 + 127 * min(max(GAIN * value, -1.0), 1.0))
        place = f"x='{column * square}' y='{row * square}' width='{square}' height='{square}'"
        cells.append(f"<rect {place} fill='rgb({grey},{grey},{grey})'/>")
    return f"<svg width='{side * square}' height='{side * square}' role='img'>{''.join(cells)}</svg>"


def _facts(card: Card) -> list[str]:
    training: Mapping[str, Any] = card.training

    def number(key: str) -> Callable[[], str]:
        return lambda: f"{training[key]:,}" if isinstance(training.get(key), (int, float)) else ""

    def table(key: str) -> Callable[[], str]:
        found = training.get(key)
        return lambda: ", ".join(f"{k} {v:g}" for k, v in found.items()) if isinstance(found, dict) else ""

    rows: list[tuple[str, Callable[[], str]]] = [
        (noop("Model"), lambda: f"{card.id} ({card.task})"),
        (noop("Made"), lambda: card.date),
        (noop("Network"), lambda: f"{card.architecture} {json.dumps(card.arguments)}"),
        (noop("Started from"), lambda: str(training.get("from", ""))),
        (noop("Taught by"), lambda: str(training.get("taught_by", ""))),
        (noop("Trained on"), lambda: str(training.get("data", ""))),
        (noop("Pictures to learn from"), number("pictures")),
        (noop("Pictures held out"), number("held_out")),
        (noop("Degradation"), lambda: str(training.get("degradation", ""))),
        (noop("Steps"), number("steps")),
        (noop("Megapixels seen"), number("megapixels_seen")),
        (noop("Hours"), number("hours")),
        (noop("Device"), lambda: str(training.get("device", ""))),
        (noop("Scores of held-out pictures"), table("validation")),
        (noop("Scores of doing nothing"), table("doing_nothing")),
        (noop("Scores of the model it started from"), table("start")),
        (noop("Licence"), lambda: card.licence),
    ]
    return [
        f"<tr><th>{both(name)}</th><td>{_spans(say(), spoken(say(), OTHER))}</td></tr>" for name, say in rows if say()
    ]
