"""What templates read, made by hand: a directory of sheets without a directory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import count
from typing import Any

_WORDS = ("code", "second", "commune", "address", "summary", "description", "hours", "photo", "photo_alt", "initials")
_LISTS = ("contacts", "skills", "organizations", "details")
_rank = count()


def sheet_of(title: str, **said: Any) -> dict[str, Any]:
    """A sheet as `services.printing.sheets` tells it."""
    plain = dict.fromkeys(_WORDS, "") | {name: [] for name in _LISTS}
    return {
        **plain,
        "id": f"{next(_rank):032x}",
        "kind": "person",
        "first": "N",
        "title": title,
        "anchored": True,
        **said,
    }


def front_of(paper: str = "a5", **options: Any) -> dict[str, Any]:
    """What every template prints around its sheets."""
    width, height = {"a4": (210, 297), "a5": (148, 210)}[paper]
    chosen = {"columns": "auto", "cover": False, "notice": True, **options}
    said = {"title": "Annuaire d’essai", "space": "Réseau", "season": "Automne 2026", "date": "22 novembre 2026"}
    said |= {"audience": "Réservé aux membres", "contact": "", "words": ""}
    page = {"code": paper, "width": width, "height": height}
    return {**said, "edition": 3, "invented": False, "paper": page, "options": chosen}


def directory_of(
    people: Sequence[dict[str, Any]], *, contents: bool = False, letters: bool = False, paper: str = "a5"
) -> dict[str, Any]:
    """A directory of people with an index of names, one of skills if there are any."""
    heads = sorted({sheet["first"] for sheet in people}) if letters else [""]
    groups = [
        {"title": head, "by": "letter", "sheets": [s for s in people if not letters or s["first"] == head]}
        for head in heads
    ]
    skills = {word: [s["id"] for s in people if word in s["skills"]] for s in people for word in s["skills"]}
    indexes = [
        _index("Qui sait faire quoi ?", skills.items()),
        _index("Tous les noms", [(s["title"], [s["id"]]) for s in people]),
    ]
    return {
        "front": front_of(paper),
        "sections": [{"kind": "person", "title": "Personnes", "groups": groups}],
        "indexes": [index for index in indexes if index["entries"]],
        "contents": contents,
        "counted": f"{len(people)} fiches",
        "map": {},
        "cover_map": {},
    }


def _index(title: str, entries: Iterable[tuple[str, list[str]]]) -> dict[str, Any]:
    return {"title": title, "entries": [{"label": label, "ids": ids} for label, ids in entries]}
