"""What was typed over a sheet, carried over to the sheet as it stands now: nothing typed is lost, nothing is hidden."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from appli.services.form_model import Content, Filled, FilledForm, ListForm, SheetForm, says_something


@dataclass(slots=True)
class Renewed:
    """A form with what was typed, and what somebody else changed meanwhile."""

    form: SheetForm
    filled: Filled
    news: dict[str, Content] = field(default_factory=dict)
    """Fields changed here and elsewhere: what stands there now."""
    changed: list[str] = field(default_factory=list)
    """Labels of what changed elsewhere, fields and lists."""


def renew(filled: Filled, now: SheetForm, former: SheetForm | None = None) -> Renewed:
    """Put what was typed over another state of the same sheet. `former` is what it was typed over, when it is known."""
    found = Renewed(_with_rows_kept(filled, now, former), filled)
    _rows_typed_in(found)
    asked = FilledForm(found.form, filled)
    for path in list(filled.contents):
        if not asked.has(path):
            del filled.contents[path]
            continue
        standing = asked.question(path).content
        if filled.contents[path] == standing and path not in filled.settled:
            del filled.contents[path]
            filled.seen.pop(path, None)
        elif path in filled.seen and filled.seen[path] != standing:
            found.news[path] = standing
            filled.seen[path] = standing
    _drop_unknown(found)
    found.changed = _labels(former, now) if former is not None else _labels_of(found)
    return found


def _with_rows_kept(filled: Filled, now: SheetForm, former: SheetForm | None) -> SheetForm:
    """A row taken off elsewhere while somebody was writing in it stays to be seen."""
    if former is None:
        return now
    lists = []
    for some in now.lists:
        present = {r.key for r in some.rows}
        before = former.lists_by_name.get(some.name)
        kept = [
            r
            for r in (before.rows if before else ())
            if r.key not in present and any(q.path in filled.contents for q in r.questions)
        ]
        lists.append(replace(some, rows=(*some.rows, *kept)) if kept else some)
    return replace(now, lists=tuple(lists))


def _rows_typed_in(found: Renewed) -> None:
    """What was typed in a row that is no more goes to a new row: a draft is older than the list."""
    contents = found.filled.contents
    for some in found.form.lists:
        known = {r.key for r in some.rows} | set(found.filled.added.get(some.name, ()))
        lost = {p.split("/")[1] for p in contents if p.startswith(f"{some.name}/")} - known
        for key in sorted(lost):
            row = {p.rpartition("/")[2]: contents.pop(p) for p in list(contents) if p.startswith(f"{some.name}/{key}/")}
            if any(says_something(c) for n, c in row.items() if n != "type"):
                _add(found.filled, some, key, row)


def _add(filled: Filled, some: ListForm, key: str, row: dict[str, Content]) -> None:
    new = f"+{key.removeprefix('+')}"
    filled.added.setdefault(some.name, []).append(new)
    if some.style == "contacts":
        row.setdefault("type", key.removeprefix("+") if key.startswith("+") else "phone")
    filled.contents |= {f"{some.name}/{new}/{name}": content for name, content in row.items()}


def _drop_unknown(found: Renewed) -> None:
    asked, filled = FilledForm(found.form, found.filled), found.filled
    links = {k.link.hex() for k in found.form.links}
    filled.audiences = {p: a for p, a in filled.audiences.items() if not p or asked.has(p)}
    rows = {f"{some.name}/{row.key}" for some in found.form.lists for row in some.rows}
    filled.removed = [p for p in filled.removed if p in rows]
    filled.settled = [p for p in filled.settled if p in found.form.by_path]
    filled.unlinked = [k for k in filled.unlinked if k in links]
    filled.notes = {k: n for k, n in filled.notes.items() if k in links}


def _labels(former: SheetForm, now: SheetForm) -> list[str]:
    """What differs between two states of a sheet."""
    before = {q.path: (q.content, q.claims) for q in former.questions}
    labels = [q.label for q in now.questions if before.get(q.path) != (q.content, q.claims)]
    lists = former.lists_by_name
    labels += [some.label for some in now.lists if some.name not in lists or lists[some.name].rows != some.rows]
    return labels


def _labels_of(found: Renewed) -> list[str]:
    asked = FilledForm(found.form, found.filled)
    return list(dict.fromkeys(asked.question(path).label for path in found.news))
