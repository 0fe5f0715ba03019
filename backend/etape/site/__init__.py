"""Whose site this is: its name, its brand, who answers for it and how to write to them."""
