"""The training studio: a run in a process of its own, and the window in which it is asked for and watched."""
