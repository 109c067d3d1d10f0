"""Index entries made from a seed: the same directory of any size, everywhere it is needed.

Words, communes and skills follow the skewed frequencies of real lists (a few everywhere, many once), so
that a typed letter costs here what it costs there. Names are made of syllables: nobody is called so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from hashlib import md5
from random import Random
from typing import Any

from appli.domain.ids import short_code
from appli.store.index import IndexDoc

Facet = tuple[str, str, str]

SKILLS = (
    "Menuiserie Charpente Soudure Maçonnerie Plomberie Électricité Couture Boulangerie Maraîchage Apiculture "
    "Élevage Jardinage Cuisine Comptabilité Informatique Graphisme Photographie Vidéo Musique Traduction "
    "Animation Formation Mécanique Vannerie Poterie Ferronnerie Tissage Broderie Reliure Gravure Peinture "
    "Paysagisme Élagage Ramonage Carrelage Sellerie Horlogerie Librairie Édition Illustration Rédaction "
    "Journalisme Médiation Coordination Accompagnement Secrétariat Cartographie Théâtre Danse Sculpture "
    "Impression-3D Électronique Réparation Recyclage Compostage Distillation Fromagerie Brasserie Charcuterie"
).split()
GIVEN = (
    "Élise Mathieu Zoé François Hélène Loïc Cécile Rémi Maëlle Gaël Inès Noël Anaïs Thérèse Benoît Jérôme "
    "Aurélie Clément Solène Raphaël Chloé Étienne Margaux Jules Nathalie Yves Œnone Maïté Pierre Ambre"
).split()
COMMUNES = (
    "Mende;Florac Trois Rivières;Marvejols;Langogne;Villefort;Saint-Chély-d’Apcher;Le Bleymard;"
    "Sainte-Énimie;La Canourgue;Meyrueis;Le Pont de Montvert;Chanac;Ispagnac;Barjac;Aumont-Aubrac;"
    "Saint-Alban-sur-Limagnole;Grandrieu;Châteauneuf-de-Randon;Le Collet-de-Dèze;Vialas;Nasbinals;"
    "Saint-Germain-de-Calberte;Barre-des-Cévennes;Bagnols-les-Bains;Le Malzieu-Ville;Auroux;Badaroux"
).split(";")
NOUNS = (
    "atelier association coopérative forge ferme moulin café épicerie bibliothèque jardin verger fablab "
    "recyclerie coworking tiers-lieu école cantine théâtre cinéma grange four cave serre scierie fournil"
).split()
PLAIN = (
    "bois local partagé ouvert accueil projet réseau habitants village vallée montagne outils matériel prêt "
    "échange troc vente gratuit adhésion horaires semaine mardi jeudi samedi soir matin été hiver neuf ancien "
    "réparer apprendre transmettre ensemble cuisine légumes pain miel laine pierre fer terre eau énergie soleil "
    "vélo voiture trajet covoiturage numérique réunion salle bureau imprimante connexion café repas marché fête "
    "concert exposition chantier participatif formation accompagnement création reprise emploi bénévole"
).split()
KINDS = (
    # kind, shape, letter of the code, French label, weight
    ("person", "person", "P", "Personnes", 45),
    ("organization", "organization", "S", "Structures", 20),
    ("place", "place", "L", "Lieux", 12),
    ("project", "project", "J", "Projets", 8),
    ("equipment", "equipment", "M", "Matériel", 5),
    ("event", "event", "E", "Événements", 4),
    ("listing", "offer", "O", "Offres", 3),
    ("listing", "need", "B", "Besoins", 3),
)
_SYLLABLES = "ba bré cou dal der esca fau gui ja lan mar mo nou pel quer rou sa tré val vi zo chau gnac vère".split()


class _World:
    """What the entries of one directory are made from."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.surnames = [self.invented(2, 3).capitalize() for _ in range(3_000)]
        self.rare = [self.invented(2, 4) for _ in range(20_000)]
        villages = [
            f"{rng.choice(('Saint', 'Sainte', 'Le', 'La', 'Vieux'))}-{self.invented(2, 3).capitalize()}"
            for _ in range(2_000)
        ]
        self.communes = [(f"{48_000 + n:05}", name) for n, name in enumerate(COMMUNES + villages)]

    def invented(self, least: int, most: int) -> str:
        return "".join(self.rng.choices(_SYLLABLES, k=self.rng.randint(least, most)))

    def skewed(self, length: int) -> int:
        """A rank: the first ones come often, the last ones hardly ever."""
        return min(int(length ** self.rng.random()) - 1, length - 1)

    def sentence(self, count: int) -> str:
        rng = self.rng
        return " ".join(
            PLAIN[self.skewed(len(PLAIN))] if rng.random() < 0.85 else self.rare[self.skewed(20_000)]
            for _ in range(count)
        )


def index_docs(count: int, seed: int = 48) -> Iterator[IndexDoc]:
    """`count` entries; the first ones are the same whatever the count."""
    world = _World(Random(seed))
    weights = [kind[-1] for kind in KINDS]
    for number in range(count):
        kind, shape, letter, label, _weight = world.rng.choices(KINDS, weights)[0]
        yield _entry(world, number, (kind, shape, letter, label))


def _entry(world: _World, number: int, shape_of: tuple[str, str, str, str]) -> IndexDoc:
    rng = world.rng
    kind, shape, letter, label = shape_of
    record_id = rng.randbytes(16)
    insee, commune = world.communes[world.skewed(len(world.communes))]
    skills = tuple(SKILLS[world.skewed(len(SKILLS))] for _ in range(rng.randint(0, 3)))
    skills = tuple(dict.fromkeys(skills))
    title, initials = _title(world, kind)
    summary = world.sentence(rng.randint(3, 8)).capitalize()
    located = rng.random() < 0.8
    return IndexDoc(
        id=record_id,
        kind=kind,
        shape=shape,
        code=short_code(record_id, letter),
        title=title,
        second_line=f"{skills[0]}, {summary}" if skills else summary,
        commune=commune,
        insee=insee,
        skills=skills,
        place=f"{commune} {insee} Lozère",
        body=f"{summary}. {world.sentence(rng.randint(5, 60))}",
        facets=_facets(world, shape, label, (insee, commune), skills),
        lat=round(rng.uniform(44.1, 45.0), 6) if located else None,
        lon=round(rng.uniform(2.98, 4.0), 6) if located else None,
        precision=rng.choice(("exact", "street", "commune")) if located else None,
        audience=rng.choice((0, 20, 20, 20, 30)),
        trashed=rng.random() < 0.01,
        siblings=int(rng.random() < 0.01) * 2,
        demo=False,
        initials=initials,
        updated=1_700_000_000_000 + number * 60_000,
    )


def _title(world: _World, kind: str) -> tuple[str, str]:
    rng = world.rng
    surname = world.surnames[world.skewed(len(world.surnames))]
    if kind == "person":
        given = rng.choice(GIVEN)
        return f"{given} {surname}", given[0] + surname[0]
    noun = NOUNS[world.skewed(len(NOUNS))].capitalize()
    link = rng.choice((" de ", " des ", " d’", " du "))
    return f"{noun}{link}{world.rare[world.skewed(20_000)].capitalize()} {world.sentence(1)}", ""


def _facets(
    world: _World, shape: str, label: str, commune: tuple[str, str], skills: tuple[str, ...]
) -> tuple[Facet, ...]:
    rng = world.rng
    sector = rng.choice(("Alimentation", "Culture", "Habitat", "Mobilité", "Services"))
    freshness = rng.choice(("Cette année", "L’an dernier", "Plus ancien"))
    source = rng.choice(("Saisie", "Adhérents", "Recensement", "Paquet"))
    found: list[Facet] = [
        ("kind", shape, label),
        ("commune", *commune),
        ("sector", sector.lower(), sector),
        ("confirmed", freshness.lower(), freshness),
        ("source", source.lower(), source),
    ]
    found += [("skill", skill.lower(), skill) for skill in skills]
    if rng.random() < 0.3:
        stage = rng.choice(("Idée", "Étude", "Lancement", "Activité", "Fermé"))
        found.append(("stage", stage.lower(), stage))
    return tuple(found)


def index_doc(title: str, *, kind: str = "person", key: int = 0, **changes: Any) -> IndexDoc:
    """One entry written by hand; its id follows from its key, or from its title."""
    record_id = md5(f"{key or title}".encode(), usedforsecurity=False).digest()
    letter = next((letter for code, _s, letter, _l, _w in KINDS if code == kind), "X")
    plain = IndexDoc(
        id=record_id,
        kind=kind,
        shape=kind,
        code=short_code(record_id, letter),
        title=title,
        second_line="",
        commune="",
        insee=None,
        skills=(),
        place="",
        body="",
        facets=(("kind", kind, kind),),
        lat=None,
        lon=None,
        precision=None,
        audience=20,
        trashed=False,
        siblings=0,
        demo=False,
        initials="",
        updated=0,
    )
    return replace(plain, **changes)
