"""What a person reads is French, and typographically right; nothing shown escapes translation."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from string import Formatter

import pytest

from tests.architecture.sources import callee, calls, modules

TRANSLATORS = {"_": 1, "N_": 1, "_n": 2}  # how many of the first arguments are messages

TYPOGRAPHY = {
    "’, not a straight quote": r"['\"]",
    "…, not three dots": r"\.\.\.",
    "U+202F before ; ! ? %": r"(?<![\u202f?!])[;!?%]",
    "U+00A0 before :": r"(?<!\u00a0):(?!//)",
    "U+00A0 after «": r"«(?!\u00a0)",
    "U+00A0 before »": r"(?<!\u00a0)»",
    "U+202F in numbers": r"\d \d{3}(?!\d)",
    "capitals keep their accents": r"\b(Etat|Ecole|Ecri|Echang|Edit|Equip|Etape|Ev[eé]n|Elu)"
    r"|(?:^|[.!?] )A (?=[a-zàâéèêîôû])",
    "œ is one letter": r"\b(oeuvre|coeur|soeur|noeud|voeu|oeil|oeuf)",
    "no space left at the ends": r"^[ \u00a0\u202f]|[ \u00a0\u202f]$",
}
BANNED = re.compile(
    r"\b(veuillez|erreurs?|invalides?|ok|corrompue?s?|bundles?|merger?|réplique|enregistrements?"
    r"|consentement rgpd|purger|synchronis\w+|hash|tokens?|schémas?|exceptions?)\b",
    re.IGNORECASE,
)
ENGLISH = re.compile(
    r"\b(the|and|of|with|your|files?|search|settings|save|open|close|cancel|delete|edit|errors?"
    r"|warning|failed|invalid|records?|directory|update|please|loading|unknown|click|drag|drop"
    r"|folder|backup|undo|redo|filter|select|share|shared|trash|person|skill|listing)\b",
    re.IGNORECASE,
)
PLACEHOLDER = re.compile(r"\{[^{}]*\}")

SHOWN_BY = {
    "QAction", "QCheckBox", "QGroupBox", "QLabel", "QPushButton", "QRadioButton", "addAction",
    "addItem", "addMenu", "addRow", "addTab", "setAccessibleDescription", "setAccessibleName",
    "setPlaceholderText", "setStatusTip", "setText", "setTitle", "setToolTip", "setWhatsThis",
    "setWindowTitle", "showMessage",
}  # fmt: skip
ERRORS = {"EnvironmentProblem", "UsageProblem", "UserError"}


def _messages() -> Iterator[tuple[str, ast.expr]]:
    for path, tree in modules().items():
        for call in calls(tree):
            if path != "appli/i18n.py":
                for argument in call.args[: TRANSLATORS.get(callee(call), 0)]:
                    yield f"{path}:{argument.lineno}", argument


def _texts() -> list[tuple[str, str]]:
    return [
        (where, node.value)
        for where, node in _messages()
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]


def _report(found: list[tuple[str, str]]) -> str:
    return "\n".join(f"{where} {text!r}" for where, text in found)


@pytest.mark.parametrize("rule", TYPOGRAPHY)
def test_typography(rule: str) -> None:
    wrong = [(w, t) for w, t in _texts() if re.search(TYPOGRAPHY[rule], PLACEHOLDER.sub("X", t))]
    assert not wrong, f"{rule}:\n{_report(wrong)}"


@pytest.mark.parametrize("words", [BANNED, ENGLISH], ids=["banned", "English"])
def test_plain_french_words(words: re.Pattern[str]) -> None:
    wrong = [(w, t) for w, t in _texts() if words.search(PLACEHOLDER.sub("X", t))]
    assert not wrong, _report(wrong)


def test_messages_are_whole_sentences_not_expressions() -> None:
    built = ast.JoinedStr | ast.BinOp | ast.Call
    wrong = [(w, ast.unparse(m)) for w, m in _messages() if isinstance(m, built)]
    assert not wrong, f"format after translating:\n{_report(wrong)}"


def test_placeholders_have_names() -> None:
    wrong = [
        (where, text)
        for where, text in _texts()
        if re.search(r"%[sd]", text)
        or any(name is not None and not name.isidentifier() for _, name, *_ in _fields(text))
    ]
    assert not wrong, _report(wrong)


def _fields(text: str) -> Iterator[tuple[str, str | None, str | None, str | None]]:
    return Formatter().parse(text) if PLACEHOLDER.search(text) else iter(())


def test_what_widgets_show_is_translated() -> None:
    wrong = [
        (f"{path}:{call.lineno}", text)
        for path, tree in modules().items()
        if path.startswith("ui/")
        for call in calls(tree)
        if callee(call) in SHOWN_BY
        for text in _bare_words(call.args)
    ]
    assert not wrong, _report(wrong)


def test_what_errors_say_is_translated() -> None:
    wrong = [
        (f"{path}:{call.lineno}", text)
        for path, tree in modules().items()
        for call in calls(tree)
        if callee(call) in ERRORS
        for text in _bare_words([*call.args[1:], *(k.value for k in call.keywords if k.arg != "code")])
    ]
    assert not wrong, _report(wrong)


def test_what_the_command_line_explains_is_translated() -> None:
    wrong = [
        (f"{path}:{call.lineno}", text)
        for path, tree in modules().items()
        if path.startswith("appli/cli/")
        for call in calls(tree)
        for text in _bare_words([k.value for k in call.keywords if k.arg in {"help", "description", "epilog"}])
    ]
    assert not wrong, _report(wrong)


def _bare_words(arguments: list[ast.expr]) -> list[str]:
    """Texts written without `_`: constants and f-strings that hold a word."""
    found: list[str] = []
    for argument in arguments:
        parts = argument.values if isinstance(argument, ast.JoinedStr) else [argument]
        found += [
            part.value
            for part in parts
            if isinstance(part, ast.Constant) and isinstance(part.value, str) and re.search(r"[^\W\d_]{2}", part.value)
        ]
    return found
