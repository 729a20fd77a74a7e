"""Files to pictures and back, with nothing lost: ``reader`` and ``writer`` face the rest of the program."""
