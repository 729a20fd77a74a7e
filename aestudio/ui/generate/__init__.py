"""The parts of the generate page: what lies on its map, and what is found there."""
