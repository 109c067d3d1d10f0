"""Makes `ressources/demo/fiches_generees.json`: 150 invented sheets around the 60 written by hand, always the same.

    .venv/bin/python installer/donnees/generer_demo.py [--sortie FILE]

What they tell lies beside, in `demo_matiere.toml`; here a seed decides who lives where, bears which name, refused what,
and is linked to whom: mostly to what is near. `appli/services/demonstration.py` describes the files. Telephone numbers
are in the ranges kept for fiction, e-mail addresses in example domains.
"""

from __future__ import annotations

import argparse
import json
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from math import cos, hypot, radians
from pathlib import Path
from random import Random
from typing import Any

from mettre_en_forme import BY_HAND, write

GENERATED = BY_HAND.with_name("fiches_generees.json")
MATTER = tomllib.loads(Path(__file__).with_name("demo_matiere.toml").read_text("utf-8"))
SEED = 48

Record = dict[str, Any]

POSITIONS = {insee: (lat, lon) for insee, lat, lon, _weight in MATTER["communes"]}
PREFECTURE = "48095"

LEVELS = {"e": "expert", "a": "average", "b": "beginner"}
INTENTS = {"p": "practises", "t": "teaches", "w": "wants"}
PURPOSES = ("screen", "members_print", "public_print", "map", "web", "photo", "letters")
PROFILES = (
    # (weight, purposes refused, what the sheet is shown to)
    (20, (), "public"),
    (6, ("photo", "letters"), "public"),
    (14, ("map", "web"), "shared"),
    (9, ("public_print", "web"), "shared"),
    (8, ("public_print", "map", "web", "photo", "letters"), "shared"),
    (4, ("screen", "public_print", "map", "web", "photo", "letters"), "private"),
)
AUTHORS = {row["by"] for rows in ("project", "event", "listing", "trip") for row in MATTER[rows] if "by" in row}
"""Who announces something is seen by others."""
COLLECTORS = ("Inès Cabrillac", "Nour Benchaïb", "Bastien Pagès", "Aimé Foulquier", "Samir Haddoune")
RELAYS = ("ines", "aime", "bastien")
OPEN_TO_JOIN = ("atelier", "graines", "assemblee", "patache", "tarnon", "reemploi")
"""Organizations written by hand that people of this file join."""

# --- drawing -------------------------------------------------------------------------------------


def filled(**fields: Any) -> Record:
    """The fields that say something."""
    return {name: v for name, v in fields.items() if v is not None}


def kilometres(one: str, other: str) -> float:
    """Between two communes; one that is not in the table stands in the middle of the department."""
    (lat, lon), (lat2, lon2) = (POSITIONS.get(insee, POSITIONS[PREFECTURE]) for insee in (one, other))
    return hypot((lat - lat2) * 111.2, (lon - lon2) * 111.2 * cos(radians(lat)))


class Draw:
    """Builds the sheets and links one after the other; everything comes from the seed."""

    def __init__(self, by_hand: Record) -> None:
        self.rng = Random(SEED)  # noqa: S311 (nothing secret is drawn)
        self.records: list[Record] = []
        self.links: list[list[Any]] = []
        self.kinds: dict[str, str] = {}
        self.home: dict[str, str] = {}
        """The commune of each sheet, those written by hand included."""
        self.everybody: list[str] = []
        self.people: list[str] = []
        """Those made here whom others may see."""
        self.skills: list[tuple[str, str, str]] = []
        """(person, skill, intents)."""
        self._numbers = set(re.findall(r"0\d(?: \d\d){4}", json.dumps(by_hand, ensure_ascii=False)))
        for record in by_hand["records"]:
            self._know(record)

    # --- what all kinds share

    def add(self, key: str, kind: str, fields: Record, **rest: Any) -> str:
        """A sheet; its commune is remembered for what is near."""
        record = {"key": key, "kind": kind, "fields": fields, **{k: v for k, v in rest.items() if v}}
        self.records.append(record)
        self._know(record)
        return key

    def link(self, one: str, role: str, other: str, **said: str) -> None:
        """A link, once."""
        if not any([one, role, other] == known[:3] for known in self.links):
            self.links.append([one, role, other, said] if said else [one, role, other])

    def commune(self) -> str:
        """A commune, by population."""
        return str(self.rng.choices(MATTER["communes"], [c[3] for c in MATTER["communes"]])[0][0])

    def near(self, key: str, among: Iterable[str]) -> str:
        """One of these sheets, rather near that one."""
        others = [k for k in among if k != key]
        weights = [1 / (4 + kilometres(self.home[key], self.home[k])) ** 4 for k in others]
        return self.rng.choices(others, weights)[0]

    def phone(self, start: str) -> str:
        """A number nobody has here, in a range kept for fiction."""
        while True:
            found = f"{start} {self.rng.randrange(100):02} {self.rng.randrange(100):02}"
            if found not in self._numbers:
                self._numbers.add(found)
                return found

    def landline(self, commune: str) -> str:
        """Of the South-West for Aveyron, of the South-East elsewhere."""
        return self.phone("05 36 49" if commune.startswith("12") else "04 65 71")

    def day(self, first: str, last: str) -> str:
        """A day between two."""
        start = date.fromisoformat(first)
        span = (date.fromisoformat(last) - start).days
        return (start + timedelta(days=self.rng.randrange(span))).isoformat()

    def confirmation(self, since: str = "2025-05-01") -> Record | None:
        """Five sheets out of six were checked."""
        if self.rng.random() > 0.83:
            return None
        how = self.rng.choice(("visit", "phone", "mail", "paper"))
        return {"on": self.day(max(since, "2025-05-01"), "2026-11-15"), "by": self.rng.choice(COLLECTORS), "how": how}

    def _know(self, record: Record) -> None:
        key = record["key"]
        self.kinds[key] = record["kind"]
        self.home[key] = record["fields"].get("commune", PREFECTURE)
        if record["kind"] == "person" and record.get("audience") != "private":
            rows = [p for p in record.get("parts", ()) if p["part"] == "skill"]
            self.skills += [(key, p["term"], " ".join(p["intents"])) for p in rows]


def email(name: str) -> str:
    """« noe.quezarel » of a name."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return re.sub(r"[^a-z]+", ".", plain.lower()).strip(".")


# --- persons -------------------------------------------------------------------------------------


def persons(draw: Draw) -> None:
    """One per trade, a man and a woman in turn."""
    families = draw.rng.sample(MATTER["families"], len(MATTER["families"]))
    given = {sex: draw.rng.sample(MATTER[sex], len(MATTER[sex])) for sex in ("men", "women")}
    for number, trade in enumerate(MATTER["trade"]):
        woman = number % 2 == 1
        name = f"{given['women' if woman else 'men'].pop()} {families[number % len(families)]}"
        occupation = trade.get("woman", trade["man"]) if woman else trade["man"]
        person(draw, f"p{number + 1:02}", name, occupation, trade)


def person(draw: Draw, key: str, name: str, occupation: str, trade: Record) -> None:
    """Somebody who bears this name and has this trade."""
    rng, commune = draw.rng, trade.get("commune") or draw.commune()
    profiles = [p for p in PROFILES if p[2] != "private" or key not in AUTHORS]
    _weight, refused, audience = rng.choices(profiles, [p[0] for p in profiles])[0]
    offline = trade.get("offline", False)
    fields = filled(
        name=name,
        occupation=occupation,
        status=trade["status"],
        languages=languages(rng, trade["skills"]),
        preferred_contact=rng.choice(("host", "phone")) if offline else rng.choice(("phone", "sms", "mail")),
        availability=trade["availability"],
        commune=commune,
        address=address(rng),
        description=trade["description"],
        entered_on_behalf=True if offline else None,
        confirmation=draw.confirmation(),
    )
    parts = [skill(written) for written in trade["skills"]]
    parts += contacts(draw, name, commune, offline=offline)
    asked = {"on": draw.day("2025-03-01", "2026-11-10"), "how": rng.choice(("paper", "paper", "oral", "mail"))}
    asked = asked | {"collected_by": rng.choice(COLLECTORS)} | ({"how": "oral"} if offline else {})
    consents = {purpose: purpose not in refused for purpose in PURPOSES}
    draw.add(key, "person", fields, audience=audience, parts=parts, consents=consents, asked=asked)
    draw.everybody.append(key)
    if audience != "private":
        draw.people.append(key)
    if offline:
        draw.link(draw.near(key, RELAYS), "relay_for", key)


def languages(rng: Random, skills: Sequence[str]) -> list[str]:
    """French, and what the skills or chance add."""
    said = " ".join(skills)
    likely = (("oc", "Occitan", 0.2), ("en", "Anglais:e", 0.25), ("lsf", "Langue des signes", 0))
    found = ["fr", *(code for code, label, chance in likely if label in said or rng.random() < chance)]
    return found + ([rng.choice(("es", "de", "it", "ar", "nl", "pt"))] if rng.random() < 0.15 else [])


def address(rng: Random) -> Record | None:
    """A hamlet, a street, or nothing."""
    line = rng.choice(("lieu_dit", "street", ""))
    return {line: rng.choice(MATTER["hamlets" if line == "lieu_dit" else "streets"])} if line else None


def skill(written: str) -> Record:
    """« Soudure:e:pt » → a part."""
    label, level, intents = written.split(":")
    return {"part": "skill", "term": label, "level": LEVELS[level], "intents": [INTENTS[i] for i in intents]}


def contacts(draw: Draw, name: str, commune: str, *, offline: bool) -> list[Record]:
    """Ways to reach somebody: at least one number for who has no e-mail; some keep theirs to themselves."""
    found: list[Record] = []
    if not offline and draw.rng.random() < 0.9:
        domain = draw.rng.choice(("example.org", "exemple.example"))
        found.append({"part": "contact_point", "type": "email", "value": f"{mailbox(name)}@{domain}"})
    if offline or draw.rng.random() < 0.3:
        found.append({"part": "contact_point", "type": "phone", "value": draw.landline(commune)})
    if not offline and (not found or draw.rng.random() < 0.8):
        mobile = {"part": "contact_point", "type": "mobile", "value": draw.phone("06 39 98")}
        found.append(mobile | ({"audience": "private"} if draw.rng.random() < 0.15 else {}))
    return found


def mailbox(name: str) -> str:
    """« Noé Quézarel » → noe.quezarel."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return re.sub(r"[^a-z]+", ".", plain.lower()).strip(".")


# --- what they make together ---------------------------------------------------------------------

_NOT_FIELDS = set("key at by where wanted links managed_by animated_by rate rate_unit start end recurrence".split())


def told(row: Record, **drawn: Any) -> Record:
    """What the matter says of a sheet, and what was drawn where it says nothing."""
    return filled(**drawn) | {name: v for name, v in row.items() if name not in _NOT_FIELDS}


def said_links(draw: Draw, row: Record) -> None:
    """The links the matter says itself."""
    if "at" in row:
        draw.link(row["key"], "located_at", row["at"])
    for role, other, *note in row.get("links", ()):
        draw.link(row["key"], role, other, **({"note": note[0]} if note else {}))


def organizations(draw: Draw) -> None:
    for row in MATTER["organization"]:
        phone = draw.landline(row["commune"]) if draw.rng.random() < 0.7 else None
        email = f"{row['key']}@example.org"
        draw.add(row["key"], "organization", told(row, phone=phone, email=email, confirmation=draw.confirmation()))
        if "managed_by" in row:
            draw.link(row["managed_by"], "manages", row["key"])
        elif "remit" not in row:
            office = draw.rng.choice(("trésorerie", "présidence", "secrétariat"))
            draw.link(draw.near(row["key"], draw.people), "member_of", row["key"], title=office)
        said_links(draw, row)


def places(draw: Draw) -> None:
    for row in MATTER["place"]:
        hours = row.get("opening_hours", "")
        served = " ".join(row.get("services", ()))
        fields = told(
            row,
            free_access=True if hours == "24/7" else None,
            opened_year=draw.rng.randrange(2009, 2026) if row["availability"] == "open" else None,
            connection=draw.rng.choice(("fibre", "dsl")) if re.search("video|computer|post", served) else None,
            accessibility=draw.rng.choice((None, ["wheelchair"], ["wheelchair_limited"])),
            phone=draw.landline(row["commune"]) if hours not in ("", "24/7") else None,
            confirmation=draw.confirmation(),
        )
        key = draw.add(row["key"], "place", fields)
        if "managed_by" in row:
            draw.link(row["managed_by"], "manages", key)
        else:
            role = "animates" if row["availability"] == "open" else "interested_in"
            draw.link(row.get("animated_by") or draw.near(key, draw.people), role, key)
        said_links(draw, row)


def equipment(draw: Draw) -> None:
    for row in MATTER["equipment"]:
        fields = told(
            row,
            condition="poor" if row["status"] == "broken" else draw.rng.choice(("new", "good", "good", "fair")),
            max_days=draw.rng.choice((3, 7, 15)) if row["movable"] else None,
            required_training="Une heure avec un référent" if row["access"] == "after_training" else None,
            commune=draw.home[row["where"]],
            confirmation=draw.confirmation(),
        )
        label = "Gratuit" if row["rate"] == "0 €" else "Participation aux frais"
        rate = {"part": "rate", "label": label, "amount": row["rate"], "unit": row["rate_unit"]}
        key = draw.add(row["key"], "equipment", fields, audience="public", parts=[rate])
        owned = draw.kinds[row["where"]] == "organization"
        draw.link(row["where"], "owns", key) if owned else draw.link(key, "located_at", row["where"])
        if draw.rng.random() < 0.5:
            draw.link(draw.near(key, draw.people), "keeps", key)


def projects(draw: Draw) -> None:
    for row in MATTER["project"]:
        fields = told(
            row,
            channels=["face_to_face", draw.rng.choice(("phone", "list", "paper", "site"))],
            scope=draw.rng.choice(("local", "local", "departmental")),
            confirmation=draw.confirmation(since=f"{row['started']}-28"),
        )
        parts = [wanted(draw, written) for written in row.get("wanted", ())]
        key = draw.add(row["key"], "project", fields, audience="public", parts=parts)
        carrier = row.get("by") or draw.near(key, draw.people)
        draw.link(carrier, "carries", key)
        for _ in range(draw.rng.randrange(1, 4)):
            draw.link(draw.near(key, [p for p in draw.people if p != carrier]), "takes_part", key)
        said_links(draw, row)


def wanted(draw: Draw, written: str) -> Record:
    """« Électricité:1 » → a part."""
    term, seats = written.split(":")
    return {"part": "wanted_skill", "term": term, "seats": int(seats), "until": draw.day("2027-01-15", "2027-06-30")}


def events(draw: Draw) -> None:
    for row in MATTER["event"]:
        capacity = row.get("capacity", 0)
        fields = told(
            row,
            period={name: row[name] for name in ("start", "end", "recurrence") if name in row},
            status="confirmed",
            registered=draw.rng.randrange(capacity // 3, capacity) if capacity else None,
            commune=draw.home[row.get("at") or row["by"]],
        )
        key = draw.add(row["key"], "event", fields)
        draw.link(row["by"], "organises", key)
        draw.link(draw.near(key, draw.people), "interested_in", key)
        said_links(draw, row)


def listings(draw: Draw) -> None:
    for row in MATTER["listing"]:
        fields = told(
            row,
            by=row["by"],
            radius=draw.rng.choice((15, 25, 40, 60)),
            status="active",
            commune=draw.home[row["by"]],
        )
        key = draw.add(row["key"], "listing", fields, audience=draw.rng.choice(("public", "shared")))
        for _ in range(draw.rng.randrange(1, 3)):
            draw.link(draw.near(key, [p for p in draw.people if p != row["by"]]), "interested_in", key)
        said_links(draw, row)


def trips(draw: Draw) -> None:
    for row in MATTER["trip"]:
        fields = told(row, by=row["by"], expires_on="2027-06-30")
        draw.link(draw.add(row["key"], "trip", fields, audience="public"), "part_of", "covoit")


def neighbours(draw: Draw) -> None:
    """Who joins what near home, and who could teach what somebody wants to learn."""
    closed = ("company", "other_public")
    joinable = [row["key"] for row in MATTER["organization"] if row["legal_form"] not in closed] + list(OPEN_TO_JOIN)
    for key in draw.everybody:
        for _ in range(draw.rng.randrange(1, 3)):
            draw.link(key, "member_of", draw.near(key, joinable))
    for learner, term, intents in draw.skills:
        teachers = [p for p, t, how in draw.skills if t == term and "teaches" in how and p != learner]
        if "wants" in intents and teachers and draw.rng.random() < 0.5:
            draw.link(draw.near(learner, teachers), "mentors", learner, note=term)


def generated() -> Record:
    """The whole document."""
    draw = Draw(json.loads(BY_HAND.read_text("utf-8")))
    for make in (persons, organizations, places, equipment, projects, events, listings, trips, neighbours):
        make(draw)
    return {"records": draw.records, "links": draw.links}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sortie", type=Path, default=GENERATED, help="le fichier à écrire")
    options = parser.parse_args()
    document = generated()
    write(options.sortie, document)
    print(f"{len(document['records'])} fiches, {len(document['links'])} liens : {options.sortie}")


if __name__ == "__main__":
    main()
