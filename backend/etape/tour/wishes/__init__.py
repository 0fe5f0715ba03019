"""Wishes: what somebody may ask of a stop now, judged before anything is locked."""
