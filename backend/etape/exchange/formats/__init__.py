"""One module per format of the field, above how any of them is read: lines, tables, values.

A format is pure: it makes contents of lines and asks nobody. What it cannot read for certain, it
says; it never guesses.
"""
