"""Seats: taking them, giving them back, and moving people up from the waiting list."""
