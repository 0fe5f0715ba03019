"""Writing all that is published in our own format, each thing after those that it names."""

from collections.abc import AsyncIterator
from graphlib import CycleError, TopologicalSorter

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from etape.core.publishing import Aggregate, ReferenceRow, contents_of
from etape.exchange.formats import native

BATCH = 500


class CircularReference(RuntimeError):  # noqa: N818 - a state of the world, not a mistake
    """Things name each other in a circle: no order lets an import publish them one by one."""


async def export_lines(session: AsyncSession) -> AsyncIterator[str]:
    """Yield a line for each thing that is published. Raises CircularReference."""
    wanted = select(Aggregate).where(col(Aggregate.is_published))
    ordered = wanted.order_by(col(Aggregate.noun), col(Aggregate.slug))
    published = {(each.noun, each.slug): each for each in await session.exec(ordered)}
    names = {each.subject_id: key for key, each in published.items()}
    graph: dict[tuple[str, str], list[tuple[str, str]]] = {key: [] for key in published}
    for reference in await session.exec(select(ReferenceRow)):
        named = (reference.to_noun, reference.to_slug)
        graph[names[reference.subject_id]].append(named)
    try:
        order = list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        circle = " → ".join(" ".join(key) for key in error.args[1])
        raise CircularReference(f"these name each other, unlink one: {circle}") from None
    for start in range(0, len(order), BATCH):
        batch = [published[key] for key in order[start : start + BATCH]]
        contents = await contents_of(session, batch)
        for each in batch:
            yield native.write(each.noun, contents[each.subject_id])
