"""Second step of the import: what each column becomes, how rows are recognised, what the answers mean."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from appli.domain import catalogue
from appli.domain.fields import Kind
from appli.formats.profile import ColumnProfile
from appli.i18n import _, _n, number
from appli.presenters.import_wizard_states import ColumnState, Strip, consent_state, samples_of, state_of, strips
from appli.presenters.kinds import drawn_shape
from appli.services.importing.consents import (
    MEANINGS,
    ConsentWords,
    consent_words,
    meaning_text,
    reading_text,
)
from appli.services.importing.describing import RowInWords
from appli.services.importing.mapping import ImportMapping
from appli.services.importing.proposing import propose
from appli.services.importing.reading import ListFile
from appli.services.importing.targets import CONSENT, FOREIGN_ID, GROUPS, label_of, targets

Tab = Literal["see", "left", "consents"]
LEAVE = ""
"""The code of « Ne pas importer » in the menu."""


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """One column as the table shows it."""

    name: str
    share: float
    samples: str
    target: str
    """Its code; empty when the column is left."""
    target_words: str
    state: ColumnState

    @property
    def spoken(self) -> str:
        """The whole row in words, once."""
        filled = _("remplie à {n} %").format(n=number(round(self.share * 100)))
        becomes = _("devient {target}").format(target=self.target_words) if self.target else self.target_words
        return f"{self.name}, {filled}, {becomes}, {self.state.words}"


@dataclass(frozen=True, slots=True)
class KeyChoice:
    """A column that may recognise rows; ids are chosen alone, the others together."""

    column: str
    words: str
    chosen: bool
    alone: bool


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """One writing of the answers."""

    words: str
    count: int
    meaning: str
    """How it is understood, in words."""
    state: ColumnState

    @property
    def spoken(self) -> str:
        """The whole row in words, once."""
        return _("« {words} », {n} fois, {meaning}, {state}").format(
            words=self.words, n=number(self.count), meaning=self.meaning, state=self.state.words
        )


class ColumnsStep:
    """The mapping under the person's hands; `changed` is called after each choice."""

    def __init__(self, changed: Callable[[], None]) -> None:
        self._changed = changed
        self.listed: ListFile | None = None
        self.mapping = ImportMapping("person", "", ())
        self.remember = True
        self.first: RowInWords | None = None
        """The first sheet obtained, once it is known."""
        self.tab: Tab = "see"
        self._touched: set[str] = set()
        self._remembered = False

    def take(self, listed: ListFile, mapping: ImportMapping, *, remembered: bool) -> None:
        """Start from a mapping: one remembered for this source, or a proposal."""
        self.listed, self.mapping, self._remembered = listed, mapping, remembered
        self._touched, self.tab, self.first = set(), "see", None
        self._forget()

    @property
    def kind(self) -> Kind:
        """What each row becomes."""
        return catalogue.kind(self.mapping.kind)

    # --- what is chosen ---

    def kinds(self) -> list[tuple[str, str]]:
        """(code, word) of the kinds a list may hold."""
        return [(k.code, k.label) for k in catalogue.main_kinds()]

    def shape_of(self, code: str) -> str:
        """The shape by which a kind is drawn."""
        return drawn_shape(code)

    def set_kind(self, code: str) -> None:
        """Each row becomes something else: the columns are proposed anew."""
        if self.listed is None or code == self.mapping.kind:
            return
        self.mapping = propose(self.listed.profiles, code, self.mapping.source)
        self._remembered = False
        self._touched.clear()
        self._become(self.mapping)

    def set_target(self, column: str, target: str) -> None:
        """A column becomes something else; LEAVE leaves it."""
        self._touched.add(column)
        self._become(self.mapping.with_target(column, target or None))

    def menu(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """(group, [(code, word)]) of what a column may become."""
        found: dict[str, list[tuple[str, str]]] = {group: [] for group in GROUPS}
        for target in targets(self.kind):
            found[target.group].append((target.code, target.label))
        return [(_(GROUPS[group]), some) for group, some in found.items() if some]

    def key_choices(self) -> list[KeyChoice]:
        """What may recognise a row from one time to the next."""
        ids = [p.name for p in self._profiles if p.looks_like == "id" or self._target(p.name) == FOREIGN_ID]
        found = [KeyChoice(c, c, self._target(c) == FOREIGN_ID, alone=True) for c in ids]
        usable = [p.name for p in self._profiles if p.name not in ids and self._may_be_key(self._target(p.name))]
        for column in usable:
            words = _("{column} ({target})").format(
                column=column, target=label_of(self.kind, self._target(column) or "")
            )
            found.append(KeyChoice(column, words, column in self.mapping.key, alone=False))
        return found

    def key_words(self) -> str:
        """« ID », « Mail, Nom, CP »."""
        own = self.mapping.foreign_id
        return own or ", ".join(self.mapping.key) or _("nom et lieu")

    def choose_key(self, column: str) -> None:
        """Take a column among those that recognise rows, or leave it out."""
        alone = next((k.alone for k in self.key_choices() if k.column == column), False)
        if alone:
            key: tuple[str, ...] = () if self._target(column) == FOREIGN_ID else (column,)
        elif column in self.mapping.key:
            key = tuple(c for c in self.mapping.key if c != column)
        else:
            key = (*self.mapping.key, column)
        self._become(self.mapping.with_key(key))

    def set_tab(self, tab: Tab) -> None:
        """Look at other columns."""
        self.tab = tab
        self._changed()

    # --- what is shown ---

    def rows(self) -> list[ColumnRow]:
        """The columns of the tab, in the order of the file."""
        return [row for row in self._rows if self._is_left(row) == (self.tab == "left")]

    def tabs(self) -> list[tuple[Tab, str, int]]:
        """(tab, word, count)."""
        left = sum(map(self._is_left, self._rows))
        found: list[tuple[Tab, str, int]] = [
            ("see", _("À voir"), len(self._rows) - left),
            ("left", _("Laissées"), left),
        ]
        if self._words:
            found.append(("consents", _("Accords"), len(self._words)))
        return found

    def problem(self) -> str:
        """Why one cannot go on; empty when one can."""
        title = self.kind.title_field
        names = {title.name, f"{title.name}.display", f"{title.name}.given", f"{title.name}.family"}
        if names & {t for _c, t in self.mapping.columns}:
            return ""
        return _("Aucune colonne ne devient « {title} » : choisissez celle qui nomme les fiches.").format(
            title=title.label
        )

    def unsure_words(self) -> str:
        """That some answers are not understood; empty when all are."""
        unsure = sum(not c.sure for c in self._words)
        words = _n(
            "{n} réponse sur l’accord n’est pas comprise : rien n’est noté pour ces personnes.",
            "{n} réponses sur l’accord ne sont pas comprises : rien n’est noté pour ces personnes.",
            unsure,
        )
        return words.format(n=number(unsure)) if unsure else ""

    def strips(self) -> list[Strip]:
        """What should be known before going on, the gravest first."""
        unsure = sum(not c.sure for c in self._words)
        return strips(self.kind, self.mapping, self._profiles, self._touched, unsure)

    # --- the answers ---

    def consents(self) -> list[ConsentRow]:
        """Every writing of the answers, the doubtful ones first."""
        return [ConsentRow(c.text, c.count, reading_text(c.reading), consent_state(c)) for c in self._words]

    def meanings(self) -> list[tuple[str, str]]:
        """(words, what they mean) among which one chooses."""
        return [(m, meaning_text(m)) for m in MEANINGS]

    def set_meaning(self, words: str, meaning: str | None) -> None:
        """What some words mean; None: as they are read."""
        self._become(self.mapping.with_consent(words, meaning))

    def confirm(self, words: str) -> None:
        """They were read rightly."""
        found = next((c for c in self._words if c.text == words), None)
        if found is not None:
            self.set_meaning(words, words if found.reading.certain else "")

    # --- parts ---

    @property
    def _profiles(self) -> tuple[ColumnProfile, ...]:
        return self.listed.profiles if self.listed else ()

    def _target(self, column: str) -> str | None:
        return self._targets.get(column)

    def _may_be_key(self, target: str | None) -> bool:
        if not target:
            return False
        field = self.kind.fields.get(target)
        plain = field is not None and not field.type.composite and not field.type.many
        named = target.split(".")[0] in (self.kind.title_field.name, "commune")
        return plain or named or target in ("email", "address.postcode")

    def _is_left(self, row: ColumnRow) -> bool:
        return not row.target and row.state.code == "left"

    def _become(self, mapping: ImportMapping) -> None:
        key = tuple(c for c in mapping.key if self._may_be_key(mapping.target(c)))
        self.mapping = replace(mapping, key=key)
        self._forget()
        if self.tab == "consents" and not self._words:
            self.tab = "see"
        self._changed()

    def _forget(self) -> None:
        for name in ("_rows", "_words", "_targets"):
            self.__dict__.pop(name, None)

    @cached_property
    def _targets(self) -> dict[str, str | None]:
        return dict(self.mapping.columns)

    @cached_property
    def _words(self) -> list[ConsentWords]:
        if self.listed is None or CONSENT not in self._targets.values():
            return []
        return consent_words(self.listed.table, self.mapping)

    @cached_property
    def _rows(self) -> list[ColumnRow]:
        unsure = any(not c.sure for c in self._words)
        return [self._row(p, unsure) for p in self._profiles]

    def _row(self, profile: ColumnProfile, unsure: bool) -> ColumnRow:
        target = self._target(profile.name)
        by_hand = profile.name in self._touched or (self._remembered and target is not None)
        state = state_of(self.kind, self.mapping, profile, by_hand=by_hand, unsure=unsure)
        words = label_of(self.kind, target) if target else _("Ne pas importer")
        return ColumnRow(profile.name, profile.filled_share, samples_of(profile), target or LEAVE, words, state)
