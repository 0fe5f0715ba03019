"""The privacy notice of the service: what it says, whether it is whole, and who read it."""
