"""Photos on the sheet and in the form: shown, looked at, chosen, kept as a draft, kept here without a yes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from appli.domain.ids import RecordId
from appli.presenters.form import Form
from appli.presenters.form_photos import LIST, fingerprint
from appli.presenters.photo_viewer import PhotoViewer
from appli.presenters.session import Session
from appli.presenters.sheet import SheetPane
from appli.presenters.sheet_page import SheetPage
from appli.presenters.shell import Request
from appli.services import consenting, photos
from appli.services.consenting import Answer
from appli.services.directory import Directory
from appli.services.photo_intake import photos_of
from tests.formats import images
from tests.presenters.conftest import Village
from tests.presenters.fakes import CallRecorder, FakeShell, InlineJobs

Carry = Callable[[Callable[[Directory], Any]], Any]


class Bench:
    """The sheet and the form, with the directory behind."""

    def __init__(self, session: Session, shell: FakeShell, carry: Carry, home: Path) -> None:
        self.session, self.shell, self.carry, self.home = session, shell, carry, home
        self.view, self.form_view = CallRecorder(), CallRecorder()
        self.pane = SheetPane(session, shell, lambda _one: None)
        self.pane.view = self.view  # type: ignore[assignment]
        self.form = Form(shell)
        self.form.view = self.form_view  # type: ignore[assignment]

    def page(self) -> SheetPage:
        page: SheetPage = self.view.last("show_sheet")[0]
        return page

    def put(self, sheet: RecordId, hue: int = 0, alt: str = "") -> None:
        file = images.photo_file(self.home, f"{hue}.jpg", hue=hue)
        self.carry(lambda d: photos.add(d, sheet, file, alt))

    def rows(self) -> list[str]:
        """The keys of the rows of the form."""
        assert self.form.filling is not None
        return [row.key for row in self.form.filling.asked.rows(LIST)]

    def level(self, key: str) -> str:
        assert self.form.filling is not None
        return self.form.filling.audience(f"{LIST}/{key}")

    def names(self) -> set[str]:
        names: set[str] = self.carry(lambda d: d.store.photos.names())
        return names


@pytest.fixture
def bench(session: Session, shell: FakeShell, as_services: Carry, tmp_path: Path) -> Bench:
    shell.pages.add("form")
    return Bench(session, shell, as_services, tmp_path)


def test_a_sheet_shows_its_photos_in_words_too(bench: Bench, village: Village) -> None:
    workshop = village.ids["workshop"]
    bench.put(workshop, 0, "L’atelier, porte ouverte")
    bench.put(workshop, 60)
    bench.pane.look_at(workshop)
    first, second = bench.page().photos
    assert (first.words, first.caption, first.audience) == ("L’atelier, porte ouverte",) * 2 + ("shared",)
    assert (second.words, second.caption) == ("Photo 2 sur 2, sans description", "")
    assert first.small != second.small
    assert first.small is not None


def test_one_looks_from_photo_to_photo_and_a_missing_one_is_told_quietly(bench: Bench, village: Village) -> None:
    workshop = village.ids["workshop"]
    for hue in (0, 60):
        bench.put(workshop, hue)
    bench.pane.look_at(workshop)
    bench.session.folder.joinpath("photos", bench.page().photos[1].sha256).unlink()
    bench.pane.look_at_photo(0)
    viewer: PhotoViewer = bench.view.last("show_photos")[0]
    view = CallRecorder()
    viewer.view = view  # type: ignore[assignment]
    viewer.show()
    assert view.last("show_waiting")[1] == "1 sur 2"
    assert view.last("show_photo")[0].startswith(b"\xff\xd8")
    viewer.step(1)
    assert view.last("show_photo") == (
        None,
        "Cette photo n’est pas encore arrivée sur ce poste.",
    )
    viewer.step(1)
    assert viewer.at == 0
    assert not bench.shell.problems


def test_a_photo_is_erased_after_a_question(bench: Bench, village: Village) -> None:
    workshop = village.ids["workshop"]
    for hue in (0, 60):
        bench.put(workshop, hue)
    bench.pane.look_at(workshop)
    bench.pane.look_at_photo(1)
    viewer: PhotoViewer = bench.view.last("show_photos")[0]
    view = CallRecorder()
    viewer.view = view  # type: ignore[assignment]
    viewer.ask_erasing()
    assert "Cela ne pourra pas être annulé." in view.last("ask_erasing")[1]
    gone = viewer.current.sha256
    viewer.erase()
    assert bench.names() == {viewer.current.sha256}
    assert gone not in bench.names()
    assert len(bench.page().photos) == 1
    viewer.erase()
    assert "leave" in view.names()


def test_files_become_rows_and_what_is_none_is_told(bench: Bench, village: Village, tmp_path: Path) -> None:
    bench.form.enter(Request(record=village.ids["workshop"]))
    bad = tmp_path / "liste.csv"
    bad.write_text("Nom;Commune\n")
    one, two = images.photo_file(tmp_path, "a.jpg"), images.photo_file(tmp_path, "b.jpg", hue=60)
    bench.form.photos.add([one, bad, two, one])
    assert bench.rows() == ["+0", "+1"], "the same photo twice is one"
    (sentence,) = bench.form_view.last("show_photo_refusals")[0]
    assert sentence.startswith("Ce fichier n’est pas une photo")
    bench.form.photos.ask_smalls()
    smalls = bench.form_view.last("show_smalls")[0]
    assert len(smalls) == 2
    assert all(small is not None for small in smalls.values())
    bench.form.type("photos/+1/alt", "La grande salle")
    bench.form.parts.move_row("photos/+1", -1)
    bench.form.save()
    kept = bench.carry(lambda d: photos_of(d, village.ids["workshop"]))
    assert [p.values.get("alt") for p in kept] == ["La grande salle", None]
    assert not bench.shell.problems


def test_photos_chosen_are_kept_with_what_is_typed_and_go_when_it_is_given_up(
    bench: Bench, village: Village, tmp_path: Path
) -> None:
    workshop = village.ids["workshop"]
    bench.form.enter(Request(record=workshop))
    bench.form.photos.add([images.photo_file(tmp_path, "a.jpg")])
    bench.form.leave()
    bench.carry(photos.tidy)
    assert len(bench.names()) == 1, "the draft names it"
    again = Form(bench.shell)
    again.view = CallRecorder()  # type: ignore[assignment]
    again.enter(Request(record=workshop))
    assert again.filling is not None
    (row,) = again.filling.asked.rows(LIST)
    assert {fingerprint(again.filling, row)} == bench.names()
    again.give_up()
    assert bench.names() == set()


def test_a_photo_taken_off_again_before_saving_leaves_nothing(bench: Bench, village: Village, tmp_path: Path) -> None:
    bench.form.enter(Request(record=village.ids["workshop"]))
    bench.form.photos.add([images.photo_file(tmp_path, "a.jpg"), images.photo_file(tmp_path, "b.jpg", hue=60)])
    bench.form.parts.remove_row("photos/+0")
    bench.form.save()
    assert len(bench.names()) == 1


def test_without_her_yes_a_person_s_photo_is_kept_here_whatever_is_chosen(
    bench: Bench, village: Village, tmp_path: Path
) -> None:
    elise = village.ids["elise"]
    bench.form.enter(Request(record=elise))
    bench.form.photos.add([images.photo_file(tmp_path)])
    bench.form.set_audience("photos/+0", "public")
    assert bench.level("+0") == "private"
    assert "restent sur ce poste" in bench.form.photos.reason()
    bench.form.parts.answer("photo", "yes")
    assert bench.form.photos.reason() == ""
    assert bench.level("+0") == "shared", "the sheet itself is no more than shared"
    assert "show_audiences" in bench.form_view.names()
    bench.form.parts.answer("photo", "no")
    bench.form.save()
    (kept,) = bench.carry(lambda d: photos_of(d, elise))
    assert kept.audience.code == "private"


def test_her_yes_of_before_lets_it_go(bench: Bench, village: Village, tmp_path: Path) -> None:
    elise = village.ids["elise"]
    bench.carry(lambda d: consenting.note_consent(d, elise, [Answer("photo", True)]))
    bench.form.enter(Request(record=elise))
    bench.form.photos.add([images.photo_file(tmp_path)])
    bench.form.save()
    (kept,) = bench.carry(lambda d: photos_of(d, elise))
    assert kept.audience.code == "shared"
    bench.form.enter(Request(record=elise))
    path = f"photos/{kept.id.hex()}"
    bench.form.set_audience(path, "private")
    bench.form.save()
    bench.form.enter(Request(record=elise))
    bench.form.parts.answer("photo", "no")
    bench.form.set_audience(path, "shared")
    bench.form.save()
    (kept,) = bench.carry(lambda d: photos_of(d, elise))
    assert kept.audience.code == "private"


def test_a_place_tells_that_somebody_did_not_agree(bench: Bench, village: Village, tmp_path: Path) -> None:
    workshop = village.ids["workshop"]
    bench.form.enter(Request(record=workshop))
    bench.form.photos.add([images.photo_file(tmp_path)])
    assert bench.level("+0") == "shared"
    bench.form.type("photos/+0/consent", "missing")
    assert bench.level("+0") == "private"
    bench.form.save()
    (kept,) = bench.carry(lambda d: photos_of(d, workshop))
    assert (kept.audience.code, kept.values["consent"]) == ("private", "missing")


def test_a_form_closed_meanwhile_takes_nothing(bench: Bench, village: Village, tmp_path: Path) -> None:
    jobs = bench.session.jobs
    assert isinstance(jobs, InlineJobs)
    bench.form.enter(Request(record=village.ids["workshop"]))
    filling = bench.form.filling
    bench.form.enter(Request(record=village.ids["mason"]))
    assert filling is not None
    bench.form.photos._taken(filling, [{"sha256": "a" * 64, "mime": "image/jpeg", "size": 1}], [])
    assert bench.rows() == []
