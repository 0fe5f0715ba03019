"""Sessions: what happens at a stop, who speaks, and how many seats there are."""
