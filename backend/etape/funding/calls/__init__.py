"""Calls: what is funded, for whom, and until when."""
