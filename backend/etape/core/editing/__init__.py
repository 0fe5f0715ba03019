"""The write API of every noun, the same for all: `/manage/…` drafts, publication, history, undo.

A room says what its noun is, who may edit it and what follows a publication; operations,
preconditions and contract are written here, once.
"""

from typing import Any

from fastapi import APIRouter
from pydantic import create_model

from etape.core.drafts import draft_shape
from etape.core.editing.acts import add_acts
from etape.core.editing.drafting import add_drafting
from etape.core.editing.noun import Editing
from etape.core.editing.reading import add_reading
from etape.core.editing.shapes import Consequence, Managed
from etape.core.http import Route

__all__ = ["Consequence", "Editing", "editing_router"]


def editing_router(*edited: Editing) -> APIRouter:
    """Return the operations by which these nouns are written."""
    router = APIRouter(route_class=Route)
    for editing in edited:
        content: Any = editing.noun.content
        draft = draft_shape(content)
        managed = _managed_shape(content, draft)
        add_reading(router, editing, managed)
        add_drafting(router, editing, managed, draft)
        add_acts(router, editing)
    return router


def _managed_shape(content: Any, draft: Any) -> type[Managed[Any, Any]]:
    name = f"Managed{draft.__name__.removesuffix('Draft')}"
    return create_model(name, __base__=Managed[content, draft], __doc__=Managed.__doc__)
