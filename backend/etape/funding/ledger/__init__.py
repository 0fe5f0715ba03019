"""The ledger: what was allocated, committed, awarded and paid, added to and never rewritten."""
