"""One search box over everything that is published: calls, stops and sessions."""
