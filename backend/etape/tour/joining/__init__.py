"""Attending online: opening the link of a session is the check-in."""
