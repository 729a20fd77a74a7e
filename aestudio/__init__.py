"""aestudio: restores pictures with autoencoders, on the machine in front of you."""

__version__ = "0.1.0"

TITLE = "AE Studio"
"""What menus and stores call the program."""
APP_ID = "org.aestudio.Studio"
"""Its name among desktop files, icons and macOS bundles: they ask for a reversed domain."""
