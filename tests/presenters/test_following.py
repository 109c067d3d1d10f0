"""A record comes from anybody: what it says may only ever lead to a plain address."""

from __future__ import annotations

import pytest

from appli.presenters.following import target
from tests.hostile import HOSTILE

KINDS = ("phone", "mobile", "email", "web", "blog", "social", "donation", "mailing_list", "position", "text", "address")
ALLOWED = ("https://", "http://", "mailto:", "tel:", "geo:")


@pytest.mark.parametrize(
    ("kind", "text", "leads_to"),
    [
        ("phone", "06 39 98 41 07", "tel:0639984107"),
        ("mobile", "+33\u202f6 39 98 41 07", "tel:+33639984107"),
        ("email", "elise@example.org", "mailto:elise@example.org"),
        ("web", "https://www.example.org/a?b=c#d", "https://www.example.org/a?b=c#d"),
        ("web", "www.example.org", "https://www.example.org"),
        ("social", "http://example.org/@elise", "http://example.org/@elise"),
        ("mailing_list", "bois@listes.example.org", "mailto:bois@listes.example.org"),
        ("position", "44,3254 ; 3,5935", "geo:44.3254,3.5935"),
    ],
)
def test_plain_addresses_are_followed(kind: str, text: str, leads_to: str) -> None:
    assert target(kind, text) == leads_to


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("web", "javascript:alert(1)"),
        ("web", "JavaScript://example.org/%0Aalert(1)"),
        ("web", "file:///etc/passwd"),
        ("web", "data:text/html,<b>x</b>"),
        ("web", "ftp://example.org"),
        ("web", "https://banque.example@ailleurs.example/"),
        ("web", "https://exemple.org/ suite"),
        ("web", "https://exemple.org/\nX: y"),
        ("web", "https://localhost"),
        ("web", "https://[::1"),
        ("web", "https://example.org:port/"),
        ("web", "\\\\serveur\\partage"),
        ("email", "a@b.fr?cc=tous@example.org"),
        ("email", "a@b.fr,c@d.fr"),
        ("email", "a b@example.org"),
        ("email", "pas une adresse"),
        ("phone", "06 39 98 41 07;ext=1"),
        ("phone", "*#06#"),
        ("phone", "à la mairie"),
        ("position", "quelque part"),
        ("text", "https://www.example.org"),
    ],
)
def test_anything_else_is_only_read(kind: str, text: str) -> None:
    assert target(kind, text) == ""


@pytest.mark.parametrize("kind", KINDS)
def test_hostile_words_never_lead_anywhere_else(kind: str) -> None:
    for text in HOSTILE:
        leads_to = target(kind, text)
        assert not leads_to or leads_to.startswith(ALLOWED)
        assert "\n" not in leads_to
        assert " " not in leads_to
