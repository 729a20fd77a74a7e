"""Parts shared by the tabs."""
