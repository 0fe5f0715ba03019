"""People and their data: told, taken away and erased, on request or because time has passed."""
