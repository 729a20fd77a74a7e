"""Fitting networks: data, degradations, recipes, the loop and its checkpoints."""
