"""Étape: the open platform for public funding programmes on the road."""
