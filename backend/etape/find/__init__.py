"""One search box over everything that is published: calls, questions, stops and sessions."""
