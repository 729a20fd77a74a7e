"""Measurements of speed and memory, printed as tables; nothing here asserts anything."""
