"""The questions of calls and their answers over time: listed, and found in the one search box."""
