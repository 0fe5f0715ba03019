"""Awards over HTTP."""

from etape.core.editing import Editing, editing_router
from etape.funding.awards import service
from etape.identity.members.rules import FUNDING_EDITOR

editing = editing_router(
    Editing(
        noun=service.AWARD,
        path="awards",
        tag="money",
        policy=FUNDING_EDITOR,
        listing=FUNDING_EDITOR,
        problems=[service.UnknownWave],
    )
)
