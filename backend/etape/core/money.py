"""An amount of money in words. Amounts are integer cents, here as everywhere."""

from etape.core.dates import NBSP
from etape.core.texts import Localized


def euros(cents: int) -> Localized:
    """Return an amount as each language writes it, its cents where it has some."""
    whole, rest = divmod(cents, 100)
    grouped = f"{whole:,}" + (f".{rest:02}" if rest else "")
    french = grouped.replace(",", "\N{NARROW NO-BREAK SPACE}").replace(".", ",")
    return Localized(fr=f"{french}{NBSP}€", en=f"€{grouped}")
