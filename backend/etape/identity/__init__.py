"""Who asks and what they may do: the team, their sign-in and sessions, API keys."""
