"""The closings of calls, in order: a list, and calendars that one subscribes to."""
