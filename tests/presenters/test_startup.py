"""Which folder is opened, and which files are handed to its window."""

from __future__ import annotations

from pathlib import Path

from appli import config
from appli.presenters import startup
from tests.presenters.conftest import Village


def test_without_words_the_usual_folder_is_opened() -> None:
    assert startup.folder_for(None, []) == startup.Opened(config.default_directory(), ())


def test_a_folder_named_wins_and_files_are_handed_over(tmp_path: Path) -> None:
    liste = tmp_path / "liste.csv"
    liste.write_text("Nom\n")
    assert startup.folder_for(tmp_path, [liste]) == startup.Opened(tmp_path, (liste,))


def test_a_folder_opened_like_a_document(village: Village) -> None:
    assert startup.folder_for(None, [village.folder]).folder == village.folder


def test_a_file_of_a_folder_opens_the_folder(village: Village) -> None:
    opened = startup.folder_for(None, [village.folder / "partage.db"])
    assert opened == startup.Opened(village.folder, ())


def test_the_look_is_known_before_the_window() -> None:
    config.save_settings(theme="dark", text_scale=150)
    assert startup.choices() == startup.Choices("dark", 150)
