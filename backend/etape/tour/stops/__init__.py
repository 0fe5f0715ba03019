"""Tours and their stops, as announced."""
