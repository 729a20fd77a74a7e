"""What is said of a finished run, and the page that says it."""

from __future__ import annotations

import dataclasses
import math
from html.parser import HTMLParser
from pathlib import Path
from random import Random as random_numbers

import pytest

from aestudio.catalog.card import Card
from aestudio.errors import SettingsError
from aestudio.jobs.account import Account, Kind, Smoothing, account_of, late_fall, reading, shares, smoothed
from aestudio.jobs.report import compose, write_report
from aestudio.jobs.verdict import verdict
from aestudio.training import history
from aestudio.training.history import Row

TIMES = [0.0, 0.1, 0.2, 0.4, 0.5, 0.6, 0.8, 0.9, 1.0]
FLAT = [30.0, 30.8, 31.0, 31.0, 31.0, 31.0, 31.0, 31.0, 31.0]


def account(scores: list[float], losses: list[float], measure: str = "psnr", **known: object) -> Account:
    curve = [(at, {measure: score}) for at, score in zip(TIMES, scores, strict=True)]
    told = Account("denoise", "Mine", "photo-fast", 40, 5, {measure: 25.0}, {measure: 30.0})
    return dataclasses.replace(told, scores=curve, losses=list(zip(TIMES, losses, strict=True)), **known)


@pytest.mark.parametrize(
    ("scores", "losses", "measure", "kind"),
    [
        ([30, 30.2, 30.4, 30.6, 30.7, 30.8, 30.9, 31.0, 31.1], [0.05] * 9, "psnr", "improving"),
        ([30, 31, 32, 32, 31.9, 31.8, 31.5, 31.2, 31.0], [5, 4, 3, 2.5, 2.4, 2, 1.5, 1.2, 1], "psnr", "by heart"),
        ([30, 31, 32, 32, 31.9, 31.8, 31.5, 31.2, 31.0], [3.0] * 9, "psnr", "worse"),
        (FLAT, [5, 4, 3, 2.5, 2.4, 2, 1.5, 1.2, 1], "psnr", "own only"),
        (FLAT, [5, 4, 3, 2, 2, 2, 2, 2, 2], "psnr", "settled"),
        (FLAT, [5, 4, 3, 2, 2, 2, 2, 2, 2], "agreement", "noise"),
        ([30.0] * 9, [5, 4, 3, 2, 2, 2, 2, 2, 2], "psnr", ""),
        ([-90, -89, -88, -87.5, -87.4, -87.4, -87.4, -87.4, -87.4], [90.0] * 9, "elbo", "stopped"),
    ],
)
def test_curves_are_read(scores: list[float], losses: list[float], measure: str, kind: Kind) -> None:
    assert reading(account(scores, losses, measure)) == kind


def test_noise_of_the_pictures_to_judge_by_is_what_limits_a_model() -> None:
    flat = account(FLAT, [5, 4, 3, 2, 2, 2, 2, 2, 2], steps=5000)
    assert reading(flat) == "settled"
    # of 31 dB, noise of 5.1 makes half of the error, of 7.2 all of it
    assert reading(dataclasses.replace(flat, truth_noise=5.0, paired=True)) == "settled"
    limited = dataclasses.replace(flat, truth_noise=5.2, paired=True)
    assert reading(limited) == "noise"
    # damage was made on it, so that some of it can be told from that; less than 4 may be texture
    assert reading(dataclasses.replace(flat, truth_noise=5.2)) == "settled"
    assert reading(dataclasses.replace(flat, truth_noise=5.6)) == "noise"
    assert "is the noise of the pictures that it is judged by" in said(limited)
    sharp = account([score + 5 for score in FLAT], [5, 4, 3, 2, 2, 2, 2, 2, 2], truth_noise=3.9)
    assert reading(sharp) == "settled"
    rising = [30, 30.2, 30.4, 30.6, 30.7, 30.8, 30.9, 31.0, 31.1]
    assert reading(account(rising, [2.0] * 9, truth_noise=7.0)) == "improving"


def test_losses_that_differ_by_chance_do_not_fall() -> None:
    random = random_numbers(0)
    level = [0.05 * (1 + 0.3 * random.uniform(-1, 1)) for _ in range(60)]
    chance = Account("denoise", "Mine", scores=[(0, {"psnr": 30.0})], losses=list(enumerate(level, 1)))
    assert late_fall(chance) == 0.0
    falling = [value * (1 - 0.3 * at / 60) for at, value in enumerate(level)]
    assert late_fall(dataclasses.replace(chance, losses=list(enumerate(falling, 1)))) == pytest.approx(0.15, abs=0.05)


def test_curves_too_short_to_read_say_nothing() -> None:
    assert reading(Account("denoise", "Mine", scores=[(0, {"psnr": 30.0}), (1, {"psnr": 31.0})])) == ""


def said(told: Account) -> str:
    return " ".join(sentence.english() for sentence in verdict(told))


def test_two_baselines_are_told_in_decibels_and_structure() -> None:
    told = account(FLAT, [1.0] * 9, untouched={"psnr": 25.0, "ssim": 0.7})
    told.scores[-1][1]["psnr"] = 31.2
    told.scores[-1][1]["ssim"] = 0.91
    words = said(told)
    assert "On 5 pictures that it never saw it is 1.2 dB better than the model that it started from." in words
    assert "Against doing nothing it gains 6.2 dB (31.2 dB in all)." in words
    assert "0.910; of the pictures left alone 0.700" in words
    assert "worse on pictures unlike these" in words


def test_what_was_learned_from_is_not_called_unseen() -> None:
    told = account(FLAT, [1.0] * 9, untouched={"psnr": 25.0})
    words = said(dataclasses.replace(told, held_out=0))
    assert "On what it learned from it is" in words
    assert "There was too little to keep some apart" in words
    assert "never saw" not in words
    assert "too little to keep" not in said(told)


def test_a_run_of_a_few_steps_is_not_told_that_time_changes_nothing() -> None:
    flat = account([30.0] * 9, [2.0] * 9, steps=6, held_out=1)
    words = said(flat)
    assert "On 1 picture that it never saw it is no better" in words
    assert "or there was too little time" in words
    assert "It learned for 6 steps only: too few" in words
    assert "would change little" not in words
    assert "for 1 step only" in said(dataclasses.replace(flat, steps=1))
    # one that gained until its end says so, however short
    rising = [30, 30.2, 30.4, 30.6, 30.7, 30.8, 30.9, 31.0, 31.1]
    assert "more time would help" in said(account(rising, [2.0] * 9, steps=6))


def test_a_bound_that_fell_again_is_told_of_the_version_that_was_kept() -> None:
    fell = account([-9000, -7000, -6900, -6500, -6600, -6800, -7000, -7100, -7200], [90.0] * 9, "elbo", steps=5000)
    words = said(dataclasses.replace(fell, kept="last"))
    assert "its bound is -7200.0 nats" in words
    assert "got worse again towards the end" in words
    assert "last version was kept" in words
    assert "best version" not in words


def test_a_run_that_never_won_back_its_first_steps_is_not_blamed_on_the_pictures() -> None:
    fell = account([34.1, 33.7, 33.8, 33.8, 33.9, 33.9, 33.9, 33.9, 33.9], [3.0] * 9, start_scores={"psnr": 34.1})
    begun = dataclasses.replace(fell, start="photo-fast", steps=5000)
    assert reading(begun) == "from start"
    assert "a lower learning rate would help" in said(begun)
    assert "or there was too little time" in said(begun)
    assert "too few pictures" not in said(begun)
    assert reading(dataclasses.replace(begun, start="")) == "worse"


def test_a_run_with_a_critic_is_not_judged_by_its_curve() -> None:
    scores = [23.3, 23.2, 23.1, 23.1, 23.0, 23.0, 22.9, 22.9, 22.9]
    judged = account(scores, [3.0] * 9, untouched={"psnr": 22.5}, start_scores={}, steps=5000, kept="last")
    words = said(dataclasses.replace(judged, task="upscale"))
    assert "Against plain enlarging it gains 0.4 dB (22.9 dB in all)." in words
    assert "Judge it by the look of its pictures." in words
    assert "worse again" not in words
    assert "no better" not in said(dataclasses.replace(judged, untouched={"psnr": 23.5}))


def test_a_poor_model_that_began_with_nothing_is_told_of_a_better_beginning() -> None:
    scratch = account([20 + 0.5 * n for n in range(9)], [0.3] * 9, untouched={"psnr": 28.0}, start_scores={}, steps=40)
    advised = "let it start from a shipped model"
    assert advised in said(dataclasses.replace(scratch, start=""))
    assert advised not in said(dataclasses.replace(scratch, start="denoise-fast"))
    assert advised not in said(dataclasses.replace(scratch, start="", untouched={"psnr": 22.0}))


def test_a_plain_autoencoder_is_told_of_its_likelihood_and_no_bound() -> None:
    scores = [{"log_likelihood": -90.0 + n, "reconstruction": 90.0 - n, "psnr": 15.0 + n / 10} for n in range(9)]
    plain = dataclasses.replace(
        account([30.0] * 9, [90.0] * 9, steps=5000), task="vae", scores=[(n / 8, s) for n, s in enumerate(scores)]
    )
    words = said(plain)
    assert "is -82.0 nats" in words
    assert "15.8 dB PSNR" in words
    assert "more time would help" in words
    assert "bound" not in words


def test_what_more_time_would_not_help_is_not_blamed_on_time() -> None:
    forgot = account([30, 29.9, 29.8, 29.6, 29.5, 29.4, 29.3, 29.2, 29.0], [2.0] * 9, steps=5000)
    words = said(forgot)
    assert "it is no better than the model that it started from: that one knows pictures like yours already." in words
    assert "time" not in words
    nowhere = account(FLAT, [5, 4, 3, 2, 2, 2, 2, 2, 2], untouched={"psnr": 33.0}, start_scores={}, steps=5000)
    assert "It is no better than doing nothing." in said(nowhere)
    assert "give it more time" not in said(nowhere)


def test_agreement_is_not_called_psnr() -> None:
    correlogram = [0.0] * 81
    correlogram[40], correlogram[41] = 1.0, 0.31
    told = account(FLAT, [1.0] * 9, "agreement", residual={"kind": "noise", "correlogram": correlogram})
    words = said(told)
    assert "stands at 31.0 dB, +6.0 dB against leaving the noise in" in words
    assert "not PSNR" in words
    assert "never saw it is" not in words
    assert "has a pattern: pixels of it up to four apart are up to 31% alike" in words
    white = dataclasses.replace(told, residual={"kind": "noise", "correlogram": [0.0] * 40 + [1.0] + [0.02] * 40})
    assert "looks like noise" in said(white)


@pytest.mark.parametrize("measure", ["agreement", "simulated"])
def test_a_model_of_noisy_pictures_that_is_worse_than_their_noise_is_called_so(measure: str) -> None:
    known = {"untouched": {measure: 33.0}, "start_scores": {}, "steps": 5000}
    flat, losses = account(FLAT, [1.0] * 9, measure, **known), [1.0] * 9
    assert "-2.0 dB against leaving" in said(flat)
    assert "It is no better than doing nothing." in said(flat)
    rising = account([30, 30.2, 30.4, 30.6, 30.7, 30.8, 30.9, 31.0, 31.1], losses, measure, **known)
    assert "It is no better than doing nothing yet: give it more time" in said(rising)
    assert "start from a shipped model" in said(dataclasses.replace(rising, start=""))
    assert "doing nothing" not in said(account(FLAT, losses, measure))


def test_a_smoothed_curve_begins_at_its_first_value() -> None:
    assert smoothed([(0, 4.0), (1, 4.0), (2, 4.0)], 0.9) == [(0, pytest.approx(4.0)), (1, 4.0), (2, 4.0)]
    assert smoothed([(0, 1.0), (1, 3.0)], 0.0) == [(0, 1.0), (1, 3.0)]


def test_a_curve_that_grows_is_smoothed_where_it_has_grown() -> None:
    points, smoothing = [(0.0, 4.0), (0.1, 2.0)], Smoothing()
    first = list(smoothing.of(points, 0.9))
    assert first == smoothed(points, 0.9)
    points.append((0.2, 1.0))
    assert smoothing.of(points, 0.9) == smoothed(points, 0.9)
    whole = smoothed(points, 0.9)
    # a curve's past does not change: that it is not read again shows where it does
    points[0] = (0.0, 400.0)
    assert smoothing.of(points, 0.9) == whole
    assert smoothing.of(points, 0.5) == smoothed(points, 0.5)
    other = [(0.0, 7.0), (0.5, 6.0), (1.0, 5.0)]
    assert smoothing.of(other, 0.5) == smoothed(other, 0.5)


LOG = """step,seconds,megapixels,loss,rate,progress,psnr,ssim,event
0,0,0,nan,1,0,30,0.8,
5,50,1,0.5,1,0.4,31,0.85,
9,90,2,0.4,1,0.8,31.5,0.87,
7,70,2,0.45,1,0.6,31.2,0.86,said “C:\\Users\\anna”
9,90,2,0.41,1,0.8,31.6,0.88,
nonsense,,,,,,,,
"""


@pytest.fixture
def run(tmp_path: Path) -> Path:
    (tmp_path / "log.csv").write_text(LOG, encoding="utf-8")
    return tmp_path


def test_a_log_counts_once_what_was_done_again(run: Path) -> None:
    rows = history.read(run)
    assert [(row.step, row.progress, row.scores["psnr"]) for row in rows] == [
        *((0, 0.0, 30.0), (5, 0.4, 31.0), (7, 0.6, 31.2), (9, 0.8, 31.6))
    ]
    assert history.read(run / "nowhere") == []


def test_a_run_with_a_second_budget_is_read_by_its_seconds() -> None:
    parts = [(0.0, 0.0), (150.0, 0.5), (300.0, 1.0), (450.0, 0.75), (600.0, 1.0)]
    rows = [Row(n, seconds, progress, 0.1, {}) for n, (seconds, progress) in enumerate(parts)]
    assert shares(rows) == pytest.approx([0, 0.25, 0.5, 0.75, 1])
    assert shares(rows[:4]) == pytest.approx([0, 0.25, 0.5, 0.75]), "it is paused there"
    assert shares(rows[:3]) == [0.0, 0.5, 1.0]
    assert shares([Row(0, 30.0, math.nan, 0.1, {}), Row(1, 60.0, math.nan, 0.1, {})]) == pytest.approx([0.5, 1])
    assert shares([]) == []


class Page(HTMLParser):
    """Notes tags that are not closed, and what the page would fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.fetched: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta", "img", "input"):
            self.open.append(tag)
        self.fetched += [value or "" for name, value in attrs if name in ("src", "href")]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)


def test_the_report_stands_alone_in_two_languages(run: Path) -> None:
    told = {
        "pictures": 20,
        "held_out": 4,
        "doing_nothing": {"psnr": 25.0},
        "from": "photo-fast",
        "start": {"psnr": 30.0},
        "residual": {"kind": "noise", "correlogram": [0.0] * 40 + [1.0] + [0.0] * 40},
        "degradation": "photo",
        "device": "x86_64 processor, 4 threads",
    }
    card = Card("mine", "<My> & garden", "denoise", "photo-unet", {"widths": [8]}, training=told)
    (run / "examples.png").write_bytes(b"not really a picture")
    write_report(card, run, run / "report.html")
    text = (run / "report.html").read_text("utf-8")
    page = Page()
    page.feed(text)
    assert page.open == []
    assert page.fetched == ["data:image/png;base64,bm90IHJlYWxseSBhIHBpY3R1cmU="]
    assert "&lt;My&gt; &amp; garden" in text
    assert "it is 1.6 dB better than the model that it started from" in text
    assert "它從未見過的圖片" in text
    assert "<span lang='en'>x86_64 processor, 4 threads</span><span lang='zh-Hant'>x86_64 處理器" in text
    assert text.count("<svg") == 3
    # neither what the log says of a person's folders, nor where this one lies
    assert "anna" not in text
    assert str(run) not in text
    assert [p.name for p in run.iterdir() if "partial" in p.name] == []


def test_a_report_without_a_log_says_what_the_card_knows() -> None:
    card = Card("mine", "Mine", "upscale", "upscaler", {}, training={"validation": {"psnr": 30.0}})
    text = compose(card, account_of(card, []))
    assert "psnr 30" in text
    assert "<img" not in text


def test_a_report_that_cannot_be_is_refused_beforehand(tmp_path: Path) -> None:
    card = Card("mine", "Mine", "denoise", "none", {})
    for name in ("report.txt", "nowhere/report.html"):
        with pytest.raises(SettingsError):
            write_report(card, tmp_path, tmp_path / name)
    assert list(tmp_path.iterdir()) == []
