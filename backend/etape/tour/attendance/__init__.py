"""Who came: the figures of the day, the chairs of those who did not, the sheets."""
