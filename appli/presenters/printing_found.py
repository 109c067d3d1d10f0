"""What the list shows, as an edition of the directory: « Imprimer la liste… »."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from appli.i18n import _
from appli.store.index_model import Query

if TYPE_CHECKING:
    from appli.services.printing.edition import Edition


def found_edition(query: Query) -> Edition:
    """The search, the filters and the circle of the list."""
    from appli.services.printing.edition import new_edition

    text = query.text.strip()
    title = _("Fiches trouvées : {text}").format(text=text) if text else _("Fiches choisies")
    by_group = {group: tuple(sorted(values)) for group, values in query.filters}
    narrowed = bool(text or by_group or query.near)
    return replace(
        new_edition("directory", title if narrowed else ""),
        text=text,
        kinds=by_group.pop("kind", ()) if narrowed else new_edition("directory").kinds,
        communes=by_group.pop("commune", ()),
        filters=tuple(sorted(by_group.items())),
        near=query.near,
    )
