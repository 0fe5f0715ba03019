"""The floor every room stands on: no word of the programme lives here."""
