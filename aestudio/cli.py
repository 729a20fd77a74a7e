"""The command line's grammar and its exit codes; ``commands`` does the work.

0 all done or skipped; 1 some inputs failed; 2 the command was wrong; 3 nothing could start;
130 cancelled.
"""

from __future__ import annotations

import errno
import importlib
import signal
import sys
from typing import TYPE_CHECKING

from aestudio import __version__
from aestudio.errors import Cancelled, SettingsError, StudioError
from aestudio.settings import NAME_TEMPLATE

if TYPE_CHECKING:
    import argparse
    from types import FrameType

DONE, FAILED, WRONG, NOT_STARTED, CANCELLED = 0, 1, 2, 3, 130

COMMANDS = {
    "denoise": ("restore", "remove noise"),
    "upscale": ("restore", "enlarge (super-resolution)"),
    "generate": ("generate", "make new pictures with a VAE"),
    "encode": ("latents", "turn pictures into latent vectors"),
    "decode": ("latents", "turn latent vectors into pictures"),
    "train": ("train", "fit a model on your own pictures"),
    "evaluate": ("evaluate", "measure a model by a published protocol"),
    "models": ("models", "list what is installed, show one card; rename, export, import or delete your own"),
    "doctor": ("doctor", "show versions, devices and a timed self-test"),
}
FORMATS = ("keep", "png", "tiff", "jpeg", "webp", "avif", "jxl", "exr")


def is_command(arguments: list[str]) -> bool:
    """Return whether the arguments are for the command line, not for the window."""
    return bool(arguments) and (arguments[0] in COMMANDS or arguments[0] in ("-h", "--help", "--version"))


def run(arguments: list[str]) -> int:
    """Run a command and return its exit code; failures are said on standard error in one sentence each.

    Where nobody reads any more what is printed (``| head``), the run ends as if cancelled, without a word.
    """
    from aestudio.commands import say

    say.accept_any_text()
    try:
        code = _run(arguments)
        say.flush()
        return code
    except BrokenPipeError:
        say.fall_silent()
        return CANCELLED
    except OSError as error:
        # of a file it would have been said where it happened
        if error.errno not in (errno.ENOSPC, errno.EIO) or error.filename is not None:
            raise
        say.fall_silent()
        print(f"aestudio: Standard output cannot be written: {error.strerror}. Free some space there.", file=sys.stderr)
        return NOT_STARTED


def _run(arguments: list[str]) -> int:
    from aestudio.commands.signals import endings

    options = build_parser().parse_args(arguments)
    before = {number: signal.signal(number, _interrupt) for number in endings()}
    try:
        command = importlib.import_module(f"aestudio.commands.{COMMANDS[options.command][0]}")
        code: int = command.run(options)
        return code
    except (KeyboardInterrupt, Cancelled):
        print("Cancelled; finished files are kept.", file=sys.stderr)
        return CANCELLED
    except SettingsError as error:
        print(f"aestudio: {_with_options(error)}", file=sys.stderr)
        return WRONG
    except StudioError as error:
        print(f"aestudio: {_with_options(error)}", file=sys.stderr)
        return NOT_STARTED
    except PermissionError as error:
        advice = "Choose another folder; AESTUDIO_HOME is that of settings, models and journals."
        print(f"aestudio: {error.filename} may not be used by you. {advice}", file=sys.stderr)
        return NOT_STARTED
    finally:
        # what ends the process from here on has nothing left to interrupt
        for number, handler in before.items():
            signal.signal(number, handler or signal.SIG_DFL)


def _with_options(error: StudioError) -> str:
    """Return an error's sentences with the options that do what it advises; the window has the same advice."""
    advice = error.advice
    for deed, option in (("overwrite it", "--overwrite"), ("resume its run", "--resume")):
        if option not in advice:
            advice = advice.replace(deed, f"{deed} ({option})")
    return f"{error.what} {advice}".strip()


def _interrupt(signum: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    import argparse  # the window does without

    parser = argparse.ArgumentParser(
        prog="aestudio", description="Restores pictures with autoencoders. Without a command: opens the window."
    )
    parser.add_argument("--version", action="version", version=f"aestudio {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    made = {name: commands.add_parser(name, help=text, description=text) for name, (_, text) in COMMANDS.items()}
    for name in ("denoise", "upscale"):
        _add_restoration(made[name])
    made["denoise"].add_argument("--noise", default="auto", help="auto, or sigma in 8-bit units (0..100)")
    made["denoise"].add_argument("--strength", type=float, default=1.0, help="0..1: how much of the noise to remove")
    made["denoise"].add_argument("--strength-colour", type=float, help="0..1: the same for its colour (default: alike)")
    made["denoise"].add_argument("--detail", type=float, default=0.0, help="0..1: fine texture that is given back")
    made["upscale"].add_argument("--scale", type=float, default=4.0, help="more than 1, up to 16 (default 4)")
    made["upscale"].add_argument(
        "--clean", action="store_true", help="remove noise and the damage of JPEG first, by the model for photos"
    )
    _add_generate(made["generate"])
    _add_latents(made["encode"], made["decode"])
    for name in ("encode", "generate"):
        _add_max_pixels(made[name])
    _add_train(made["train"])
    _add_evaluate(made["evaluate"])
    _add_models(made["models"])
    made["doctor"].add_argument("--self-test", action="store_true", help="try every device, VAE and file format")
    made["doctor"].add_argument("--json", action="store_true", help="machine-readable")
    return parser


def _add_max_pixels(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--max-pixels", type=int, default=0, help="allow pictures of up to this many pixels")


def _add_device(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--device", default="auto", help="auto, cpu, cuda, cuda:N or mps")
    parser.add_argument("--precision", default="auto", help="auto, float32, bfloat16 or float16")


def _add_restoration(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("inputs", nargs="+", metavar="INPUT", help="a file, a folder or a glob")
    parser.add_argument("-o", "--out", required=True, help="a folder, or a file where there is one input")
    parser.add_argument("--model", help="a model's id (see: aestudio models)")
    parser.add_argument("--fast", action="store_true", help="take the fast model")
    parser.add_argument(
        "--ensemble", action="store_true", help="the mean of eight results, flipped and turned: better, 8 times slower"
    )
    _add_device(parser)
    parser.add_argument("--tile", default="auto", help="auto, or pixels")
    parser.add_argument("--format", default="keep", choices=FORMATS)
    parser.add_argument("--depth", default="keep", choices=("keep", "8", "16", "32f"))
    parser.add_argument("--quality", type=int, help="1..100, for lossy formats")
    parser.add_argument("--overwrite", action="store_true", help="replace results that exist")
    parser.add_argument("--resume", action="store_true", help="skip what the journal shows as done")
    parser.add_argument("--recursive", action="store_true", help="subfolders too; OUT keeps their structure")
    _add_max_pixels(parser)
    parser.add_argument("--no-metadata", action="store_true", help="carry only the colour profile, no recipe either")
    parser.add_argument("--no-recipe", action="store_true", help="do not write into results how they were made")
    parser.add_argument("--name-template", default=NAME_TEMPLATE, help=f"default {NAME_TEMPLATE}")
    parser.add_argument("--json", action="store_true", help="one line of JSON for each input")
    parser.add_argument("--quiet", action="store_true", help="only failures are said")


def _add_generate(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-o", "--out", required=True, help="a folder, or a picture file")
    parser.add_argument("--model", help="a VAE's id")
    parser.add_argument("--count", type=int, default=16)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--class", dest="class_name", help="for models with classes")
    parser.add_argument("--temperature", type=float, default=1.0, help="0..5; 1 is the prior itself")
    parser.add_argument("--truncation", type=float, help="leave out the oddest: no draw beyond so many sigma")
    parser.add_argument("--grid", action="store_true", help="one sheet instead of single files")
    parser.add_argument(
        "--path", nargs="*", metavar="PIN", help="a path from pin to pin, into a .gif, a .webp or a folder of frames; "
        "a pin is a seed, a picture, or a file of latent vectors (default: the --count draws of --seed)",
    )  # fmt: skip
    parser.add_argument("--steps", type=int, default=24, help="frames from pin to pin (default 24)")
    parser.add_argument("--shape", choices=("round", "straight", "smooth"), default="round", help="the path's shape")
    parser.add_argument("--loop", choices=("around", "back", "stop"), default="around", help="how the path ends")
    parser.add_argument("--seconds", type=float, default=0.05, help="how long a frame shows (default 0.05)")
    parser.add_argument("--side", type=int, default=256, help="pixels of a frame of a path (default 256)")
    parser.add_argument("--plays", type=int, default=0, help="how often an animation plays; 0: for ever")
    parser.add_argument("--overwrite", action="store_true")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quiet", action="store_true")
    _add_device(parser)


def _add_latents(encode: argparse.ArgumentParser, decode: argparse.ArgumentParser) -> None:
    encode.add_argument("inputs", nargs="+", metavar="INPUT")
    encode.add_argument("-o", "--out", required=True, help="FILE.npz or FILE.csv")
    encode.add_argument("--recursive", action="store_true")
    decode.add_argument("inputs", metavar="FILE", help="FILE.npz or FILE.csv, as encode writes them")
    decode.add_argument("-o", "--out", required=True, help="a folder, or a picture file where there is one vector")
    for parser in (encode, decode):
        parser.add_argument("--model", help="a VAE's id")
        parser.add_argument("--overwrite", action="store_true")
        parser.add_argument("--json", action="store_true", help="one line of JSON for each picture")
        parser.add_argument("--quiet", action="store_true")
        _add_device(parser)


def _add_train(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("task", choices=("denoise", "upscale", "vae"))
    parser.add_argument("folder", help="your pictures")
    parser.add_argument("folders", nargs="*", metavar="FOLDER", help="more of them")
    parser.add_argument(
        "--pairs", metavar="FOLDER", help="the inputs (noisy, or small), of the same names as their truth in the others"
    )
    parser.add_argument("--register", action="store_true", help="crop shifted pairs to what both files show")
    parser.add_argument("--name", required=True, help="the new model's id")
    parser.add_argument(
        "--self-supervised",
        action="store_true",
        help="learn from noisy pictures as they are, without clean ones: a folder, or one picture",
    )
    budget = parser.add_mutually_exclusive_group()
    budget.add_argument("--minutes", type=float, help="how long it learns, with what a resumed run has had before")
    budget.add_argument("--steps", type=int, help="the same, in steps")
    parser.add_argument("--batch", type=int, help="crops in a step, where the recipe's number does not suit the device")
    parser.add_argument("--patch", type=int, help="side of a crop in pixels, the same")
    parser.add_argument("--recipe", help="a TOML file, or the name of a shipped recipe")
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="KEY=VALUE",
        help="a field of the recipe, such as ema=0.99 or arguments.latent=8; may be given several times",
    )
    parser.add_argument("--tensorboard", action="store_true", help="write what TensorBoard shows into the run's folder")
    parser.add_argument("--from", dest="start", metavar="ID", help="begin with this model's weights")
    parser.add_argument("--teacher", metavar="ID", help="learn from this larger model's answers beside the truth")
    parser.add_argument("--resume", action="store_true", help="go on from the last checkpoint")
    parser.add_argument("--overwrite", action="store_true", help="replace the model of that name")
    parser.add_argument("--device", default="auto")
    parser.add_argument("--without", metavar="FILE", help="a text file of pictures to leave out, one a line")
    parser.add_argument(
        "--check", action="store_true", help="examine the pictures, say what is found, and train nothing"
    )
    parser.add_argument("--credit", default="", help="whose pictures they are, for the model's card")
    parser.add_argument("--licence", default="", help="the licence of the weights, for the model's card")
    parser.add_argument("--weights-folder", help="where the model goes (default: your own models)")
    parser.add_argument(
        "--title",
        default="",
        help="what it is called in lists (default: the recipe's title, or its name where another is called so)",
    )
    parser.add_argument("--rate", type=float, default=1.0, help="a factor of the recipe's learning rates")
    parser.add_argument("--report", metavar="FILE.html", help="write what came of it as a page of its own")
    parser.add_argument("--json", action="store_true", help="one line of JSON for each thing that happens")
    parser.add_argument(
        "--listen", action="store_true", help="take “stop” (the model is kept) and “pause” on standard input"
    )
    parser.add_argument(
        "--watch-crop",
        metavar="X,Y,SIZE",
        help="learning from one photo: keep a picture of this part of it as it is, at the start and now",
    )
    parser.add_argument(
        "--probe", action="store_true", help="train nothing: time a few steps on this device, say its pace and end"
    )
    parser.add_argument("--quiet", action="store_true")


def _add_models(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", nargs="?", help="show the card of one model")
    deed = parser.add_mutually_exclusive_group()
    deed.add_argument("--export", metavar="FILE", help="copy it, with its card, to FILE.safetensors or into a folder")
    deed.add_argument("--onnx", metavar="FILE", help="write it as FILE.onnx, checked by running it (a VAE: two files)")
    deed.add_argument("--import", dest="take_in", metavar="FILE", help="install a model that was exported")
    deed.add_argument("--rename", metavar="TITLE", help="what it is called in lists; its id stays")
    deed.add_argument("--delete", action="store_true", help="delete one of your own for good")
    parser.add_argument("--overwrite", action="store_true", help="replace FILE where it exists")
    parser.add_argument("--json", action="store_true", help="one line of JSON for each card, or for what was done")


def _add_evaluate(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("task", choices=("denoise", "photo", "jpeg", "upscale", "vae"))
    parser.add_argument("sets", nargs="+", metavar="SET", help="a folder of clean pictures, or a protocol's name")
    parser.add_argument("--data", default="../shared/data", help="where named sets lie")
    parser.add_argument("--model")
    parser.add_argument("--sigma", type=float, action="append", help="may be given several times")
    parser.add_argument("--clipped", action="store_true", help="noise rounded and clipped as files store it")
    parser.add_argument("--scale", type=int, help="upscale: of a model of this scale (default 4)")
    parser.add_argument("--quality", type=int, action="append")
    parser.add_argument("--samples", type=int, default=100, help="importance samples (vae)")
    parser.add_argument("--every", type=int, default=1, help="importance samples of every n-th picture only (vae)")
    parser.add_argument("--record", action="store_true", help="write the means onto the model's card")
    parser.add_argument("--json", action="store_true")
    _add_device(parser)
