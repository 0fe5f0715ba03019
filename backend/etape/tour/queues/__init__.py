"""Queues: who waits for a seat, and who is moved up when one is freed."""
