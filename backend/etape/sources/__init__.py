"""Where a figure comes from: sources, and what each of them states about a thing."""
