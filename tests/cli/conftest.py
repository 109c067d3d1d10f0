"""Running verbs in this process: the exit code, the JSON document, what was said beside."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from appli.cli.main import main

_SCHEMAS = json.loads((Path(__file__).parent.parent / "data" / "schemas" / "commandes.json").read_text("utf-8"))


@dataclass(frozen=True)
class Answer:
    """How a verb ended."""

    code: int
    out: str
    err: str

    def document(self, schema: str) -> Any:
        """Its JSON document, which must obey the schema."""
        found = json.loads(self.out)
        Draft202012Validator({**_SCHEMAS, "$ref": f"#/$defs/{schema}"}).validate(found)
        return found


Run = Callable[..., Answer]


@pytest.fixture
def maillage(capsys: pytest.CaptureFixture[str]) -> Run:
    """`maillage("chercher", "bois", "--json")`."""

    def run(*words: str | Path) -> Answer:
        code = main([str(w) for w in words])
        said = capsys.readouterr()
        return Answer(code, said.out, said.err)

    return run
