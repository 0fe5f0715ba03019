"""Programmes, envelopes, and who funds what."""
