"""A call on one page of paper, for whoever signs."""
