"""The committed map page is the composed one, and nothing in it leaves the PC or runs from text."""

from __future__ import annotations

import hashlib
import json
import re
from html.parser import HTMLParser

import pytest

from appli import resources
from appli.documents import exported_frame
from appli.documents.map_page import compose
from appli.presenters.map_source import page_file

PAGE = resources.path("carte/page")
VENDOR = resources.path("carte/vendor")
OWN = sorted(file for file in PAGE.iterdir() if file.suffix in {".js", ".css"})
# Written in the libraries, and fetched by none: an XML namespace, link texts, the base of a relative address.
HARMLESS = {
    "http://www.w3.org/2000/svg",
    "http://example.com",
    "https://leafletjs.com",
    "https://protomaps.com",
    "https://openstreetmap.org/copyright",
    "https://bugs.chromium.org/p/chromium/issues/detail?id=600120",
    "https://bugzilla.mozilla.org/show_bug.cgi?id=888319",
}


class Tags(HTMLParser):
    """Every tag of a page, and the text inside scripts and styles."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.inline = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.cdata_elem is not None:
            self.inline += data.strip()


@pytest.fixture(scope="module")
def composed() -> dict[str, bytes]:
    return compose()


@pytest.fixture(scope="module")
def index(composed: dict[str, bytes]) -> Tags:
    tags = Tags()
    tags.feed(composed["index.html"].decode())
    return tags


def test_the_committed_page_is_what_folium_composes_today(composed: dict[str, bytes]) -> None:
    assert {name: (PAGE / name).read_bytes() for name in composed} == composed


def test_so_is_the_page_of_the_exported_map() -> None:
    assert resources.path("carte/export/page.html").read_text("utf-8") == exported_frame.compose()


def test_what_composes_is_not_part_of_the_program_that_runs() -> None:
    """An installed Maillage has no folium: it opens what was composed."""
    composing = re.compile(r"\b(from appli\.documents\.|from appli\.documents import .*)(map_page|exported_frame)\b")
    program = [file for folder in ("appli", "ui") for file in (resources.root().parent / folder).rglob("*.py")]
    assert [file.name for file in program if composing.search(file.read_text("utf-8"))] == ["exported_frame.py"]


def test_nothing_is_committed_beside_the_page_that_it_does_not_use(composed: dict[str, bytes], index: Tags) -> None:
    used = {str(tag.get("src") or tag.get("href")) for _name, tag in index.tags}
    scripts = [(PAGE / name).read_text("utf-8") for name in used if (PAGE / name).is_file()]
    workers = {name for script in scripts for name in re.findall(r'Maillage\.beside\("([^"]+)"', script)}
    assert workers == {"ground-worker.js", "groups-worker.js"}
    assert {file.name for file in PAGE.iterdir()} <= {*composed, *used, *workers}


def test_every_file_the_page_asks_for_is_ours(index: Tags) -> None:
    asked = [
        attributes.get("src") or attributes.get("href")
        for tag, attributes in index.tags
        if tag in {"script", "link", "img", "iframe"}
    ]
    assert len(asked) > 10
    missing = [name for name in asked if name is None or page_file(name) is None]
    assert not missing


def test_the_page_holds_no_inline_script_style_or_handler(index: Tags) -> None:
    assert index.inline == ""
    assert not [
        (tag, name) for tag, attributes in index.tags for name in attributes if name == "style" or name.startswith("on")
    ]


def test_no_address_is_written_in_our_files(composed: dict[str, bytes]) -> None:
    texts = [text.decode() for text in composed.values()] + [file.read_text("utf-8") for file in OWN]
    found = {address for text in texts for address in re.findall(r"https?://[^\s\"')]+", text)}
    assert found == {"http://www.w3.org/2000/svg"}


def test_our_scripts_never_make_markup_or_code_from_text() -> None:
    forbidden = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|setTimeout\([\"'`]"
    )
    found = [file.name for file in OWN if forbidden.search(file.read_text("utf-8"))]
    assert not found


def test_vendored_files_are_those_of_the_pinned_packages() -> None:
    sources = json.loads((VENDOR / "SOURCES.json").read_text("utf-8"))
    pinned = {name: digest for source in sources for name, digest in source["files"].items()}
    present = {
        file.relative_to(VENDOR).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in VENDOR.rglob("*")
        if file.is_file() and file.name != "SOURCES.json"
    }
    assert present == pinned
    assert all(f"{name.partition('/')[0]}/LICENSE" in pinned for name in pinned)


def test_vendored_files_name_only_addresses_nobody_fetches() -> None:
    texts = [file.read_text("utf-8") for file in VENDOR.rglob("*") if file.suffix in {".js", ".css"}]
    found = {address.rstrip(".") for text in texts for address in re.findall(r"https?://[^\s\"'<>)]+", text)}
    assert found <= HARMLESS


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_token_and_kind_has_its_colour(composed: dict[str, bytes], theme: str) -> None:
    tokens = json.loads(resources.path("theme/tokens.json").read_text("utf-8"))
    blocks = composed["tokens.css"].decode().split("}")
    block = blocks[0] if theme == "light" else blocks[1]
    wanted = {name: entry["hex"] for name, entry in tokens["color"][theme].items()}
    wanted |= {f"kind-{name}": entry[theme]["hex"] for name, entry in tokens["kind"].items()}
    for name, color in wanted.items():
        assert f"--{name.replace('_', '-')}: {color};" in block


def test_every_kind_is_drawn_named_and_coloured(composed: dict[str, bytes]) -> None:
    tokens = json.loads(resources.path("theme/tokens.json").read_text("utf-8"))
    html = composed["index.html"].decode()
    script = composed["composed-2.js"].decode()
    style = (PAGE / "map.css").read_text("utf-8")
    for name, entry in tokens["kind"].items():
        assert f'<symbol id="kind-{name}"><g class="shape">{entry["svg_32"]}</g>' in html
        assert json.dumps([name, entry["label_fr"]]) in script
        assert f".kind-{name} {{ color: var(--kind-{name}); }}" in style
