"""How often one may ask: a general limit on every request, strict ones on what costs others.

A strict limit is declared beside the route's policy, counted in PostgreSQL before the request's own
transaction; the general one costs no SQL. Fields: draft-ietf-httpapi-ratelimit-headers-11.
"""

import json
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from http import HTTPStatus
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from math import ceil
from time import time
from typing import Any

from limits import RateLimitItem, RateLimitItemPerSecond
from limits.aio.strategies import FixedWindowRateLimiter
from limits.errors import StorageError
from pydantic import validate_email
from pydantic_core import PydanticCustomError
from typing_extensions import override

from etape.core.access import Actor, Credentials, Endpoint
from etape.core.counters import InMemory, InPostgres, InRedis
from etape.core.database import Database
from etape.core.problems import Problem, Unavailable
from etape.core.settings import Settings
from etape.core.texts import Localized

NETWORK_BITS = {4: 24, 6: 64}
"""What is one network: a household or an office has a /64, a hospital's exits share a /24."""
CALLERS_AT_MOST = 10_000
_LIMIT = "__limit__"
_MINUTE, _HOUR = 60, 3600


@dataclass(frozen=True, kw_only=True)
class Quota:
    """So many requests in so many seconds; `name` is the policy's in the RateLimit fields."""

    name: str
    amount: int
    seconds: int

    @property
    def prose(self) -> str:
        """The quota in words."""
        spans = {_MINUTE: "a minute", _HOUR: "an hour", 24 * _HOUR: "a day"}
        span = spans.get(self.seconds, f"in {self.seconds // _MINUTE} minutes")
        return f"{self.amount:,} {span}"


NETWORK = Quota(name="network", amount=6_000, seconds=_MINUTE)
"""Two hundred people of one hospital who register in the same minute ask some 3,000 times."""
MEMBER = Quota(name="member", amount=6_000, seconds=_MINUTE)
KEY = Quota(name="key", amount=12_000, seconds=_MINUTE)


@dataclass(frozen=True, kw_only=True)
class Limit:
    """A strict limit on an act: for each network, and for each e-mail address that it is done to.

    `field` names the address in the body.
    """

    network: Quota
    target: Quota | None = None
    field: str = "email"

    @property
    def prose(self) -> str:
        """The limit as the contract's prose says it."""
        of_target = f", {self.target.prose} for one e-mail address" if self.target else ""
        return f"At most {self.network.prose} from one network{of_target}."

    @property
    def contract(self) -> list[dict[str, Any]]:
        """The limit as the contract says it to programs."""
        parts = [("network", self.network), ("address", self.target)]
        return [
            {"name": quota.name, "quota": quota.amount, "window": quota.seconds, "per": per}
            for per, quota in parts
            if quota
        ]


def limited(limit: Limit) -> Callable[[Endpoint], Endpoint]:
    """Declare the strict limit of an operation; written beside its policy."""

    def declare(endpoint: Endpoint) -> Endpoint:
        setattr(endpoint, _LIMIT, limit)
        return endpoint

    return declare


def limit_of(endpoint: Callable[..., Any]) -> Limit | None:
    """Return the strict limit of an operation, if it declares one."""
    limit: Limit | None = getattr(endpoint, _LIMIT, None)
    return limit


class TooManyRequests(Problem):
    """A quota is spent; `limit` names it, and Retry-After says when there is more."""

    status = HTTPStatus.TOO_MANY_REQUESTS
    title = Localized(fr="Trop de demandes", en="Too many requests")
    detail = Localized(
        fr="Trop de demandes en peu de temps : celle-ci n’a pas été traitée. "
        "L’en-tête Retry-After dit dans combien de secondes recommencer.",
        en="Too many requests in a short time: this one was not carried out. "
        "The Retry-After header says in how many seconds to try again.",
    )

    def __init__(self, spent: "Spent") -> None:
        wait = _wait_text(spent.seconds)
        super().__init__(
            Localized(
                fr="Trop de demandes en peu de temps : celle-ci n’a pas été traitée. "
                f"Réessayez dans {wait.fr}.",
                en="Too many requests in a short time: this one was not carried out. "
                f"Try again in {wait.en}.",
            ),
            headers={"Retry-After": str(spent.seconds)},
            limit=spent.quota.name,
        )


def _wait_text(seconds: int) -> Localized:
    if seconds < 2 * _MINUTE:
        return Localized(fr=f"{seconds} s", en=f"{seconds} s")
    minutes = ceil(seconds / _MINUTE)
    return Localized(fr=f"{minutes} minutes", en=f"{minutes} minutes")


class _Allowance(RateLimitItemPerSecond):
    """A quota as `limits` knows it. Its key is written at each request, so it is a short one."""

    @override
    def key_for(self, *identifiers: bytes | str | float) -> str:
        return f"{self.namespace}/{identifiers[0]!s}"


@dataclass(frozen=True, slots=True)
class Spent:
    """Where a caller stands with one quota; `is_told` unless others' requests would show in it."""

    quota: Quota
    amount: int
    left: int
    seconds: int
    is_told: bool


@dataclass(slots=True)
class Tally:
    """What one request spent, which its answer tells, whatever that is."""

    spent: list[Spent] = field(default_factory=list)

    @property
    def headers(self) -> dict[str, str]:
        """The RateLimit fields."""
        if not self.spent:
            return {}
        policies = (f'"{s.quota.name}";q={s.amount};w={s.quota.seconds}' for s in self.spent)
        told = (f'"{s.quota.name}";r={s.left};t={s.seconds}' for s in self.spent if s.is_told)
        return {"RateLimit-Policy": ", ".join(policies), "RateLimit": ", ".join(told)}


class Limits:
    """The limits of one process, and the callers that it recognised lately."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self._is_on = settings.limits
        self._scale = settings.limits_scale
        self._trusted = settings.trusted_proxies
        url = settings.redis_url
        self._shared = InRedis(url) if url else None
        self._general = FixedWindowRateLimiter(self._shared or InMemory())
        self._strict = FixedWindowRateLimiter(InPostgres(database, settings.secret))
        self._items: dict[Quota, RateLimitItem] = {}
        self._callers: OrderedDict[Credentials, tuple[Quota, str]] = OrderedDict()

    async def close(self) -> None:
        """Close the connections to Redis, if any."""
        if self._shared is not None:
            await self._shared.close()

    def recognised(self, shown: Credentials, actor: Actor) -> None:
        """Have what these credentials ask from now on counted as theirs.

        Until then it is their network's: a key made up for each request is no new caller.
        """
        if actor.key_id or actor.member_id:
            caller = (KEY, str(actor.key_id)) if actor.key_id else (MEMBER, str(actor.member_id))
            self._callers[shown] = caller
            if len(self._callers) > CALLERS_AT_MOST:
                self._callers.popitem(last=False)

    async def count_request(self, tally: Tally, network: str, shown: Credentials) -> None:
        """Count one request of a caller. Raises TooManyRequests."""
        if self._is_on:
            quota, who = self._callers.get(shown) or (NETWORK, network)
            await self._spend(tally, self._general, quota, who)

    async def count_act(self, tally: Tally, limit: Limit, network: str, body: bytes) -> None:
        """Count one act of a network, and to an address. Raises TooManyRequests, Unavailable."""
        if not self._is_on:
            return
        target = _address_in(body, limit.field) if limit.target else None
        try:
            await self._spend(tally, self._strict, limit.network, network)
            if limit.target and target:
                await self._spend(tally, self._strict, limit.target, target, is_told=False)
        except StorageError:
            raise Unavailable from None

    async def take(self, quota: Quota, who: str) -> bool:
        """Take one of a quota that no answer tells; return whether there was one left."""
        return not self._is_on or await self._general.hit(self._item(quota), who)

    async def _spend(
        self,
        tally: Tally,
        limiter: FixedWindowRateLimiter,
        quota: Quota,
        who: str,
        *,
        is_told: bool = True,
    ) -> None:
        item = self._item(quota)
        is_spent = limiter is self._strict and not await limiter.test(item, who)
        is_within = not is_spent and await limiter.hit(item, who)
        stats = await limiter.get_window_stats(item, who)
        seconds = max(1, ceil(stats.reset_time - time()))
        spent = Spent(quota, item.amount, stats.remaining, seconds, is_told or not is_within)
        tally.spent.append(spent)
        if not is_within:
            raise TooManyRequests(spent)

    def _item(self, quota: Quota) -> RateLimitItem:
        item = self._items.get(quota)
        if item is None:
            amount = max(1, round(quota.amount * self._scale))
            item = _Allowance(amount, quota.seconds, namespace=quota.name)
            self._items[quota] = item
        return item

    def network_of(self, peer: str, forwarded: Sequence[str]) -> str:
        """Return the network that a request comes from.

        What X-Forwarded-For says is believed as far as our own proxies wrote it: from the right, up
        to the first address that is not one of them.
        """
        address = _address(peer)
        if self._trusted and forwarded:
            hops = [hop for line in forwarded for hop in line.split(",")]
            while hops and any(address in known for known in self._trusted):
                before = _address(hops.pop())
                if before is None:
                    break
                address = before
        return _network_of(address)


@lru_cache(maxsize=4096)
def _address(said: str) -> IPv4Address | IPv6Address | None:
    """Return an address, written with its port or without; None where there is none."""
    host = said.strip()
    if host.startswith("["):
        host = host[1:].partition("]")[0]
    elif host.count(":") == 1:
        host = host.partition(":")[0]
    try:
        address = ip_address(host)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


@lru_cache(maxsize=4096)
def _network_of(address: IPv4Address | IPv6Address | None) -> str:
    if address is None:
        return "unknown"
    return str(ip_network((address, NETWORK_BITS[address.version]), strict=False))


def _address_in(body: bytes, name: str) -> str | None:
    """Return the e-mail address in a body, read as its shape reads it: spellings are one target."""
    try:
        return validate_email(json.loads(body)[name])[1].casefold()
    except (LookupError, TypeError, ValueError, RecursionError, PydanticCustomError):
        return None
