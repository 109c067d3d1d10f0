"""Lists within a row of a list: the pledges of each campaign of a project, in the project's own form."""

from __future__ import annotations

from appli.domain.ids import RecordId
from appli.services.directory import Directory
from appli.services.form_model import Filled, FilledForm
from appli.services.form_reading import form_of, new_form
from appli.services.form_renewing import renew
from tests.services.forms import add_rows, change, directory, make, rows, said

__all__ = ["directory"]


def project(directory: Directory) -> RecordId:
    campaigns = [{"object": "Le four"}, {"object": "La toiture"}]
    return make(directory, "project", "Fournil", {"campaigns": campaigns})


def pledges(directory: Directory, record: RecordId) -> dict[str, str]:
    """The name of each list of pledges, by its label."""
    return {some.label: some.name for some in form_of(directory, record).lists if some.child == "pledge"}


def test_each_written_campaign_has_its_pledges(directory: Directory) -> None:
    assert not [some for some in new_form("project").lists if some.child == "pledge"]
    record = project(directory)
    assert list(pledges(directory, record)) == ["Promesses\u00a0: Le four", "Promesses\u00a0: La toiture"]


def test_pledges_are_added_changed_and_taken_off_in_one_work(directory: Directory) -> None:
    record = project(directory)
    oven, roof = pledges(directory, record).values()
    filled = add_rows(
        Filled(), **{oven: [{"name": "Zoé", "amount": "50"}, {"amount": "12,50"}], roof: [{"amount": "8"}]}
    )
    assert not change(directory, record, filled).errors
    assert directory.store.done()[0].label == "Modifier «\u00a0Collectes\u00a0»"
    assert [said(row)["amount"] for row in rows(directory, record, oven)] == ["50", "12,50"]
    (first, second), (other,) = rows(directory, record, oven), rows(directory, record, roof)
    campaign = bytes.fromhex(oven.partition(":")[2])
    kept = directory.reads.parts("pledge", [campaign])[campaign]
    assert {p.id.hex() for p in kept} == {first.key, second.key}
    assert kept[0].field_audience("name").code == "private", "who gives stays here"
    taken = Filled(contents={f"{oven}/{first.key}/amount": "60"}, removed=[f"{oven}/{second.key}"])
    assert not change(directory, record, taken).errors
    assert [said(row)["amount"] for row in rows(directory, record, oven)] == ["60"]
    assert [row.key for row in rows(directory, record, roof)] == [other.key]


def test_a_mistake_in_one_is_found(directory: Directory) -> None:
    record = project(directory)
    oven, _roof = pledges(directory, record).values()
    saved = change(directory, record, add_rows(Filled(), **{oven: [{"amount": "beaucoup"}]}))
    assert list(saved.errors) == [f"{oven}/+0/amount"]


def test_what_was_typed_for_a_campaign_that_went_is_let_go(directory: Directory) -> None:
    record = project(directory)
    oven, roof = pledges(directory, record).values()
    filled = add_rows(Filled(), **{oven: [{"amount": "5"}], roof: [{"amount": "6"}]})
    campaign = oven.partition(":")[2]
    change(directory, record, Filled(removed=[f"campaigns/{campaign}"]))
    found = renew(filled, form_of(directory, record))
    asked = FilledForm(found.form, found.filled)
    assert [q.path for q in asked.questions() if q.path.startswith("pledges:")] == [
        f"{roof}/+0/{name}" for name in ("by", "name", "amount", "on", "means", "received")
    ]
    assert not change(directory, record, found.filled).errors
