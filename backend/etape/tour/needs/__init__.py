"""What people need to take part: asked for by them, answered by the team of the stop, sealed."""
