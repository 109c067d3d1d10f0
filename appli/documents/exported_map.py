"""The map as one page that opens anywhere: composed with folium, everything in it, nothing fetched, no text run.

folium puts the map, its scripts and its options together when the program is built (`exported_frame`); here each file
that the composed page names is written into it, and a policy names every script and style by its digest: whatever else
the page may hold does not run. The sheets come in afterwards, as text in a list that can be read, searched by the
browser and printed without any script, and as numbers in a block of JSON. No record's text passes through folium.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape

from appli import resources
from appli.documents.exported_links import link_to
from appli.documents.map_signs import Kind, kinds, palettes
from appli.i18n import _, number

EXPORT, PAGE, VENDOR = "carte/export", "carte/page", "carte/vendor"
MAP_ELEMENT = '<div class="folium-map" id="map_maillage" ></div>'
LICENCES = ("leaflet", "supercluster", "protomaps-leaflet")


@dataclass(frozen=True, slots=True)
class Words:
    """A word of a sheet; `role` (phone, mobile, email, web…) says what a press on it may do."""

    text: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of a sheet: « Téléphone », and what it says."""

    label: str
    words: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet as it is shown."""

    shape: str
    """A key of `kind` in the design tokens."""
    kind: str
    title: str
    code: str
    line: str
    where: str
    texts: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    place: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Edition:
    """What the page says of itself, in sentences."""

    title: str
    subtitle: str
    about: tuple[str, ...]


def page(edition: Edition, sheets: Sequence[Sheet], tiles: Mapping[str, Mapping[str, bytes]]) -> bytes:
    """The whole page; `tiles` are the base map's, by archive (`fr`, `relief`) and « zoom/column/row »."""
    before, after = _shell().split(MAP_ELEMENT)
    before = before.replace("<title></title>", f"<title>{_text(edition.title)}</title>", 1)
    parts = (before, *_body(edition, sheets), *_data(sheets, tiles), after)
    return "".join(parts).encode("utf-8", "replace")


# --- the shell: scripts and styles, the same for every export ---------------------------------------------------------


@cache
def _shell() -> str:
    """The page without anybody's words, its scripts and styles written in and named by their digests."""
    return _closed(_written_in(_read(f"{EXPORT}/page.html")))


def _kinds() -> list[Kind]:
    return kinds(_tokens())


@cache
def _tokens() -> dict[str, object]:
    found: dict[str, object] = json.loads(resources.path("theme/tokens.json").read_text(encoding="utf-8"))
    return found


_SCRIPT_FILE = re.compile(r'<script src="([^"]+)"></script>')
_STYLE_FILE = re.compile(r'<link rel="stylesheet" href="([^"]+)"/>')
_VIEWPORT = re.compile(r'<meta name="viewport".*?/>', re.DOTALL)
_ADDRESS = re.compile(r"url\(\s*[\"']?([^\"')]*)[\"']?\s*\)")
_SOURCE_MAP = re.compile(r"^//# sourceMappingURL=.*$", re.MULTILINE)


def _written_in(html: str) -> str:
    """Each file that the page names in its place, and no address left."""
    html = _SCRIPT_FILE.sub(lambda match: f"<script>\n{_script(match[1])}</script>", html)
    html = _STYLE_FILE.sub(lambda match: f"<style>\n{_style(match[1])}</style>", html)
    colors = f"<style>\n{palettes(_tokens())}</style>\n</head>"
    viewport = '<meta name="viewport" content="width=device-width, initial-scale=1" />'
    return _VIEWPORT.sub(viewport, html, count=1).replace("</head>", colors, 1)


def _script(name: str) -> str:
    text = _SOURCE_MAP.sub("", _read(name))
    library = name.removeprefix(f"{VENDOR}/").partition("/")[0]
    if library in LICENCES:
        text = f"/*\n{_read(f'{VENDOR}/{library}/LICENSE')}*/\n{text}"
    if re.search(r"</script|<!--", text, re.IGNORECASE):
        raise ValueError(f"{name} would end its own script element")
    return text


def _style(name: str) -> str:
    return _ADDRESS.sub(_address, _read(name))


def _address(match: re.Match[str]) -> str:
    """A font as part of the style; pictures of controls that the page has not are left out."""
    if not match[1].startswith("polices/"):
        return "none"
    content = base64.b64encode(resources.path(match[1]).read_bytes()).decode()
    return f'url("data:font/ttf;base64,{content}")'


def _read(name: str) -> str:
    return resources.path(name).read_text(encoding="utf-8").replace("\r\n", "\n")


def _closed(html: str) -> str:
    """With the policy first in the head: only these scripts, only these styles, nothing from anywhere."""
    scripts = " ".join(_digests("script", html))
    styles = " ".join(_digests("style", html))
    policy = (
        f"default-src 'none'; script-src {scripts}; style-src {styles}; "
        "img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
    )
    head = (
        f'<head>\n<meta charset="utf-8" />\n<meta http-equiv="Content-Security-Policy" content="{policy}" />\n'
        '<meta name="referrer" content="no-referrer" />\n<meta name="robots" content="noindex" />'
    )
    return html.replace("<head>", head, 1)


def _digests(tag: str, html: str) -> Iterator[str]:
    for content in dict.fromkeys(re.findall(f"<{tag}>(.*?)</{tag}>", html, re.DOTALL)):
        digest = hashlib.sha256(content.encode("utf-8")).digest()
        yield f"'sha256-{base64.b64encode(digest).decode()}'"


# --- the sheets: text, escaped ----------------------------------------------------------------------------------------


def _body(edition: Edition, sheets: Sequence[Sheet]) -> Iterator[str]:
    yield (
        f"<header><h1>{_text(edition.title)}</h1><p>{_text(edition.subtitle)}</p>"
        f'<button type="button" class="bouton" id="imprimer">{_text(_("Imprimer"))}</button></header>\n'
        '<section id="colonne">\n'
    )
    yield from _filters(sheets)
    yield '<ul id="liste">\n'
    for rank, sheet in enumerate(sheets):
        yield _sheet(rank, sheet)
    yield "</ul>\n"
    yield f'<footer class="apropos">{"".join(f"<p>{_text(line)}</p>" for line in edition.about)}</footer>\n</section>\n'
    yield f'<main id="carte" aria-label="{_text(_("Carte des fiches"))}">{MAP_ELEMENT}</main>\n'


def _filters(sheets: Sequence[Sheet]) -> Iterator[str]:
    counts = Counter(sheet.shape for sheet in sheets)
    yield (
        f'<form class="filtres"><label><span>{_text(_("Chercher dans ces fiches"))}</span>'
        '<input type="search" id="chercher" autocomplete="off" /></label>\n'
        f'<fieldset id="genres"><legend>{_text(_("Légende"))}</legend>\n'
    )
    for kind in _kinds():
        if counts[kind.name]:
            yield (
                f'<label><input type="checkbox" checked value="{kind.name}" />{_sign(kind.name)}'
                f'<span>{_text(kind.label)}</span><span class="nombre">{number(counts[kind.name])}</span></label>\n'
            )
    yield f'</fieldset>\n<p id="compte" role="status">{_text(_counted(len(sheets)))}</p>\n'
    no_script = _("Ce navigateur n’exécute pas de script\u00a0: la carte ne s’affiche pas, la liste est entière.")
    yield f'<p class="sans-script">{_text(no_script)}</p></form>\n'


def _counted(count: int) -> str:
    return (_("{n} fiche") if count < 2 else _("{n} fiches")).format(n=number(count))


def _sheet(rank: int, sheet: Sheet) -> str:
    shape = _known(sheet.shape)
    about = " · ".join(part for part in (sheet.kind, sheet.line, sheet.where) if part)
    rest = [f"<p>{_text(text)}</p>" for text in sheet.texts]
    if sheet.facts:
        rest.append(f"<dl>{''.join(map(_fact, sheet.facts))}</dl>")
    if sheet.place is None:
        rest.append(f'<p class="code">{_text(_("Sans emplacement sur la carte"))}</p>')
    rest.append(f'<p class="code">{_text(sheet.code)}</p>')
    return (
        f'<li id="fiche-{rank}" data-kind="{shape}">{_sign(shape)}<div>'
        f'<h3><a href="#fiche-{rank}">{_text(sheet.title)}</a></h3><p class="quoi">{_text(about)}</p>'
        f'<div class="reste">{"".join(rest)}</div></div></li>\n'
    )


def _fact(fact: Fact) -> str:
    words = "".join(f"<dd>{_word(word)}</dd>" for word in fact.words)
    return f"<div><dt>{_text(fact.label)}</dt>{words}</div>"


def _word(word: Words) -> str:
    address = link_to(word.text, word.role)
    if not address:
        return _text(word.text)
    return f'<a rel="noopener noreferrer" target="_blank" href="{_text(address)}">{_text(word.text)}</a>'


def _sign(shape: str) -> str:
    return (
        f'<svg class="sign small kind-{shape}" viewBox="-1 -1 34 34" aria-hidden="true">'
        f'<use href="#kind-{shape}"></use></svg>'
    )


def _known(shape: str) -> str:
    """A kind that has no sign is drawn as a page, never left out."""
    return shape if any(kind.name == shape for kind in _kinds()) else "page"


_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


def _text(words: str) -> str:
    """Somebody's words as text of the page, in an element or between the quotes of an attribute."""
    return escape(_UNSEEN.sub(" ", words))


# --- the data ---------------------------------------------------------------------------------------------------------


def _data(sheets: Sequence[Sheet], tiles: Mapping[str, Mapping[str, bytes]]) -> Iterator[str]:
    points = [[n, round(s.place[0], 5), round(s.place[1], 5)] for n, s in enumerate(sheets) if s.place is not None]
    yield _json("points", points)
    held = {name: {at: base64.b64encode(tile).decode() for at, tile in some.items()} for name, some in tiles.items()}
    yield _json("fond", held)


def _json(name: str, value: object) -> str:
    """A block of data, in which nothing can end the block."""
    text = json.dumps(value, separators=(",", ":"))
    for character in "<>&":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return f'<script type="application/json" id="{name}">{text}</script>\n'
