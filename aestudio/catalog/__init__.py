"""What models exist: cards read from the headers of weight files, without torch."""
