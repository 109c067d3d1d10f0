"""« Faire une demande »: a small signed file in which a PC says what it has, so that another gives just the rest."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from appli.domain.causality import Knowledge
from appli.errors import EnvironmentProblem, UserError
from appli.exchange import limits
from appli.exchange.keys import fingerprint
from appli.exchange.safe_file import write_file
from appli.exchange.statements import KnowledgeRequest, from_text, knowledge_written, opened, signed, to_text
from appli.i18n import _
from appli.services.directory import Directory
from appli.services.exchanging.giving import signing_pair
from appli.services.exchanging.peers import Peer, Trust, keep, learnt, peer
from appli.services.spaces import ensure_founded, replica_name, space_of

SUFFIX = ".maille-demande"


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that may be answered: the PC as it is known here, with what it says it has."""

    peer: Peer
    at: int
    """When it was made, by that PC's clock, in ms."""
    is_known: bool
    """Something signed by this very key was accepted before."""
    fingerprint: str

    @property
    def knowledge(self) -> Knowledge:
        """What it has."""
        return self.peer.knowledge


def ask(directory: Directory, target: Path) -> Path:
    """Write what this PC has. Raises EnvironmentProblem when the disk or the stick refuses."""
    ensure_founded(directory)
    pair = signing_pair(directory)
    space = space_of(directory)
    if space is None:
        raise LookupError("a request of no space")
    content = KnowledgeRequest(
        space=space.id.hex(),
        author=directory.store.replica.hex(),
        at=directory.store.folder.clock(),
        label=replica_name(directory),
        know=knowledge_written(directory.store.knowledge().as_dict()),
    )
    path = target if target.name.endswith(SUFFIX) else target.with_name(f"{target.name}{SUFFIX}")
    write_file(path, to_text(signed(content, pair)))
    return path


def read(directory: Directory, path: Path) -> Asked:
    """What a request asks. Raises UserError for what is none, another network's, this PC's own, a PC set aside or one
    whose key changed; EnvironmentProblem for a file that cannot be read.
    """
    content, key = _content(path)
    space, author = space_of(directory), bytes.fromhex(content.author)
    if space is None or space.id.hex() != content.space:
        raise UserError(
            "other_space",
            _("Cette demande vient d’un autre réseau. Aucun paquet n’a été fait."),
            _("Ouvrez-la dans l’annuaire de ce réseau."),
        )
    if author == directory.store.replica:
        raise UserError(
            "own_request",
            _("Cette demande a été faite par ce poste. Aucun paquet n’a été fait."),
            _("Donnez-la à un autre poste : c’est lui qui fera le paquet."),
        )
    known = peer(directory, author)
    if known is not None and known.trust == Trust.REVOKED:
        raise UserError(
            "revoked_peer",
            _("Vous avez écarté le poste « {name} » : sa demande n’a pas été lue.").format(name=known.label),
            _("Pour l’accepter à nouveau : Échanges > Les postes du réseau."),
        )
    if known is not None and known.key and known.key != key.hex():
        raise UserError(
            "changed_key",
            _(
                "Attention : cette demande dit venir du poste « {name} », mais sa signature n’est pas la sienne. "
                "Aucun paquet n’a été fait."
            ).format(name=known.label),
            _("Appelez la personne, et comparez ces mots avec les siens : {words}.").format(words=fingerprint(key)),
        )
    asking = replace(known or Peer(author), label=content.label, know_at=0)
    return Asked(
        peer=learnt(asking, content.knowledge, content.at),
        at=content.at,
        is_known=known is not None and bool(known.key),
        fingerprint=fingerprint(key),
    )


def note(directory: Directory, asked: Asked) -> None:
    """Remember what a known PC says it has: an older request says nothing that is not known."""
    known = peer(directory, asked.peer.uid)
    if known is not None and asked.is_known:
        keep(directory, learnt(known, asked.knowledge, asked.at))


def _content(path: Path) -> tuple[KnowledgeRequest, bytes]:
    try:
        with path.open("rb") as file:
            statement = from_text(file.read(2 * limits.STATEMENT + 1))
    except OSError as problem:
        raise EnvironmentProblem(
            "unreadable",
            _("« {name} » ne peut pas être lu. Votre annuaire n’a pas changé.").format(name=path.name),
            _("Vérifiez que la clé est branchée, puis réessayez."),
        ) from problem
    except UserError as problem:
        raise _no_request(path) from problem
    content = opened(statement)
    if not isinstance(content, KnowledgeRequest):
        raise _no_request(path)
    return content, statement.key


def _no_request(path: Path) -> UserError:
    return UserError(
        "not_a_request",
        _("« {name} » n’est pas une demande de Maillage. Rien n’a changé.").format(name=path.name),
        _("Une demande se fait dans Échanges, sur le poste à qui il manque quelque chose."),
    )
