"""Calls as they are searched: by words and filters, each with why it was found."""
