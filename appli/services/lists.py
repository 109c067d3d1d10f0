"""Lists of parts seen from their sheet: phones, e-mails, skills, functions… as one adds to and takes from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from appli.domain import catalogue
from appli.domain.audience import Audience, parse_audience
from appli.domain.changes import Change, Create, Put
from appli.domain.entry import Entry
from appli.domain.fields import Collection, Kind
from appli.domain.identity import id_for
from appli.domain.ids import RecordId
from appli.domain.text import fold, sort_key
from appli.errors import UserError
from appli.formats import contacts
from appli.formats.table import Problem
from appli.formats.values import split_list
from appli.i18n import _
from appli.services.directory import Directory
from appli.services.indexing import is_live
from appli.services.note_writing import note_values
from appli.services.photo_intake import ceiling, intake, no_agreement, refuse_too_many

_TELLING = 6
"""Characters of a fingerprint that tell one photo of a sheet from another."""


def rows_of(directory: Directory, record_id: RecordId, collection: Collection) -> list[Entry]:
    """The standing rows of one list, in their order."""
    rows = directory.reads.parts(collection.child, [record_id]).get(record_id, [])
    return [r for r in rows if is_live(r) and all(r.values.get(k) == v for k, v in collection.match.items())]


def shown_values(directory: Directory, record_id: RecordId, collection: Collection) -> list[str]:
    """The list as words: terms by their labels."""
    return [word_of(directory, collection, r) for r in rows_of(directory, record_id, collection)]


def word_of(directory: Directory, collection: Collection, row: Entry) -> str:
    """What one row says."""
    value = row.values.get(collection.key)
    if collection.scheme and value:
        return directory.title_of(bytes.fromhex(str(value)))
    return str(value or "")


def term_id(scheme: str, label: str) -> RecordId:
    """The id of a term, the same on every PC that writes it alike."""
    return id_for(catalogue.kind("term"), {"scheme": scheme, "label": label})


def term_changes(directory: Directory, scheme: str, label: str) -> tuple[RecordId, list[Change]]:
    """A term and what creates it if nobody has written it yet."""
    found = term_id(scheme, label)
    if directory.reads.kind_of(found) is not None:
        return found, []
    tidy = " ".join(label.split())
    return found, [Create(found, "term", {"scheme": scheme, "label": tidy[:1].upper() + tidy[1:]})]


def terms_named(directory: Directory, scheme: str, text: str) -> list[str]:
    """The words of a scheme that one's letters may mean: those that begin so, then those with a word that does."""
    typed, found = fold(text), []
    for term in directory.reads.where("term", scheme=scheme):
        known = [fold(w) for w in (term.title, *(term.values.get("synonyms") or ()))]
        if is_live(term) and any(typed == w[: len(typed)] or f" {typed}" in w for w in known):
            found.append(term.title)
    return sorted(dict.fromkeys(found), key=lambda label: (not fold(label).startswith(typed), sort_key(label)))


def row_changes(directory: Directory, child: Kind, owner: RecordId, values: Mapping[str, Any]) -> Iterator[Change]:
    """What adds a row to a list of a sheet.

    A row whose id comes from what it says may have been taken off before: it stands again, with these values alone.
    """
    whole = {"owner": owner.hex(), **values}
    if "present" in child.fields:
        whole["present"] = True
    record = id_for(child, {n: v for n, v in whole.items() if v is not None})
    if directory.reads.kind_of(record) is None:
        yield Create(record, child.code, {n: v for n, v in whole.items() if v is not None})
    else:
        yield from (Put(record, name, value) for name, value in {**whole, "trashed": None}.items())


class ListEditor:
    """Turns `phone=…`, `skills+=…`, `email@=…` into changes of the rows behind."""

    def __init__(
        self, directory: Directory, owner: Entry, collection: Collection, audience: Audience | None = None
    ) -> None:
        """`audience` is what new rows are shown to; None leaves it to the declaration."""
        self._directory = directory
        self._owner = owner
        self._collection = collection
        self._audience_asked = collection.audience if audience is None else audience
        self._rows = rows_of(directory, owner.id, collection)

    def changes(self, operation: str, value: Any) -> Iterator[Change]:
        """The changes of rows for one assignment."""
        if operation == "@=":
            yield from self._audience(value)
            return
        words = self._words(value)
        if operation == "+=":
            yield from self._add(words)
        elif operation == "-=":
            yield from self._remove(words)
        else:
            yield from self._set(words)

    def _words(self, value: Any) -> list[str]:
        if isinstance(value, list | tuple):
            return [str(v) for v in value if str(v).strip()]
        text = str(value).strip()
        if not text:
            return []
        return split_list(text) if self._collection.scheme or self._multiple else [text]

    @property
    def _multiple(self) -> bool:
        child = catalogue.kind(self._collection.child)
        return child.fields[self._collection.key].codes is not None

    def _set(self, words: list[str]) -> Iterator[Change]:
        if len(words) == 1 and len(self._rows) == 1 and not (self._collection.scheme or self._stands_whole):
            # one phone replaced by another is one phone changed: two PCs doing so get two values to choose from
            row = self._rows[0]
            yield from (Put(row.id, n, v) for n, v in self._values(words[0]).items() if n != "owner")
            return
        wanted = {self._same(w) for w in words}
        yield from self._remove([word for r in self._rows if self._same(word := self._word(r)) not in wanted])
        yield from self._add(words)

    @property
    def _stands_whole(self) -> bool:
        """Whether another one takes the place of a row: a photo or a note does not become another."""
        return self._is_photo or catalogue.kind(self._collection.child).info.append_only

    @property
    def _is_photo(self) -> bool:
        return self._collection.child == "photo"

    def _add(self, words: Sequence[str]) -> Iterator[Change]:
        present = {self._same(self._word(r)) for r in self._rows}
        for n, word in enumerate(words):
            if self._same(word) not in present:
                present.add(self._same(word))
                yield from self._create(word, len(self._rows) + n)

    def _remove(self, words: Sequence[str]) -> Iterator[Change]:
        gone = {self._same(w) for w in words}
        for row in self._rows:
            if self._same(self._word(row)) in gone or (self._is_photo and self._begins(row, words)):
                off = ("present", False) if "present" in row.kind.fields else ("trashed", True)
                yield Put(row.id, *off)

    def _begins(self, row: Entry, words: Sequence[str]) -> bool:
        """A photo goes by its fingerprint, of which the beginning is enough."""
        return any(len(w) >= _TELLING and self._word(row).startswith(w.lower().rstrip("…")) for w in words)

    def _create(self, word: str, order: int) -> Iterator[Change]:
        child = catalogue.kind(self._collection.child)
        values: dict[str, Any] = {"owner": self._owner.id.hex(), **self._collection.match}
        if self._collection.scheme:
            term, made = term_changes(self._directory, self._collection.scheme, word)
            yield from made
            values[self._collection.key] = term.hex()
        else:
            values |= self._values(word)
            values["order"] = order
        if "present" in child.fields:
            values["present"] = True
        if self._collection.scheme and "scheme" in child.fields:
            values["scheme"] = self._collection.scheme
        if self._audience_asked is not None:
            values["audience"] = int(self._audience_asked)
        if self._is_photo:
            if any(self._word(row) == values["sha256"] for row in self._rows):
                return
            refuse_too_many(order + 1)
            wanted = values.get("audience", int(child.info.audience))
            values["audience"] = min(wanted, int(ceiling(self._directory, self._owner)))
        yield Create(id_for(child, values), child.code, values)

    def _values(self, word: str) -> dict[str, Any]:
        if self._collection.child == "contact_point":
            return contact_values(self._collection.match["type"], word)
        if self._is_photo:
            return intake(self._directory, Path(word).expanduser())
        if self._collection.child == "note":
            return note_values(self._directory, word)
        field = catalogue.kind(self._collection.child).fields[self._collection.key]
        if field.codes is not None:
            code = field.codes.code_for(word)
            if code is None:
                raise field.refusal(word)
            return {self._collection.key: code}
        return {self._collection.key: word}

    def _audience(self, value: Any) -> Iterator[Change]:
        level = value if isinstance(value, Audience) else parse_audience(str(value))
        if level is None:
            raise UserError(
                "bad_audience",
                _("« {value} » n’est pas un niveau de partage. Rien n’a changé.").format(value=value),
                _("Écrivez privé, partagé ou public."),
            )
        for row in self._rows:
            if self._is_photo and level > ceiling(self._directory, self._owner, row.values.get("consent")):
                raise no_agreement()
            yield Put(row.id, "audience", int(level))

    def _word(self, row: Entry) -> str:
        return word_of(self._directory, self._collection, row)

    def _same(self, word: str) -> str:
        if self._collection.child == "contact_point":
            return str(contact_key(self._collection.match["type"], word))
        field = catalogue.kind(self._collection.child).fields[self._collection.key]
        code = field.codes.code_for(word) if field.codes else None
        return code or fold(word)


def contact_key(type_: str, word: str) -> str:
    """What makes two writings of a contact the same."""
    if type_ in ("phone", "mobile"):
        return contacts.phone(word).e164 or fold(word)
    return word.strip().lower().removeprefix("https://").removeprefix("http://").rstrip("/")


def contact_values(type_: str, word: str) -> dict[str, Any]:
    """A contact's values as stored: the number as one reads it, and a form to compare by."""
    if type_ in ("phone", "mobile"):
        phone = contacts.phone(word)
        _refuse(phone.problem, _("Exemple : 06 39 98 41 07."))
        return {"value": phone.display, "normalised": phone.e164 or contact_key(type_, word)}
    if type_ == "email":
        email = contacts.email(word)
        _refuse(email.problem, _("Exemple : nom@exemple.fr"))
        return {"value": email.address, "normalised": contact_key(type_, email.address or "")}
    if type_ in ("web", "blog", "donation"):
        web = contacts.web(word)
        _refuse(web.problem, _("Exemple : https://www.exemple.fr"))
        return {"value": web.address, "normalised": contact_key(type_, web.address or "")}
    return {"value": word.strip(), "normalised": contact_key(type_, word)}


def _refuse(problem: Problem | None, example: str) -> None:
    if problem is not None:
        raise UserError(problem.code, problem.message, example)
