"""The day of a stop: tickets, who came, and the chairs of those who did not."""
