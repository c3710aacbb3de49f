"""REFI-QDA: a project (`.qdpx`) and a codebook (`.qdc`) for NVivo, ATLAS.ti, MAXQDA and other programs of qualitative analysis.

The standard is REFI-QDA 1.5 (www.qdasoftware.org), namespaces `urn:QDA-XML:project:1.0` and `urn:QDA-XML:codebook:1.0`. Each
article is a plain text source in UTF-8 with line feeds, each row of counts, quotes and positions a selection in it. Positions
count Unicode code points from 0; the end is the first one behind the selection, as in the example of the standard.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd

from stcalib.codebook.codebook import Codebook
from stcalib.core.row_fields import as_text, id_column
from stcalib.core.rows import REVIEWED
from stcalib.core.table_spec import spec_of
from stcalib.corpus.corpus import Corpus
from stcalib.export.archive import zipped
from stcalib.export.plain import plain_text
from stcalib.export.qda_codes import Code, codes_of, codes_of_row, guid
from stcalib.export.xml import HEAD, element

PROJECT, CODEBOOK = "urn:QDA-XML:project:1.0", "urn:QDA-XML:codebook:1.0"
USER = guid("user", "stcalib")
NAME_LENGTH = 80
VARIABLES = {
    "outlet": "Text",
    "title": "Text",
    "byline": "Text",
    "url": "Text",
    "published_earliest": "Date",
    "published_latest": "Date",
    "published_basis": "Text",
}
"""What is told of each article, and its type in the project."""


def codebook_bytes(corpus: Corpus) -> bytes:
    """The codebook alone, as a `.qdc` file."""
    body = _codes(codes_of(corpus.codebook, corpus.actors))
    return (HEAD + element("CodeBook", {"xmlns": CODEBOOK, "origin": _origin()}, [body]) + "\n").encode("utf-8")


def project_bytes(corpus: Corpus) -> bytes:
    """The articles that are on the issue with their rows, as a `.qdpx` file."""
    codes = list(codes_of(corpus.codebook, corpus.actors))
    known = {code.guid for code in codes}
    tables = {table: _by_article(getattr(corpus, table)) for table in REVIEWED}
    sources, files = [], {}
    articles = corpus.articles
    for about in articles[articles["left_out"].isna()].to_dict("records"):
        key = str(about["article_id"])
        made = plain_text(corpus[key].text)
        source = guid("source", key)
        files[f"sources/{source}.txt"] = made.text.encode("utf-8")
        rows = [(table, row) for table in REVIEWED for row in tables[table].get(key, ())]
        selections = [_selection(table, row, made.places, known) for table, row in rows]
        told = {"guid": source, "name": key, "plainTextPath": f"internal://{source}.txt", "creatingUser": USER}
        sources.append(element("TextSource", told, [_text("Description", _about(about)), *selections, *_values(about)]))
    title = corpus.codebook.issue.title or corpus.codebook.propositions.title or corpus.codebook.name
    parts = [
        element("Users", {}, [element("User", {"guid": USER, "name": "stcalib"})]),
        element("CodeBook", {}, [_codes(codes)]),
        element("Variables", {}, [_variable(name, kind) for name, kind in VARIABLES.items()]),
        *([element("Sources", {}, sources)] if sources else []),
        _text("Description", f"Counts, quotes and positions that {_origin()} read from news articles. Row ids stand in the descriptions."),
    ]
    whole = {"xmlns": PROJECT, "name": title, "origin": _origin(), "creatingUserGUID": USER}
    return zipped({"project.qde": (HEAD + element("Project", whole, parts) + "\n").encode("utf-8"), **files})


def _origin() -> str:
    from stcalib import __version__

    return f"stcalib {__version__}"


def _by_article(frame: pd.DataFrame) -> dict[str, list[dict[str, Any]]]:
    """The rows of each article, missing values as None."""
    found: dict[str, list[dict[str, Any]]] = {}
    for record in frame.to_dict("records"):
        found.setdefault(str(record["article_id"]), []).append({str(name): None if as_text(value) == "" else value for name, value in record.items()})
    return found


def _codes(codes: Iterable[Code]) -> str:
    listed = list(codes)
    return element("Codes", {}, [_code(code, listed) for code in listed if len(code.path) == 1])


def _code(code: Code, codes: list[Code]) -> str:
    below = [_code(one, codes) for one in codes if one.path[:-1] == code.path]
    told = {"guid": code.guid, "name": code.path[-1], "isCodable": str(code.is_codable).lower(), "color": code.colour}
    return element("Code", told, [*([_text("Description", code.description)] if code.description else []), *below])


def _selection(table: str, row: dict[str, Any], places: list[int], known: set[str]) -> str:
    key = str(row[id_column(table)])
    one = guid("selection", key)
    told = {
        "guid": one,
        "name": " ".join(str(row["text"]).split())[:NAME_LENGTH],
        "startPosition": places[int(row["start"])],
        "endPosition": places[int(row["end"])],
        "creatingUser": USER,
    }
    codings = [
        element("Coding", {"guid": guid("coding", key, code), "creatingUser": USER}, [element("CodeRef", {"targetGUID": code})])
        for code in codes_of_row(table, row, known)
    ]
    said = " · ".join(filter(None, (as_text(row.get(name)) for name in ("actor", "role", "party", *spec_of(table).summary[1:]))))
    return element("PlainTextSelection", told, [_text("Description", f"{spec_of(table).noun} {key}: {said}"), *codings])


def _about(about: dict[Any, Any]) -> str:
    return f"sha256 {about['sha256']}"


def _values(about: dict[Any, Any]) -> Iterator[str]:
    for name, kind in VARIABLES.items():
        if value := as_text(about[name]):
            inner = [element("VariableRef", {"targetGUID": guid("variable", name)}), _text(f"{kind}Value", value)]
            yield element("VariableValue", {}, inner)


def _variable(name: str, kind: str) -> str:
    return element("Variable", {"guid": guid("variable", name), "name": name, "typeOfVariable": kind})


def _text(name: str, words: str) -> str:
    return element(name, {}, text=words)


def labels_of(codebook: Codebook) -> dict[str, str]:
    """The ids of propositions and measures by what their codes are called."""
    known = {one.label: one.id for one in codebook.propositions.proposition}
    return known | {measure.title: measure.id for measure in codebook.counts.measure}
