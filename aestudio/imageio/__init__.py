"""Files to pictures and back, with nothing lost."""

from aestudio.imageio.picture import Metadata, Picture, PictureInfo
from aestudio.imageio.reader import (
    DEFAULT_MAX_PIXELS,
    READ_SUFFIXES,
    PictureReader,
    open_picture,
    read_info,
    read_picture,
    read_thumbnail,
)
from aestudio.imageio.values import from_unit, to_display8, to_unit
from aestudio.imageio.writer import WRITE_FORMATS, OutputInfo, PictureWriter, create_picture, losses, plan_output

__all__ = [
    "DEFAULT_MAX_PIXELS",
    "READ_SUFFIXES",
    "WRITE_FORMATS",
    "Metadata",
    "OutputInfo",
    "Picture",
    "PictureInfo",
    "PictureReader",
    "PictureWriter",
    "create_picture",
    "from_unit",
    "losses",
    "open_picture",
    "plan_output",
    "read_info",
    "read_picture",
    "read_thumbnail",
    "to_display8",
    "to_unit",
]
