"""The published protocols, so that a figure of ours means what theirs means."""
