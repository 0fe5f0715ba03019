"""After a stop: how many came, as counted here, and what they say of it, without their name."""
