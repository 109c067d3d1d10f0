"""The exported page: whole in itself, its policy exact, whatever people typed nothing but text."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appli.documents.exported_links import link_to
from appli.documents.exported_map import Edition, Fact, Sheet, Words, page
from tests.hostile import HOSTILE

EDITION = Edition("La Maille", "édition du 22 novembre 2026", ("Pour corriger une fiche : Odette.",))


class Read(HTMLParser):
    """The page as a browser takes it apart: tags with attributes, the content of scripts and styles, the text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.run: list[str] = []
        self.styles: list[str] = []
        self.data: dict[str, str] = {}
        self.text = ""
        self._script: dict[str, str | None] = {}
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._script = dict(attrs)

    def handle_data(self, data: str) -> None:
        if self.cdata_elem == "style":
            self.styles.append(data)
        elif self.cdata_elem == "script" and "type" in self._script:
            self.data[str(self._script["id"])] = data
        elif self.cdata_elem == "script":
            self.run.append(data)
        else:
            self.text += data


def sheet(text: str, **others: object) -> Sheet:
    facts = tuple(Fact(text, (Words(text, role),)) for role in ("web", "email", "phone", "social", ""))
    return Sheet("place", text, text, text, text, text, (text,), facts, (44.5, 3.5), **others)  # type: ignore[arg-type]


def composed(*sheets: Sheet) -> Read:
    return Read(page(EDITION, sheets, {"fr": {"4/8/5": b"\x00<&>"}, "relief": {}}).decode("utf-8"))


@pytest.fixture(scope="module")
def plain() -> Read:
    return composed(sheet("Halle"))


def test_the_policy_names_every_script_and_style_by_its_digest(plain: Read) -> None:
    policy = next(a["content"] for tag, a in plain.tags if a.get("http-equiv") == "Content-Security-Policy")
    rules = dict(rule.strip().split(" ", 1) for rule in str(policy).split(";"))
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    assert "unsafe" not in str(policy)
    for directive, contents in (("script-src", plain.run), ("style-src", plain.styles)):
        assert len(contents) > 4
        digests = {f"'sha256-{base64.b64encode(hashlib.sha256(c.encode()).digest()).decode()}'" for c in contents}
        assert set(rules[directive].split()) == digests


def test_nothing_is_fetched(plain: Read) -> None:
    fetched = [
        (tag, name) for tag, attributes in plain.tags for name in attributes if name in ("src", "srcset", "data")
    ]
    assert not fetched
    assert not [tag for tag, _a in plain.tags if tag in {"link", "iframe", "img", "object", "embed", "base"}]
    addresses = {a for style in plain.styles for a in re.findall(r"url\(([^)]{0,40})", style)}
    assert all(address.startswith('"data:font/ttf;base64,') for address in addresses)
    assert not [style for style in plain.styles if "@import" in style]


def test_no_tag_carries_a_script_or_a_style(plain: Read) -> None:
    assert not [
        (tag, name) for tag, attributes in plain.tags for name in attributes if name == "style" or name.startswith("on")
    ]


def test_libraries_come_with_their_licences(plain: Read) -> None:
    run = "".join(plain.run)
    assert "BSD 2-Clause License" in run
    assert "BSD 3-Clause" in run or "Redistributions of source code" in run
    assert "ISC License" in run


@pytest.mark.parametrize(
    "text", [t[:4000] for t in HOSTILE if t.strip()], ids=range(len([t for t in HOSTILE if t.strip()]))
)
def test_hostile_words_make_no_tag_no_script_no_attribute(plain: Read, text: str) -> None:
    read = composed(sheet(text))
    assert [tag for tag, _a in read.tags if tag != "a"] == [tag for tag, _a in plain.tags if tag != "a"]
    assert (read.run, read.styles) == (plain.run, plain.styles)
    links = [a for tag, a in read.tags if tag == "a" and "rel" in a]
    assert all(re.match(r"(https?://|mailto:|tel:)", str(a["href"])) for a in links)
    names = {name for _tag, attributes in read.tags for name in attributes}
    assert names == {name for _tag, attributes in plain.tags for name in attributes} | (
        {"rel", "target"} if links else set()
    )


@given(st.text(max_size=60))
def test_any_words_are_the_text_they_were(text: str) -> None:
    html = page(EDITION, [Sheet("nouveau genre", "k", text, "c", "", "")], {}).decode("utf-8")
    read = Read(html[html.index("<ul id=") : html.index("</ul>")])
    seen = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]", "", text)
    kept = "".join(read.text.split()).replace("?", "").replace("…", "")
    assert "".join(seen.split()).replace("?", "").replace("…", "") in kept
    assert [t for t, _a in read.tags].count("li") == 1


def test_data_cannot_end_its_block(plain: Read) -> None:
    held = json.loads(plain.data["fond"])
    assert base64.b64decode(held["fr"]["4/8/5"]) == b"\x00<&>"
    assert json.loads(plain.data["points"]) == [[0, 44.5, 3.5]]
    assert not set("<>&") & set(plain.data["fond"] + plain.data["points"])
    hostile = {"</script><b>": {"<!--&": b""}}
    read = Read(page(EDITION, [sheet("Halle")], hostile).decode("utf-8"))
    assert json.loads(read.data["fond"]) == {"</script><b>": {"<!--&": ""}}
    assert "b" not in [tag for tag, _a in read.tags]


@pytest.mark.parametrize(
    ("text", "role", "address"),
    [
        ("https://halle.example.org/a?b=c#d", "web", "https://halle.example.org/a?b=c#d"),
        ("www.example.org", "web", "https://www.example.org"),
        ("HTTP://Example.org:8080/é", "web", "http://example.org:8080/%C3%A9"),
        ("contact@example.org", "email", "mailto:contact@example.org"),
        ("06 39 98 41 07", "phone", "tel:0639984107"),
        ("+33 (0)4 65 71 20 18", "mobile", "tel:+33046571 2018".replace(" ", "")),
        ("javascript:alert(1)", "web", ""),
        ("javascript://example.org/%0aalert(1)", "web", ""),
        ("data:text/html,<script>1</script>", "web", ""),
        ("file:///etc/passwd", "web", ""),
        ("https://user:pass@example.org", "web", ""),
        ("https://example.org\\@evil.example", "web", ""),
        ("https://exa mple.org", "web", ""),
        ('https://example.org/"onclick=alert(1)', "web", ""),
        ("https://[::1", "web", ""),
        ("https://example.org:99999", "web", ""),
        ("@bastien@mastodon.example.org", "social", ""),
        ("a@b.fr?bcc=c@d.fr", "email", ""),
        ("36 24 ; 06", "phone", ""),
        ("https://halle.example.org", "", ""),
    ],
)
def test_only_plain_addresses_become_links(text: str, role: str, address: str) -> None:
    assert link_to(text, role) == address


@given(st.text(max_size=80), st.sampled_from(["web", "email", "phone", "social"]))
def test_a_link_has_a_harmless_scheme_and_no_quotes(text: str, role: str) -> None:
    address = link_to(text, role)
    assert not address or re.fullmatch(r"(https?://|mailto:|tel:)[!-~]+", address)
    assert not set("\"'<>`") & set(address)
