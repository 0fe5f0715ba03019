"""Who did what, and who looked at whom: the journal in words, for coordinators."""
