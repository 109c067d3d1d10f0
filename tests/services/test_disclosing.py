"""What may leave, for whom; a sheet withdrawn from the network; people who do not want to be shown."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from appli.domain import catalogue
from appli.domain.answers import agrees, answers_by_person
from appli.domain.audience import Audience
from appli.domain.causality import Stamp
from appli.domain.changes import Create, Put
from appli.domain.entry import Entry, Sibling
from appli.domain.identity import id_for
from appli.domain.ids import RecordId, new_id
from appli.domain.kinds.consent import PURPOSES
from appli.services.consenting import Answer, note_consent
from appli.services.directory import Directory
from appli.services.disclosing import Disclosure, Medium, Reason
from appli.services.editing import Assignment, edit_sheet
from appli.services.exchanging import giving, receiving
from appli.services.searching import search
from appli.services.undoing import undoable
from appli.services.withdrawing import keep_for_myself, may_be_elsewhere
from appli.store.index import Query
from tests.services.pcs import Open


def person(directory: Directory, name: str = "Odette Vanel", **values: object) -> RecordId:
    record_id = new_id()
    directory.do("Essai", [Create(record_id, "person", {"name": {"display": name}, **values})])
    edit(directory, record_id, [Assignment("phone", "+=", "04 65 71 20 18"), Assignment("skills", "+=", "vannerie")])
    return record_id


def edit(directory: Directory, record: RecordId, asked: list[Assignment]) -> None:
    entry = directory.reads.entry(record)
    assert entry is not None
    edit_sheet(directory, entry, asked)


def titles(directory: Directory, text: str = "", *, trashed: bool = False) -> list[str]:
    return [row.title for row in search(directory.index, Query(text=text, trashed=trashed)).rows]


def why(directory: Directory, record: RecordId, audience: Audience, medium: Medium) -> Reason | None:
    entry = directory.reads.entry(record)
    assert entry is not None
    return Disclosure(directory, audience, medium).why_not(entry)


# --- who may be named ----------------------------------------------------------------------------


def test_nobody_is_public_without_having_said_yes(one: Directory) -> None:
    odette = person(one, audience=int(Audience.PUBLIC))
    assert why(one, odette, Audience.PUBLIC, Medium.FILE) is Reason.CONSENT
    assert why(one, odette, Audience.SHARED, Medium.FILE) is None
    note_consent(one, odette, [Answer("web", given=True)])
    assert why(one, odette, Audience.PUBLIC, Medium.FILE) is None
    assert why(one, odette, Audience.PUBLIC, Medium.MAP) is Reason.CONSENT, "each purpose asks for itself"


def test_who_refuses_paper_is_on_no_paper_but_elsewhere(one: Directory) -> None:
    odette = person(one)
    note_consent(one, odette, [Answer("members_print", given=False)])
    assert why(one, odette, Audience.SHARED, Medium.PAPER) is Reason.CONSENT
    assert why(one, odette, Audience.SHARED, Medium.FILE) is None
    assert why(one, odette, Audience.PRIVATE, Medium.PAPER) is None, "the host's own file"


def test_a_minor_is_never_printed_nor_public(one: Directory) -> None:
    young = person(one, minor=True, audience=int(Audience.PUBLIC))
    note_consent(one, young, [Answer(p, given=True) for p in PURPOSES.codes])
    assert why(one, young, Audience.SHARED, Medium.PAPER) is Reason.MINOR
    assert why(one, young, Audience.PUBLIC, Medium.FILE) is Reason.MINOR
    assert why(one, young, Audience.PUBLIC, Medium.MAP) is Reason.MINOR


def test_a_closed_field_stays_whatever_is_declared(one: Directory) -> None:
    odette = person(one, occupation="vannière")
    edit(one, odette, [Assignment("occupation", "@=", "private")])
    entry = one.reads.entry(odette)
    assert entry is not None
    assert "occupation" not in Disclosure(one, Audience.SHARED, Medium.FILE).values(entry)
    assert Disclosure(one, Audience.PRIVATE, Medium.FILE).values(entry)["occupation"] == "vannière"


def test_a_reference_to_a_sheet_that_stays_does_not_name_it(one: Directory) -> None:
    closed = person(one, "Gardien Discret", audience=int(Audience.PRIVATE))
    young = person(one, "Lise Bru", minor=True, guardian=closed.hex())
    entry = one.reads.entry(young)
    assert entry is not None
    assert "guardian" not in Disclosure(one, Audience.SHARED, Medium.FILE).values(entry)
    assert "guardian" in Disclosure(one, Audience.PRIVATE, Medium.FILE).values(entry)


def _row(given: bool | None, siblings: tuple[bool, ...] = (), withdrawn: str | None = None) -> Entry:
    owner = b"p" * 16
    values = {"owner": owner.hex(), "purpose": "web", "given": given, "withdrawn_on": withdrawn}
    stamps = [Stamp(b"r" * 16, n, n) for n in range(1, 9)]
    several = tuple(Sibling(v, s) for v, s in zip(siblings, stamps, strict=False))
    return Entry(owner, catalogue.kind("consent"), values, {"given": several} if several else {})


@given(st.lists(st.booleans(), max_size=4), st.booleans(), st.booleans())
def test_of_answers_given_at_once_the_no_counts(siblings: list[bool], shown: bool, withdrawn: bool) -> None:
    answers = answers_by_person([_row(shown, tuple(siblings), "2026-01-01" if withdrawn else None)])
    said = all(siblings) if siblings else shown
    assert answers[b"p" * 16]["web"] is (said and not withdrawn)


@given(st.dictionaries(st.sampled_from(list(PURPOSES.codes)), st.booleans()), st.sampled_from(list(PURPOSES.codes)))
def test_the_network_asks_for_no_refusal_the_public_for_a_yes(answers: dict[str, bool], purpose: str) -> None:
    inside, outside = agrees(answers, purpose, Audience.SHARED), agrees(answers, purpose, Audience.PUBLIC)
    assert not outside or inside, "nobody is public who is not inside"
    if answers.get("screen") is False:
        assert not inside
    if purpose not in answers:
        assert not outside


# --- who does not want to be shown ---------------------------------------------------------------


def test_refusing_the_screen_makes_a_sheet_private_that_never_left(one: Directory) -> None:
    odette = person(one)
    note_consent(one, odette, [Answer("screen", given=False)])
    entry = one.reads.entry(odette)
    assert entry is not None
    assert entry.audience is Audience.PRIVATE
    assert titles(one, "vanel") == ["Odette Vanel"], "on this PC alone, it stays a sheet like another"


def test_a_refusal_hides_the_sheet_on_every_pc(one: Directory, pcs: Open, tmp_path: Path) -> None:
    other = pcs("deux")
    odette = person(one)
    giving.give(one, tmp_path / "1.maille")
    receiving.receive(other, tmp_path / "1.maille", confirmed=True)
    assert titles(other, "vanel") == ["Odette Vanel"]
    note_consent(other, odette, [Answer("screen", given=False)])
    assert titles(other, "vanel") == []
    assert titles(other, "vanel", trashed=True) == ["Odette Vanel"]
    giving.give(other, tmp_path / "2.maille")
    receiving.receive(one, tmp_path / "2.maille", confirmed=True)
    assert titles(one, "vannerie") == []
    assert one.store.digest() == other.store.digest()
    note_consent(one, odette, [Answer("screen", given=True)])
    assert titles(one, "vannerie") == ["Odette Vanel"]


# --- taking a sheet back -------------------------------------------------------------------------


def test_a_private_copy_takes_the_place_of_what_is_erased_elsewhere(one: Directory, pcs: Open, tmp_path: Path) -> None:
    other = pcs("deux")
    odette = person(one, occupation="vannière", summary="Tresse l’osier")
    note_consent(one, odette, [Answer("members_print", given=True, on="2026-03-01")])
    one.do("Note", [Put(odette, "availability", "le mardi", Audience.PRIVATE)])
    friend = person(one, "Ami Fidèle")
    link = {"from_id": odette.hex(), "to_id": friend.hex(), "role": "mentors"}
    one.do("Lien", [Create(id_for(catalogue.kind("link"), link), "link", link)])
    giving.give(one, tmp_path / "1.maille")
    receiving.receive(other, tmp_path / "1.maille", confirmed=True)
    assert may_be_elsewhere(one, odette)

    copy = keep_for_myself(one, odette)

    assert one.reads.entry(odette) is None
    kept = one.reads.entry(copy)
    assert kept is not None
    assert kept.audience is Audience.PRIVATE
    assert (kept.values["occupation"], kept.values["availability"]) == ("vannière", "le mardi")
    phones = one.reads.parts("contact_point", [copy])[copy]
    assert [p.values["value"] for p in phones] == ["04 65 71 20 18"]
    assert [s.values["owner"] for s in one.reads.parts("skill", [copy])[copy]] == [copy.hex()]
    assert [c.values["on"] for c in one.reads.parts("consent", [copy])[copy]] == ["2026-03-01"]
    assert [r.values["to_id"] for r in one.reads.referring("link", ["from_id"], [copy])] == [friend.hex()]
    assert titles(one, "vanel") == ["Odette Vanel"]

    giving.give(one, tmp_path / "2.maille")
    receiving.receive(other, tmp_path / "2.maille", confirmed=True)
    assert other.reads.entry(odette) is None
    assert titles(other, "vanel") == []
    assert other.reads.entry(copy) is None, "the copy never leaves"
    assert one.store.digest() == other.store.digest()


def test_making_the_copy_is_not_offered_to_be_undone(one: Directory) -> None:
    odette = person(one)
    copy = keep_for_myself(one, odette)
    offered = undoable(one)
    assert offered is None or all(copy != change.id for change in one.store.inverse(offered.seq).changes)
    assert one.reads.entry(copy) is not None
