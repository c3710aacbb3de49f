"""What to say of a name that is not known: the names that come near it, and those that there are."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from stcalib.core.visible import visible

FEW = 10
"""Names that a message gives at most."""
NEAR = 3
"""Names that come near which a message gives at most."""


def not_known(name: object, what: str, known: Iterable[object]) -> str:
    """A message: that `name` is no `what`, which names come near it, and which there are."""
    names = [str(one) for one in known]
    begins = [one for one in names if name and (one.startswith(str(name)) or one.rpartition("/")[2].startswith(str(name)))]
    near = begins[:NEAR] or get_close_matches(str(name), names, n=NEAR)
    meant = f" Did you mean {' or '.join(map(repr, near))}?" if near else ""
    return visible(f"{name!r}: no such {what}.{meant} There are: {few(names)}")


def few(names: Iterable[str]) -> str:
    """The first of some names, and how many more there are."""
    listed = list(names)
    more = f" and {len(listed) - FEW:,} more" if len(listed) > FEW else ""
    return (", ".join(listed[:FEW]) or "none") + more
