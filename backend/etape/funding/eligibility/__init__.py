"""Whether a structure, or a consortium, may answer a call: criteria, and what becomes of them."""
