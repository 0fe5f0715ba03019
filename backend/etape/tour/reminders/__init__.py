"""Reminders before a stop, and thanks after it: each letter once, and only while it is true."""
