"""The id of a new record: derived from what it says where two PCs must create the same row, new otherwise.

The rule is permanent, like numbers: rows of other PCs already bear such ids.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

from appli.domain.fields import Kind
from appli.domain.ids import RecordId, derived_id, new_id
from appli.domain.kinds.judgement import judgement_ends
from appli.domain.kinds.link import link_ends


def id_for(kind: Kind, values: Mapping[str, Any], at: int | None = None) -> RecordId:
    """The id of a record of this kind with these values; words count without accents and capitals."""
    if not kind.info.derived_from:
        return new_id(at)
    if kind.code == "link":
        one, other = link_ends(values["from_id"], values["to_id"], values["role"])
        return derived_id("link", one, other, values["role"])
    if kind.code == "judgement":
        return derived_id("judgement", *judgement_ends(values["one"], values["other"]))
    return derived_id(kind.code, *(_part(kind, name, values[name]) for name in kind.info.derived_from))


def _part(kind: Kind, name: str, value: Any) -> str:
    return word_key(str(value)) if kind.fields[name].type.code == "text" else str(value)


def word_key(text: str) -> str:
    """What makes two writings one term. Not the folding of the search, which may grow wiser: this may not.

    « C++ » and « C# » are not « C ».
    """
    if text.isascii() and text.isalnum():
        return text.lower()
    folded = unicodedata.normalize("NFKD", text).casefold().replace("œ", "oe").replace("æ", "ae")
    letters = (c if c.isalnum() or c in "+#" else " " for c in folded if not unicodedata.combining(c))
    return " ".join("".join(letters).split()) or text.strip()
