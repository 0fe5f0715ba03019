"""Who was given money, for which project, out of which call."""
