"""The days of stops, in order, as calendars that one subscribes to."""
