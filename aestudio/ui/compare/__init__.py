"""Models and files beside each other: panes with one zoom and place, a blind vote, figures against a reference."""
