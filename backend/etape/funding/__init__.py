"""The money: programmes and their envelopes, and the calls that give it out in waves."""
