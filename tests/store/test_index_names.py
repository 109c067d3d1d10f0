"""300 French names as people write them: each is among the first ten found, however it is typed."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from random import Random

import pytest

from appli.domain.text import sort_key
from appli.store.index import Index, Query
from tests.builders_index import index_doc

GIVEN = (
    "Élise Œnone Cæcilia François Hélène Loïc Anne-Marie Jean-François Maëlle Gaël Inès Noël Thérèse Benoît Jérôme"
).split()
FAMILY = """
Lecœur|Lebœuf|de La Tour|d’Aubigné|du Pont|Saint-Pierre|Sainte-Marie|St-Jean|L’Hermite|Le Goff|Garçon|Façade|
Nuñez|Müller|Ibáñez|Crèvecœur|Œhmichen|Desœuvre|d’Œuvre|Saint-Étienne|Château|Maître|Forêt|Côté|Evêque|Bérénice
""".replace("\n", "").split("|")
PLACES = """
L’Atelier d’Échantillon|La Forge à Gaspard|Café de l’Œuf|Maison de Saint-Chély-d’Apcher|Ste-Énimie Accueil|
Foyer de St-Alban|Le Nœud|Chœur d’Aubrac|Ferme des Bœufs|S.C.O.P. du Mont|AMAP’olette|C.I.V.A.M. de Lozère
""".replace("\n", "").split("|")


def names() -> list[str]:
    rng = Random(300)
    people = dict.fromkeys(f"{rng.choice(GIVEN)} {rng.choice(FAMILY)}" for _ in range(900))
    return [*list(people)[: 300 - len(PLACES)], *PLACES]


def bare(name: str) -> str:
    ligatures = name.replace("œ", "oe").replace("Œ", "OE").replace("æ", "ae")
    return "".join(c for c in unicodedata.normalize("NFD", ligatures) if not unicodedata.combining(c))


def saints(name: str) -> str:
    for long, short in (("Sainte-", "Ste "), ("Saint-", "St "), ("Ste-", "Sainte "), ("St-", "Saint ")):
        if long in name:
            return name.replace(long, short)
    return name


def without_particles(name: str) -> str:
    for particle in ("d’", "L’", "de ", "du ", "La ", "Le ", "des ", "à "):
        name = name.replace(particle, "")
    return name


TYPED: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "capitals without accents": lambda name: bare(name).upper(),
    "lower case without accents": lambda name: bare(name).lower(),
    "decomposed": lambda name: unicodedata.normalize("NFD", name),
    "straight apostrophes": lambda name: name.replace("’", "'"),
    "spaces for apostrophes and hyphens": lambda name: name.replace("’", " ").replace("-", " "),
    "saints abbreviated or not": saints,
    "last word first": lambda name: " ".join(name.split()[::-1]),
    "without particles": without_particles,
    "acronyms without points": lambda name: name.replace("S.C.O.P.", "scop").replace("C.I.V.A.M.", "civam"),
    "nearly whole": lambda name: name[:-1],
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with Index(tmp_path_factory.mktemp("names") / "index.db") as opened:
        opened.rebuild([index_doc(name) for name in names()], 1)
        yield opened


def missed(index: Index, typed: Callable[[str], str]) -> list[str]:
    return [
        f"{name} typed {typed(name)}"
        for name in names()
        if name not in [row.title for row in index.first_page(Query(typed(name)), 10)]
    ]


@pytest.mark.parametrize("way", TYPED)
def test_a_name_is_among_the_first_ten(index: Index, way: str) -> None:
    assert len(names()) == 300
    assert missed(index, TYPED[way])[6:] == []


def mistyped(name: str, rng: Random) -> str:
    """One letter of the longest word lost, doubled by another, replaced or swapped; as typed, without accents."""
    typed = bare(name)
    word = max(typed.replace("-", " ").replace("’", " ").replace(".", " ").split(), key=len)
    place = rng.randrange(1, len(word) - 1)
    head, tail, letter = word[:place], word[place:], rng.choice("aeinrst")
    wrong = rng.choice([tail[1:], tail[1] + tail[0] + tail[2:], letter + tail, letter + tail[1:]])
    return typed.replace(word, head + wrong)


def test_a_name_with_one_typing_error_is_among_the_first_ten(index: Index) -> None:
    rng = Random(15)
    errors = {name: mistyped(name, rng) for name in names()}

    def found_or_corrected(name: str) -> str:
        found = [row.title for row in index.first_page(Query(errors[name]), 10)]
        return errors[name] if name in found else index.corrected(errors[name]) or errors[name]

    assert missed(index, found_or_corrected)[6:] == []
    assert len(missed(index, errors.__getitem__)) > 200


def test_names_are_listed_in_french_order(index: Index) -> None:
    listed = [row.title for row in index.rows(index.ids(Query()))]
    assert listed == sorted(names(), key=lambda name: (sort_key(name), index_doc(name).id))
