"""« Attestation d’effacement »: one page that a person can be handed, whole in itself, to be printed by any browser."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from appli.i18n import _, _n, number


@dataclass(frozen=True, slots=True)
class Proof:
    """All that it says, in words; it names no person: nobody here knows any more who it was."""

    space: str
    contact: str
    codes: tuple[str, ...]
    ordered: str
    reason: str
    author: str
    words: str
    """The six words of the key that signed."""
    uid: str
    counts: bool
    have: tuple[str, ...]
    silent: tuple[tuple[str, str], ...]
    """(PC, the day one last heard of it, empty for never)."""
    written: str
    here: str
    """The PC that writes it."""
    aside: tuple[str, ...]
    """The days on which bases were set aside on that PC: she may still be in them."""


_STYLE = """
@page { size: A4; margin: 22mm 20mm; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 42rem; padding: 2.5rem 1.5rem; color: #1f2421; background: #fff;
  font: 11.5pt/1.55 "Source Serif 4", Georgia, "Liberation Serif", serif; hyphens: auto; }
header { border-bottom: 2px solid #2f6b4f; padding-bottom: .9rem; margin-bottom: 1.6rem; }
header p { margin: 0; color: #55605a; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: .2rem 0 0; }
h2 { font-size: 1.05rem; margin: 1.7rem 0 .4rem; color: #2f6b4f; break-after: avoid; }
dl { display: grid; grid-template-columns: 12rem 1fr; gap: .35rem 1rem; margin: 0; }
dt { color: #55605a; } dd { margin: 0; overflow-wrap: anywhere; }
ul { margin: .3rem 0 0; padding-left: 1.2rem; } li { margin: .15rem 0; }
.code { font-family: "DejaVu Sans Mono", Consolas, monospace; font-size: .95em; white-space: nowrap; }
.sign { margin-top: 2.6rem; display: grid; grid-template-columns: 1fr 1fr; gap: 2rem; break-inside: avoid; }
.sign p { border-top: 1px solid #9aa39e; padding-top: .4rem; margin: 2.8rem 0 0; color: #55605a; }
@media print { body { padding: 0; max-width: none; } }
"""


def page(proof: Proof) -> str:
    """The page, in HTML; nothing in it leads anywhere else."""
    title = _("Attestation d’effacement")
    return (
        '<!DOCTYPE html>\n<html lang="fr"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body>"
        f"<header><p>{escape(proof.space)}</p><h1>{escape(title)}</h1></header>"
        f"{_intro(proof)}{_facts(proof)}{_where(proof)}{_limits()}{_rights(proof)}{_foot(proof)}"
        "</body></html>\n"
    )


def _intro(proof: Proof) -> str:
    words = _n(
        "La fiche désignée ci-dessous a été effacée de l’annuaire, avec tout ce qui lui était rattaché : "
        "coordonnées, liens, notes, photos.",
        "Les {n} fiches désignées ci-dessous ont été effacées de l’annuaire, avec tout ce qui leur était rattaché : "
        "coordonnées, liens, notes, photos.",
        len(proof.codes),
    )
    rest = _("Cet effacement ne peut pas être annulé ; seul un numéro sans nom est gardé, pour empêcher tout retour.")
    return f"<p>{escape(words.format(n=number(len(proof.codes))))} {escape(rest)}</p>"


def _facts(proof: Proof) -> str:
    codes = ", ".join(f'<span class="code">{escape(code)}</span>' for code in proof.codes)
    rows = (
        (_("Code de la fiche"), codes),
        (_("Effacée le"), escape(proof.ordered)),
        (_("Motif"), escape(proof.reason)),
        (_("Ordre signé par"), escape(_("le poste « {name} »").format(name=proof.author))),
        (_("Mots de sa clé"), escape(proof.words)),
        (_("Numéro de l’ordre"), f'<span class="code">{escape(proof.uid)}</span>'),
    )
    return "<dl>" + "".join(f"<dt>{escape(label)}</dt><dd>{words}</dd>" for label, words in rows) + "</dl>"


def _where(proof: Proof) -> str:
    of = len(proof.have) + len(proof.silent)
    count = len(proof.have)
    done = _n("Effacée sur {n} poste connu sur {of}", "Effacée sur {n} postes connus sur {of}", count)
    if not proof.counts:
        done = _n("Ordre reçu par {n} poste connu sur {of}", "Ordre reçu par {n} postes connus sur {of}", count)
    if of == 1:
        done = _("Effacée sur le seul poste connu")
    lines = [
        f"<p>{escape(done.format(n=number(len(proof.have)), of=number(of)))} : {escape(', '.join(proof.have))}.</p>"
    ]
    if not proof.counts:
        asks = _("L’ordre ne vient pas d’un poste référent : ailleurs, une personne confirme chaque effacement.")
        lines.append(f"<p>{escape(asks)}</p>")
    if proof.silent:
        heard = _("« {name} », dernières nouvelles le {day}")
        never = _("« {name} », aucune nouvelle")
        items = [(heard if day else never).format(name=name, day=day) for name, day in proof.silent]
        lines.append(f"<p>{escape(_('Sans confirmation à ce jour :'))}</p>")
        lines.append("<ul>" + "".join(f"<li>{escape(item)}</li>" for item in items) + "</ul>")
    if proof.aside:
        kept = _n(
            "Sur le poste « {name} », une base mise de côté après une panne peut encore en garder la trace, tant "
            "qu’elle n’y est pas supprimée : celle du {days}.",
            "Sur le poste « {name} », des bases mises de côté après une panne peuvent encore en garder la trace, tant "
            "qu’elles n’y sont pas supprimées : {days}.",
            len(proof.aside),
        )
        lines.append(f"<p>{escape(kept.format(name=proof.here, days=', '.join(proof.aside)))}</p>")
    return f"<h2>{escape(_('Où l’effacement est confirmé'))}</h2>" + "".join(lines)


def _limits() -> str:
    items = (
        _("les feuilles imprimées, les copies d’écran et ce que chacun a recopié ;"),
        _("les postes dont le réseau n’a jamais eu de nouvelles ;"),
        _(
            "les sauvegardes que Maillage tient sur chaque poste, tant que d’autres ne les ont pas remplacées "
            "(y revenir ne ramène pas la fiche) ;"
        ),
        _("les sauvegardes que d’autres ont faites hors de Maillage ;"),
        _("les anciennes versions que gardent Syncthing, Nextcloud ou une messagerie."),
    )
    title = _("Ce que Maillage ne peut pas effacer")
    return f"<h2>{escape(title)}</h2><ul>" + "".join(f"<li>{escape(item)}</li>" for item in items) + "</ul>"


def _rights(proof: Proof) -> str:
    if not proof.contact:
        return ""
    return f"<h2>{escape(_('À qui s’adresser'))}</h2><p>{escape(proof.contact)}</p>"


def _foot(proof: Proof) -> str:
    made = _("Établie le {day} par Maillage.").format(day=proof.written)
    name, sign = escape(_("Nom et qualité")), escape(_("Signature"))
    return f'<div class="sign"><p>{name}</p><p>{sign}</p></div><p>{escape(made)}</p>'
