"""Files that editors upload, and that calls, stops and sessions link to."""
