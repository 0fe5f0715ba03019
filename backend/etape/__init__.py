"""Étape: the open platform for public funding programmes on the road."""

__version__ = "1.0.0"
"""The version of the service and of its contract: the only place that says it."""
