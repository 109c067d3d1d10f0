"""Editions: what they hold, what never reaches paper, and that they are printed again as they were."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from appli.domain.audience import Audience
from appli.domain.changes import Put
from appli.domain.ids import RecordId
from appli.domain.kinds.consent import PURPOSES
from appli.errors import UserError
from appli.services.consenting import Answer, note_consent
from appli.services.directory import Directory
from appli.services.disclosing import Disclosure, Medium, Reason
from appli.services.editing import Assignment, create_sheet
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


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_closed_word_reaches_any_document(one: Directory, data: st.DataObject) -> None:
    """Random audiences of sheets, fields and rows, random answers, minors: every model, every reader."""
    before = one.reads.of_kind("person")
    one.do("Essai", [Put(person.id, "trashed", True) for person in before if not person.trashed])
    marked: list[tuple[RecordId, dict[str, str]]] = []
    for at in range(3):
        words = {name: f"{name.capitalize()}{at}qz" for name in ("nom", "metier", "resume", "texte", "numero")}
        audience = data.draw(_AUDIENCES)
        asked = [
            Assignment("name", "=", words["nom"]),
            Assignment("occupation", "=", words["metier"]),
            Assignment("summary", "=", words["resume"]),
            Assignment("description", "=", words["texte"]),
            Assignment("web", "+=", f"https://{words['numero'].lower()}.example"),
        ]
        asked += [
            Assignment(name, "@=", data.draw(_AUDIENCES).code) for name in ("occupation", "summary", "description")
        ]
        if data.draw(st.booleans()):
            asked.append(Assignment("minor", "=", "oui"))
        sheet = create_sheet(one, "person", asked, audience)
        for purpose in data.draw(st.sets(st.sampled_from(sorted(PURPOSES.codes)))):
            note_consent(one, sheet.id, [Answer(purpose, data.draw(st.booleans()))])
        marked.append((sheet.id, words))
    model = data.draw(st.sampled_from(sorted(m.code for m in MODELS.values() if not m.blank)))
    audience = data.draw(_AUDIENCES)
    edition = replace(new_edition(model), audience=audience, kinds=("person",), parts=tuple(MODELS[model].parts))
    try:
        text = text_of(print_edition(one, edition).pdf).replace("\n", "").lower()
    except UserError:
        text = ""
    gate = Disclosure(one, audience, Medium.PAPER)
    for record, words in marked:
        entry = one.reads.entry(record)
        assert entry is not None
        open_fields = gate.values(entry) if gate.why_not(entry) is None else {}
        for name, field in (("nom", "name"), ("metier", "occupation"), ("resume", "summary"), ("texte", "description")):
            if field not in open_fields:
                assert words[name].lower() not in text, (field, gate.why_not(entry))
        if gate.why_not(entry) is Reason.MINOR:
            assert words["numero"].lower() not in text
