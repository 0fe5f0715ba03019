"""What changed in a call, for everybody to read: each publication, and between any two days."""
