"""The little CommonMark of the guide: what is marked is told apart, nothing that is written is lost."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from appli.documents.prose import Run, blocks_of, line_of, plain

TEXT = """# Titre

Un *Bouton*, **fort**, `Ctrl+F` et
[la suite](02_suite.md#plus-loin).

## Plus loin ?

- un
  encore
- deux

1. premier
2. second

> Note
> longue.

![Ce que l’on voit](images/a.png)

| Mot | Sens |
| --- | --- |
| `F1` | l’aide |
"""


def test_each_block_is_what_it_is() -> None:
    blocks = blocks_of(TEXT)
    sorts = ["heading", "paragraph", "heading", "bullets", "numbers", "note", "image", "table"]
    assert [block.sort for block in blocks] == sorts
    assert (blocks[2].level, blocks[2].anchor) == (2, "plus-loin")
    assert [plain(line) for line in blocks[3].lines] == ["un encore", "deux"]
    assert [plain(line) for line in blocks[4].lines] == ["premier", "second"]
    assert blocks[5].text == "Note longue."
    assert (blocks[6].source, blocks[6].alt) == ("images/a.png", "Ce que l’on voit")
    assert [plain(cell) for cell in blocks[7].lines] == ["Mot", "Sens", "F1", "l’aide"]


def test_marks_within_a_line() -> None:
    assert blocks_of(TEXT)[1].lines[0] == (
        Run("text", "Un "),
        Run("name", "Bouton"),
        Run("text", ", "),
        Run("strong", "fort"),
        Run("text", ", "),
        Run("keys", "Ctrl+F"),
        Run("text", " et "),
        Run("link", "la suite", "suite#plus-loin"),
        Run("text", "."),
    )


def test_what_is_no_mark_stays() -> None:
    for words in ("5 * 3 * 2", "a ` b", "[sans lien]", "- pas une liste"):
        assert plain(line_of(words)) == words


@given(st.text(alphabet="ab *`[]()|#->!.\n1é", max_size=60))
def test_no_letter_is_lost(text: str) -> None:
    shown = "".join(block.text + block.source + block.alt for block in blocks_of(text))
    letters = re.findall(r"[abé]", re.sub(r"\]\([^)\s]+\)", "]", text))
    assert re.findall(r"[abé]", shown) == letters or "![" in text
