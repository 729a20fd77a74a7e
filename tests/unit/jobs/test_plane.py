"""Planes through a latent space: a point and the vector it stands for."""

from __future__ import annotations

import numpy as np
import pytest

from aestudio.errors import SettingsError
from aestudio.jobs.plane import FLAT, Plane, through


def test_a_point_goes_to_its_vector_and_back() -> None:
    plane = Plane((1.0, 2.0, 3.0), (1.0, 0.0, 0.0), (1.0, 2.0, 0.0))
    vector = plane.vector(0.5, -2)
    assert vector == (-0.5, -2, 3)
    assert plane.place(np.array([vector], np.float32))[0] == pytest.approx((0.5, -2))
    # what lies off the plane goes to the nearest point of it
    assert plane.place(np.array([[-0.5, -2, 9]], np.float32))[0] == pytest.approx((0.5, -2))
    assert FLAT.vector(3, 4) == (3, 4)


def test_two_directions_span_a_plane_or_it_is_said() -> None:
    plane = through((0.0, 0.0, 1.0), (1.0, 0.0, 0.0), (1.0, 1.0, 0.0), ("smiling", "older"))
    assert plane.vector(1, 1) == (2, 1, 1)
    assert plane.names == ("smiling", "older")
    for second in ((-2.0, 0.0, 0.0), (0.0, 0.0, 0.0)):
        with pytest.raises(SettingsError, match="span no plane"):
            through((0.0, 0.0, 1.0), (1.0, 0.0, 0.0), second)
    with pytest.raises(SettingsError, match="different"):
        Plane((0.0, 0.0), (1.0,), (0.0, 1.0))
