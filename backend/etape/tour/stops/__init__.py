"""Tours, stops and sessions as announced."""
