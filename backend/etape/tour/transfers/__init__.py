"""Transfers: somebody who cannot come gives their seats to a colleague who accepts."""
