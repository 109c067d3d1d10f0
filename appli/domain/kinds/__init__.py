"""One file per kind of record; `appli.domain.catalogue` gathers them."""
