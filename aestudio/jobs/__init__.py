"""Work as data: what the window asks of the engine process, and what it hears back."""
