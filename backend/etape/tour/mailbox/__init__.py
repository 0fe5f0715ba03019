"""What comes back to the mailbox of the calendar entries: seats declined, and letters returned."""
