"""How often a lost link may be asked for."""

from etape.core.limits import Limit, Quota

ASKING = Limit(
    network=Quota(name="lost-links", amount=60, seconds=600),
    target=Quota(name="lost-links-address", amount=5, seconds=3600),
)
"""Nobody's mailbox is filled, and nobody tries a list of addresses."""
