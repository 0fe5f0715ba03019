"""What is published goes out, to be read elsewhere."""
