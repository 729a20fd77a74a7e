"""The ways to learn, in plain words: which of them a task has, and what a person brings for each."""

from __future__ import annotations

from enum import Enum

from aestudio.ui.language import tr


class Way(Enum):
    """What a model learns from."""

    CLEAN = "clean"
    PAIRS = "pairs"
    NOISY = "noisy"
    PHOTO = "photo"

    @property
    def self_supervised(self) -> bool:
        """Whether there are noisy pictures alone, without clean ones."""
        return self in (Way.NOISY, Way.PHOTO)


OF_TASK = {
    "denoise": (Way.CLEAN, Way.PAIRS, Way.NOISY, Way.PHOTO),
    "upscale": (Way.CLEAN, Way.PAIRS),
    "vae": (Way.CLEAN,),
}


def title(way: Way, task: str, photo: str = "") -> str:
    """Return a way's name; ``photo`` is the name of the one that is open."""
    if task == "vae":
        return tr("Pictures of one kind")
    return {
        Way.CLEAN: tr("Clean pictures"),
        Way.PAIRS: tr("Pairs: each picture twice"),
        Way.NOISY: tr("Noisy pictures alone"),
        Way.PHOTO: tr("The photo that is open: {name}").format(name=photo),
    }[way]


def words(way: Way, task: str) -> str:
    """Return what happens, as a sentence or two."""
    if task == "vae":
        return tr("The model learns what your pictures have in common, and makes new ones like them.")
    enlarges = task == "upscale"
    return {
        Way.CLEAN: tr("Your clean, sharp pictures are made small here, and the model learns to undo that.")
        if enlarges
        else tr("Your clean, sharp pictures are made noisy here, and the model learns to undo that."),
        Way.PAIRS: tr("Two folders, matched by file name: large pictures, and the same ones small.")
        if enlarges
        else tr("Two folders, matched by file name: clean pictures, and the same ones noisy."),
        Way.NOISY: tr(
            "No clean pictures are needed: it learns which part of a picture cannot be foretold from the rest."
        ),
        Way.PHOTO: tr("It learns this photo's own noise from the photo itself, starting from the model for photos."),
    }[way]


def folder_title(way: Way, task: str) -> str:
    """Return what the first folder holds."""
    if task == "vae":
        return tr("A folder of pictures")
    if way is Way.NOISY:
        return tr("A folder of noisy pictures")
    if way is Way.PAIRS and task == "upscale":
        return tr("The large pictures")
    if way is Way.PAIRS:
        return tr("The clean pictures")
    return tr("A folder of clean, sharp pictures")


def pairs_title(task: str) -> str:
    """Return what the second folder of pairs holds."""
    return tr("The small pictures") if task == "upscale" else tr("The noisy pictures")
