"""The hostile words of `hostile.toml`, and articles that hold them everywhere."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
TEXT = """{words}

By {words}

{words} told reporters on Tuesday that the agreement holds. "We will not move because {words} was written," said {words}, who left.

Police intercepted 658 asylum seekers at the border in May 2018, the report of {words} says.

"We should suspend the Safe Third Country Agreement now, {words}," said Ada Roe of the {words} party.

The minister added that {words} is nothing new. "{words}," Jane Roe said.
"""


@cache
def hostile_words() -> dict[str, str]:
    """Every hostile wording by a name of its own."""
    kinds = tomllib.loads((HERE / "hostile.toml").read_text(encoding="utf-8"))
    return {f"{kind}{number:02}": words for kind, several in kinds.items() for number, words in enumerate(several)}


def file_name(name: str, words: str) -> str:
    """The words as a file name: what no file system takes is left out, the rest stands as it is."""
    safe = words.replace("/", "\u2215").replace("\x00", "")
    return f"{name} {safe}".encode()[:200].decode("utf-8", "ignore") + ".txt"


def page_of(words: str) -> str:
    """An article full of the words; a long one where control characters would make a short one look binary."""
    acting = any(not c.isprintable() for c in words)
    return TEXT.format(words=words) + "\nThe agreement covers the posts of the land border." * (150 if acting else 0)


def write_corpus(folder: Path) -> dict[str, str]:
    """Writes an article and a sidecar entry for each wording; gives the wordings by article id."""
    ids, sidecar = {}, []
    for name, words in hostile_words().items():
        file = file_name(name, words)
        (folder / file).write_bytes(page_of(words).encode())
        ids[Path(file).stem] = words
        sidecar.append(f"[{_toml(Path(file).stem)}]\ntitle = {_toml(words)}\noutlet = {_toml(words)}\nurl = {_toml(words)}\n")
    (folder / "articles.toml").write_text("\n".join(sidecar), encoding="utf-8")
    return ids


def _toml(text: str) -> str:
    return '"' + "".join(c if c.isprintable() and c not in '"\\' else f"\\U{ord(c):08X}" for c in text) + '"'
