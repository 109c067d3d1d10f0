"""People and organizations as vCard 3.0, the version that telephones and mail programs all read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import vobject


@dataclass(frozen=True, slots=True)
class OutCard:
    """One address card. `tels` and `links` are values as one reads them."""

    uid: str
    name: str
    given: str = ""
    family: str = ""
    organization: str = ""
    role: str = ""
    note: str = ""
    tels: Sequence[tuple[str, str]] = ()
    """(CELL or VOICE, number)."""
    emails: Sequence[str] = ()
    links: Sequence[str] = ()
    categories: Sequence[str] = ()
    street: str = ""
    postcode: str = ""
    town: str = ""
    country: str = ""
    position: tuple[float, float] | None = None


def vcard_bytes(cards: Iterable[OutCard]) -> bytes:
    """The cards, one after the other."""
    return "".join(_card(card) for card in cards).encode("utf-8")


def _card(card: OutCard) -> str:
    made = vobject.vCard()
    made.add("uid").value = f"urn:uuid:{card.uid}"
    made.add("fn").value = card.name
    made.add("n").value = vobject.vcard.Name(family=card.family or card.name, given=card.given)
    for kind, number in card.tels:
        tel = made.add("tel")
        tel.value, tel.type_param = number, kind
    for email in card.emails:
        address = made.add("email")
        address.value, address.type_param = email, "INTERNET"
    for link in card.links:
        made.add("url").value = link
    for name, words in (("title", card.role), ("note", card.note)):
        if words:
            made.add(name).value = words
    if card.organization:
        made.add("org").value = [card.organization]
    if card.categories:
        made.add("categories").value = list(card.categories)
    if card.street or card.postcode or card.town:
        parts = {"street": card.street, "code": card.postcode, "city": card.town, "country": card.country}
        made.add("adr").value = vobject.vcard.Address(**parts)
    if card.position is not None:
        made.add("geo").value = f"{card.position[0]:.6f};{card.position[1]:.6f}"
    return str(made.serialize())
