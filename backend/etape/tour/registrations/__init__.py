"""Who comes: registrations, and the seats they take."""
