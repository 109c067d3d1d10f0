"""Editions: what they hold, what never reaches paper, and that they are printed again as they were."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader

from appli.domain.answers import UNASKED, answers_by_person
from appli.domain.audience import Audience
from appli.domain.changes import Create, Put
from appli.domain.ids import RecordId, new_id
from appli.domain.kinds.consent import PURPOSES
from appli.errors import UserError
from appli.services.consenting import Answer, note_consent
from appli.services.directory import Directory
from appli.services.disclosing import Disclosure, Medium
from appli.services.editing import Assignment, create_sheet
from appli.services.linking import link
from appli.services.printing import printing
from appli.services.printing.edition import count_printing, editions, keep, new_edition
from appli.services.printing.models import MODELS
from appli.services.printing.printing import print_edition, save


def made(directory: Directory, kind: str, audience: Audience | None = None, **fields: str) -> RecordId:
    asked = [Assignment(name, "=", value) for name, value in fields.items()]
    return create_sheet(directory, kind, asked, audience).id


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_a_directory_names_people_and_leads_to_their_pages(one: Directory) -> None:
    odette = made(one, "person", name="Odette Vanel", phone="04 65 71 20 18", skills="vannerie")
    made(one, "place", title="La Filature")
    printed = print_edition(one, replace(new_edition("directory"), paper="a5"))
    text = text_of(printed.pdf)
    assert (printed.records, printed.left_out) == (2, {})
    assert "Vanel, Odette" in text
    assert "04 65 71 20 18" in text
    assert "La Filature" in text
    assert "Qui sait faire quoi" in text
    assert "vannerie" in text.lower()
    assert odette.hex() not in text


def test_hostile_words_stay_words(one: Directory) -> None:
    words = '#read("/etc/passwd") *gras* $x^2$ @moi <a> // `x` \\ #import "a"'
    made(one, "place", title=words, summary=words)
    assert '#read("/etc/passwd")' in text_of(print_edition(one, replace(new_edition("directory"), paper="a4")).pdf)


def test_nothing_to_print_is_said(one: Directory) -> None:
    with pytest.raises(UserError, match="Aucune fiche"):
        print_edition(one, new_edition("directory"))
    made(one, "place", Audience.PRIVATE, title="Cave")
    with pytest.raises(UserError, match="plus privée"):
        print_edition(one, new_edition("directory"))


def test_an_edition_is_kept_and_numbered_once_a_day(one: Directory, tmp_path: Path) -> None:
    kept = keep(
        one, replace(new_edition("directory", "Annuaire d’automne"), communes=("48095",), options={"photos": True})
    )
    assert editions(one) == [kept]
    first = count_printing(one, kept, "2026-11-22")
    again = count_printing(one, first, "2026-11-22")
    later = count_printing(one, again, "2027-11-20")
    assert (first.number, again.number, later.number) == (1, 1, 2)
    assert editions(one) == [later]


def test_an_edition_of_a_later_version_is_left_alone(one: Directory) -> None:
    one.store.note("edition", "00", {"model": "hologram", "title": "?", "audience": 20})
    one.store.note("edition", "01", "?")
    assert editions(one) == []
    assert len(one.store.noted("edition")) == 2


def test_a_file_is_written_whole(one: Directory, tmp_path: Path) -> None:
    made(one, "place", title="La Filature")
    save(one, new_edition("directory"), tmp_path / "a.pdf")
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")


# --- what never reaches paper -----------------------------------------------------------------------------------------

_AUDIENCES = st.sampled_from([Audience.PRIVATE, Audience.SHARED, Audience.PUBLIC])


@dataclass
class Marked:
    """A sheet in which every word is one of a kind."""

    id: RecordId
    fields: dict[str, str]
    """By field: the word it holds."""
    rows: dict[RecordId, str] = field(default_factory=dict)
    picture: str = ""


_KINDS = ("person", "person", "person", "organization", "place", "equipment", "event")
_CLOSED_FIELDS = ("occupation", "summary", "description")


def _marked(one: Directory, kind: str, at: int, data: st.DataObject) -> Marked:
    """A sheet with random audiences of its own, of its fields and of its rows, random answers, perhaps a minor's."""
    title = "name" if kind == "person" else "title"
    names = [title, "summary", "description", *(["occupation"] if kind == "person" else [])]
    words = {name: f"{name}{kind}{at}qz" for name in names}
    asked = [Assignment(name, "=", word) for name, word in words.items()]
    asked += [Assignment(name, "@=", data.draw(_AUDIENCES).code) for name in names if name in _CLOSED_FIELDS]
    if kind == "person" and data.draw(st.booleans()):
        asked.append(Assignment("minor", "=", "oui"))
    if kind != "event":
        asked.append(Assignment("web", "+=", f"https://web{kind}{at}qz.example"))
    sheet = create_sheet(one, kind, asked, data.draw(_AUDIENCES)).id
    for purpose in data.draw(st.sets(st.sampled_from(sorted(PURPOSES.codes)))) if kind == "person" else ():
        note_consent(one, sheet, [Answer(purpose, data.draw(st.booleans()))])
    made = Marked(sheet, words)
    for row in one.reads.parts("contact_point", [sheet]).get(sheet, []):
        one.do("Essai", [Put(row.id, "audience", int(data.draw(_AUDIENCES)))])
        made.rows[row.id] = f"web{kind}{at}qz"
    made.picture = one.store.photos.put(_PICTURE + bytes([at]))
    values = {"owner": sheet.hex(), "sha256": made.picture, "audience": int(data.draw(_AUDIENCES))}
    one.do("Essai", [Create(new_id(one.store.folder.clock()), "photo", values)])
    return made


def _picture() -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(kept, "JPEG")
    return kept.getvalue()


_PICTURE = _picture()


def _closed_words(one: Directory, gate: Disclosure, marked: Marked) -> Iterator[tuple[str, str]]:
    """(what it is, word) of all that the gate keeps of a sheet."""
    entry = one.reads.entry(marked.id)
    assert entry is not None
    reason = "minor" if entry.values.get("minor") else gate.why_not(entry)
    for name, word in marked.fields.items():
        if reason is not None or entry.field_audience(name) < gate.audience:
            yield f"{name} {reason}", word
    for row in one.reads.entries(list(marked.rows)):
        if reason is not None or min(row.audience, entry.audience) < gate.audience:
            yield f"row {reason}", marked.rows[row.id]
    (photo,) = one.reads.parts("photo", [marked.id])[marked.id]
    answers = answers_by_person(one.reads.of_kind("consent")).get(marked.id, UNASKED)
    shown = entry.kind.code != "person" or answers.get("photo") is True
    asked = gate.audience > Audience.PRIVATE and not shown
    if reason is not None or asked or min(photo.audience, entry.audience) < gate.audience:
        yield f"photo {reason}", marked.picture


def test_a_structure_that_stays_is_not_named_by_its_members(one: Directory) -> None:
    odette = made(one, "person", name="Odette Vanel")
    for title, audience in (("La Filature", Audience.PRIVATE), ("La Halle", Audience.SHARED)):
        link(one, odette, "member_of", made(one, "organization", audience, title=title))
    text = text_of(print_edition(one, replace(new_edition("directory"), paper="a4", kinds=("person",))).pdf)
    assert "La Halle" in text
    assert "Filature" not in text


@settings(
    max_examples=8,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_no_closed_word_reaches_any_document(one: Directory, data: st.DataObject) -> None:
    """Every model, every reader: what a template is given, and the pages of one of them."""
    before = [e.id for kind in {*_KINDS} for e in one.reads.of_kind(kind) if not e.trashed]
    one.do("Essai", [Put(record, "trashed", True) for record in before])
    marked = [_marked(one, kind, at, data) for at, kind in enumerate(_KINDS)]
    link(one, marked[0].id, "member_of", marked[3].id)
    audience = data.draw(_AUDIENCES)
    gate = Disclosure(one, audience, Medium.PAPER)
    closed = [pair for sheet in marked for pair in _closed_words(one, gate, sheet)]
    whole = [model for model in MODELS.values() if not model.blank]
    printed = data.draw(st.sampled_from([model.code for model in whole]))
    for model in whole:
        options = {option.code: True for option in model.options if option.sort == "flag"}
        edition = replace(new_edition(model.code), audience=audience, parts=tuple(model.parts), options=options)
        try:
            job = printing.job_of(one, edition)
            text = json.dumps([printing.data_of(job), list(job.pictures)], ensure_ascii=False).lower()
            if model.code == printed:
                text += text_of(print_edition(one, edition).pdf).replace("\n", "").lower()
        except UserError:
            continue
        assert [what for what, word in closed if word.lower() in text] == [], model.code
