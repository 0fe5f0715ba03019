"""The tour: its stops and sessions, and who comes to them."""
