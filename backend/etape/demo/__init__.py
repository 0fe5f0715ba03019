"""The demo: real facts of 2022, and a fictitious next edition dated from today."""
