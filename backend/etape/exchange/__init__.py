"""The field's formats, and what goes in and out by them."""
