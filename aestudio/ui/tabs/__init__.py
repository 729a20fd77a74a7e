"""One tab per task."""
