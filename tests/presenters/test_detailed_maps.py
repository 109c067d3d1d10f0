"""The detailed maps and the online one, as the Réglages say them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from appli import config
from appli.errors import Cancelled, EnvironmentProblem
from appli.presenters.detailed_maps import DetailedMaps, MapRow, command
from appli.presenters.online_map import OnlineMap, user_agent
from appli.services import detailed_maps as maps
from appli.services import online_maps
from tests import map_files as files
from tests.map_files import MENDE, drawing, picture
from tests.presenters.fakes import CallRecorder, FakeShell


class Bench:
    """The presenter, its view, and whether maps on screen were told."""

    def __init__(self, shell: FakeShell) -> None:
        self.shell, self.view = shell, CallRecorder()
        self.page = DetailedMaps(shell)
        self.page.view = self.view
        self.told = 0
        shell.session.maps_changed.listen(self._hear)
        self.page.show()

    def _hear(self, _none: None) -> None:
        self.told += 1

    @property
    def rows(self) -> list[MapRow]:
        shown: list[MapRow] = self.view.last("show_rows")[0]
        return shown


@pytest.fixture
def bench(shell: FakeShell) -> Bench:
    return Bench(shell)


def a_map(folder: Path, name: str, **said: Any) -> Path:
    return files.pmtiles(folder / f"{name}.pmtiles", {MENDE: picture(len(name))}, metadata={"name": name, **said})


def test_maps_are_brought_and_said(bench: Bench, tmp_path: Path) -> None:
    assert bench.rows == []
    bench.page.bring([a_map(tmp_path, "Lozère", attribution="© IGN"), a_map(tmp_path, "Mende")])
    first, second = bench.rows
    assert (first.title, second.title) == ("Mende", "Lozère")
    assert second.details.startswith("Images · zooms 9 à 9 · ")
    assert second.details.endswith("· © IGN")
    assert first.details.endswith("· auteur non précisé")
    assert (first.is_first, first.is_last, second.is_last) == (True, False, True)
    assert "simplifié reste" in first.note  # its last zoom is coarser than where maps take over
    assert bench.told == 2
    assert bench.shell.toasts[-1][0] == "Carte «\u00a0Mende\u00a0» ajoutée."
    steps = [arguments for name, arguments in bench.view.calls if name == "show_progress"]
    assert [name for name, _done, _total in steps] == ["Lozère.pmtiles"] * 2 + ["Mende.pmtiles"] * 2 + [""]
    assert steps[1][1] == steps[1][2] > 0


def test_unknown_layers_and_a_lie_are_said(bench: Bench, tmp_path: Path) -> None:
    tiles = {(12, 2088, 1485): drawing("routier", "hydro")}
    said = {"bounds": "2,48,3,49"}
    bench.page.bring([files.mbtiles(tmp_path / "a", tiles, metadata=said)])
    assert "gris" in bench.rows[0].note
    assert "un autre endroit" in bench.rows[0].note
    assert "Tracé sans légende connue" in bench.rows[0].details


def test_a_file_that_is_no_map_is_told_and_the_next_one_comes(bench: Bench, tmp_path: Path) -> None:
    wrong = tmp_path / "vacances.pmtiles"
    wrong.write_bytes(b"une photo")
    bench.page.bring([wrong, a_map(tmp_path, "Mende")])
    assert [row.title for row in bench.rows] == ["Mende"]
    assert not bench.page.is_copying


def test_stopping_is_no_problem_to_report(bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = a_map(tmp_path, "Mende")
    failures: list[Any] = []
    monkeypatch.setattr(
        bench.shell.session, "run", lambda _work, _done, failed, _steps: failures.append(failed) or _Ticket()
    )
    bench.page.bring([source, source])
    bench.page.stop()
    failures[0](Cancelled())
    assert len(failures) == 1  # the second was not begun
    assert not bench.page.is_copying


class _Ticket:
    def stop(self) -> None:
        pass


def test_maps_are_renamed_hidden_moved_and_removed(bench: Bench, tmp_path: Path) -> None:
    bench.page.bring([a_map(tmp_path, "Un"), a_map(tmp_path, "Deux")])
    un = bench.rows[1].id
    bench.page.rename(un, "  ")
    bench.page.rename(un, "Lozère à pied")
    bench.page.move(un, -1)
    bench.page.show_map(un, False)
    assert [(row.title, row.shown) for row in bench.rows] == [("Lozère à pied", False), ("Deux", True)]
    told = bench.told
    bench.page.ask_to_remove(un)
    question = bench.view.last("ask")[0]
    assert (question.title, question.keep) == ("Retirer la carte «\u00a0Lozère à pied\u00a0»\u202f?", "Garder la carte")
    assert len(bench.rows) == 2
    bench.page.remove(question.id)
    assert [row.title for row in bench.rows] == ["Deux"]
    assert bench.told == told + 1
    assert len(list((bench.shell.session.folder / "cartes").iterdir())) == 2


def test_where_the_directory_can_only_be_read_nothing_changes(bench: Bench, tmp_path: Path) -> None:
    bench.page.bring([a_map(tmp_path, "Mende")])
    kept = bench.rows[0].id
    bench.shell.session.held = EnvironmentProblem("held_elsewhere", "ailleurs")
    bench.page.show()
    assert "ouvert ailleurs" in bench.view.last("show_possible")[0]
    bench.page.bring([a_map(tmp_path, "Florac")])
    bench.page.show_map(kept, False)
    bench.page.rename(kept, "Autre")
    bench.page.move(kept, 1)
    bench.page.ask_to_remove(kept)
    assert [(k.title, k.shown) for k in maps.all_of(bench.shell.session.folder)] == [("Mende", True)]


def test_the_command_is_one_that_can_be_typed() -> None:
    assert command().startswith("pmtiles extract https://build.protomaps.com/2026")
    assert command().endswith("--bbox=2.98,44.11,4.00,44.98 --maxzoom=14")


# --- the online map -------------------------------------------------------------------------------


def test_no_online_map_until_the_sentence_was_agreed_to(shell: FakeShell) -> None:
    page, view = OnlineMap(shell), CallRecorder()
    page.view = view
    page.show()
    services, chosen = view.last("show_choice")
    assert [s.words for s in services] == ["Aucune", "Plan IGN", "OpenStreetMap"]
    assert (chosen, online_maps.chosen()) == ("", None)
    page.choose("ign")
    assert online_maps.chosen() is None
    consent = view.last("ask")[0]
    for said in ("data.geopf.fr", "adresse Internet", "endroits regardés", "jamais d’avance", "Aucune fiche"):
        assert said in consent.words
    page.keep()
    assert view.last("show_choice")[1] == ""
    page.agree("ign")
    assert view.last("show_choice")[1] == "ign"
    service = online_maps.chosen()
    assert service
    assert service.tile(12, 2088, 1485).endswith("TILEMATRIX=12&TILECOL=2088&TILEROW=1485")
    kept = online_maps.cache_folder() / "data7"
    kept.mkdir(parents=True)
    page.choose("")
    assert online_maps.chosen() is None
    assert not kept.exists()


def test_the_address_can_be_another_one_but_a_safe_one() -> None:
    online_maps.choose("osm")
    usual = online_maps.chosen()
    for address in (
        "http://tuiles.exemple.fr/{z}/{x}/{y}.png",
        "https://tuiles.exemple.fr/{z}/{x}.png",
        "file:///etc/{z}/{x}/{y}",
        "javascript:{z}{x}{y}",
        "",
    ):
        config.save_settings(online_address=address)
        assert online_maps.chosen() == usual
    config.save_settings(online_address="https://tuiles.exemple.fr/{z}/{x}/{y}.png")
    moved = online_maps.chosen()
    assert moved
    assert (moved.host, moved.tile(1, 2, 3)) == ("tuiles.exemple.fr", "https://tuiles.exemple.fr/1/2/3.png")


def test_a_service_nobody_offers_any_more_is_none() -> None:
    online_maps.choose("disparu")
    assert online_maps.chosen() is None


def test_who_asks_says_the_program() -> None:
    assert user_agent().startswith("Maillage/")
    assert user_agent().isascii()
