"""UIMA CAS for INCEpTION and other programs of that family: an XMI file for each article, and the type system that they share.

Offsets count UTF-16 code units, as Java does, in a text with line feeds alone. The types are layers as INCEpTION names its own
(`webanno.custom.…`), each with the columns of its table as features of type String.
"""

from __future__ import annotations

from itertools import count
from typing import Any
from urllib.parse import quote

from stcalib.core.row_fields import as_text
from stcalib.core.rows import REVIEWED, column_names, row_id
from stcalib.core.table_spec import ROW_TYPES, spec_of
from stcalib.corpus.corpus import Corpus
from stcalib.export.plain import PlainText, plain_text
from stcalib.export.xml import HEAD, element

PREFIX = "webanno.custom."
GIVEN = frozenset({"article_id", "start", "end", "text"})
"""Columns that the place of an annotation tells."""
MOST_NAME = 150


def layer(table: str) -> str:
    """The name of a table's layer: Count, Quote, Position."""
    return spec_of(table).noun.capitalize()


def features(table: str) -> list[str]:
    """The columns of a table that are features."""
    return [name for name in column_names(ROW_TYPES[table]) if name not in GIVEN]


def type_system() -> bytes:
    """The descriptor of the type system."""
    types = [element("types", {}, [_type(table) for table in REVIEWED])]
    return (HEAD + element("typeSystemDescription", {"xmlns": "http://uima.apache.org/resourceSpecifier"}, types) + "\n").encode("utf-8")


def _type(table: str) -> str:
    meanings = {name: ROW_TYPES[table].__dataclass_fields__[name].metadata["meaning"] for name in features(table)}
    described = [
        element(
            "featureDescription",
            {},
            [element("name", {}, text=name), element("description", {}, text=meaning), element("rangeTypeName", {}, text="uima.cas.String")],
        )
        for name, meaning in meanings.items()
    ]
    told = [("name", PREFIX + layer(table)), ("description", f"A {spec_of(table).noun} that stcalib read"), ("supertypeName", "uima.tcas.Annotation")]
    return element("typeDescription", {}, [*(element(name, {}, text=words) for name, words in told), element("features", {}, described)])


def cas_files(corpus: Corpus) -> dict[str, bytes]:
    """An XMI file for each article that is on the issue, and `TypeSystem.xml`, by name."""
    tables = {table: getattr(corpus, table).to_dict("records") for table in REVIEWED}
    rows: dict[str, list[tuple[str, dict[Any, Any]]]] = {}
    for table, records in tables.items():
        for record in records:
            rows.setdefault(str(record["article_id"]), []).append((table, record))
    articles = corpus.articles
    keys = [str(key) for key in articles.loc[articles["left_out"].isna(), "article_id"]]
    return {"TypeSystem.xml": type_system(), **{f"{file_name(key)}.xmi": _xmi(corpus[key].text, rows.get(key, [])) for key in keys}}


def file_name(article_id: str) -> str:
    """An article's id as the name of a file."""
    name = quote(article_id, safe=" ()'!,;=@+&")
    return name if len(name) <= MOST_NAME else f"{name[:MOST_NAME]}-{row_id('n', article_id)}"


def _told(name: str, value: Any, made: PlainText) -> str | None:
    """A column as a feature; an offset into the article becomes one into the exported text."""
    words = as_text(value)
    return str(made.places[int(words)]) if words and name.endswith(("_start", "_end")) and words.isdecimal() else words or None


def _xmi(text: str, rows: list[tuple[str, dict[Any, Any]]]) -> bytes:
    made, numbers = plain_text(text, utf16=True), count(2)
    annotations = []
    for table, row in rows:
        told = {name: _told(name, row[name], made) for name in features(table)}
        begin, end = (made.places[int(row[name])] for name in ("start", "end"))
        annotations.append((f"custom:{layer(table)}", {"xmi:id": next(numbers), "sofa": 1, "begin": begin, "end": end, **told}))
    parts = [
        element("cas:NULL", {"xmi:id": 0}),
        *(element(name, told) for name, told in annotations),
        element("cas:Sofa", {"xmi:id": 1, "sofaNum": 1, "sofaID": "_InitialView", "mimeType": "text", "sofaString": made.text}),
        element("cas:View", {"sofa": 1, "members": " ".join(str(told["xmi:id"]) for _, told in annotations)}),
    ]
    spaces = {
        "xmlns:xmi": "http://www.omg.org/XMI",
        "xmlns:cas": "http:///uima/cas.ecore",
        "xmlns:custom": "http:///webanno/custom.ecore",
        "xmi:version": "2.0",
    }
    return (HEAD + element("xmi:XMI", spaces, parts) + "\n").encode("utf-8")
