"""A stop, or one of its rooms, on a poster."""
