"""Files become what is published: whole, once, and each line that does not says why."""
