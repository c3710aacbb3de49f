"""The XML of projects and codebooks of REFI-QDA, of corpora that differ: the seeds, none, another codebook, hostile articles."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from functools import cache

from support.hostile import hostile_words
from support.paths import SEEDS

from stcalib import Corpus, load_corpus
from stcalib.export.qda import codebook_bytes, project_bytes


def qda_files() -> Iterator[tuple[str, str, bytes]]:
    """Of each corpus its name, "project" or "codebook", and the XML of that."""
    for name, corpus in corpora().items():
        with zipfile.ZipFile(io.BytesIO(project_bytes(corpus))) as archive:
            yield name, "project", archive.read("project.qde")
        yield name, "codebook", codebook_bytes(corpus)


@cache
def corpora() -> dict[str, Corpus]:
    words = list(hostile_words().values())
    said = "\n\n".join(f"“{one} We want the Safe Third Country Agreement suspended,” said Ada Roe of Lund." for one in words)
    facts = {one: dict.fromkeys(("title", "outlet", "author", "url"), one) for one in words[:5]}
    return {
        "the seeds": load_corpus(SEEDS),
        "no article": Corpus.from_texts({}),
        "nothing at all": Corpus.from_texts({}, codebook="empty"),
        "an article without a codebook": Corpus.from_texts({"a": "“We wait,” said Ada Roe."}, codebook="empty"),
        "another codebook": Corpus.from_texts({"a": "Carbon prices rise, said Ada Roe."}, codebook="carbon_price"),
        "hostile articles": Corpus.from_texts({one: f"{one}\n\n{said}" for one in facts}, metadata=facts),
    }
