"""Changes: what somebody does to their registration by the mailed link."""
