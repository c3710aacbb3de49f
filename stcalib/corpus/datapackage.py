"""`datapackage.json`: what the files of tables are, as a Frictionless data package.

The CSV files are tables with a schema, keys and foreign keys; the Parquet files, which carry their own schema, are told by
size and digest. `frictionless validate datapackage.json` checks all of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import Field, dataclass, fields
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from stcalib.codebook.codebook import Codebook
from stcalib.core.rows import Row
from stcalib.core.safe_cells import MARK
from stcalib.core.schema import PACKAGE_TYPES, kind_of
from stcalib.core.table_spec import spec_of
from stcalib.corrections.ledger import Ledger

NAME = "datapackage.json"
MEDIA_TYPES = {"csv": "text/csv", "parquet": "application/vnd.apache.parquet"}
TOOLS = ("pandas", "pyarrow")
"""Packages whose versions can change the bytes of the files."""
NO_LICENCE = {
    "name": "notspecified",
    "title": "None is stated. The words of the articles are their publishers'; state one for the tables with licence = … in issue.toml",
}


@dataclass(frozen=True, slots=True)
class Origin:
    """What tables were made with: title and licence of the issue, the codebook and the ledger of corrections with their digests."""

    title: str = ""
    licence: str = ""
    codebook: str = ""
    codebook_sha256: str = ""
    corrections: str = ""
    corrections_sha256: str = ""

    def told(self) -> dict[str, str]:
        """What stands in the package: versions, and what is known of the rest."""
        from stcalib import __version__

        own = {name: getattr(self, name) for name in ("codebook", "codebook_sha256", "corrections", "corrections_sha256")}
        return {"stcalib": __version__, **{tool: _version(tool) for tool in TOOLS}, **{name: value for name, value in own.items() if value}}


def origin_of(codebook: Codebook, ledger: Ledger | None) -> Origin:
    """The origin of the tables that are read with a codebook and corrected by a ledger."""
    content = codebook.model_dump(mode="json", exclude={"name", "official", "model"})
    decided = "" if ledger is None else _digest(repr([decision for _, decision in ledger.decisions]).encode("utf-8", "surrogatepass"))
    return Origin(
        title=codebook.issue.title or codebook.propositions.title,
        licence=codebook.issue.licence,
        codebook=codebook.name,
        codebook_sha256=_digest(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()),
        corrections="" if ledger is None else ledger.name,
        corrections_sha256=decided,
    )


def package_of(tables: Iterable[str], row_types: Mapping[str, type[Row]], folder: Path, origin: Origin) -> dict[str, Any]:
    """The data package of the tables whose files stand in a folder."""
    names = list(tables)
    return {
        "profile": "data-package",
        "name": "stcalib-tables",
        "title": ": ".join(filter(None, (origin.title, "counts, quotes and positions read from news articles"))),
        "description": "Offsets count Unicode characters in the text of the article as decoded; end is exclusive. "
        f"In the CSV files a text that a spreadsheet would run as a formula is preceded by {MARK}; "
        "the Parquet files hold every text as it is.",
        "licenses": [{"name": origin.licence} if origin.licence else NO_LICENCE],
        "created_with": origin.told(),
        "resources": [_resource(table, row_types[table], folder, ending, names) for table in names for ending in MEDIA_TYPES],
    }


def _resource(table: str, row_type: type[Row], folder: Path, ending: str, tables: list[str]) -> dict[str, Any]:
    content = (folder / f"{table}.{ending}").read_bytes()
    is_table = ending == "csv"
    return {
        "name": table if is_table else f"{table}-{ending}",
        "type": "table" if is_table else "file",
        "path": f"{table}.{ending}",
        "format": ending,
        "mediatype": MEDIA_TYPES[ending],
        "bytes": len(content),
        "hash": f"sha256:{_digest(content)}",
        **({"encoding": "utf-8", "profile": "tabular-data-resource", "schema": _schema(table, row_type, tables)} if is_table else {}),
    }


def _schema(table: str, row_type: type[Row], tables: list[str]) -> dict[str, Any]:
    spec = spec_of(table)
    keys = [
        {"fields": [column], "reference": {"resource": "" if other == table else other, "fields": [spec_of(other).key]}}
        for column, other in spec.references
        if other in tables
    ]
    return {
        "fields": [_field(row_type, field, spec.key) for field in fields(row_type)],
        "missingValues": [""],
        **({"primaryKey": [spec.key]} if spec.key else {}),
        **({"foreignKeys": keys} if keys else {}),
    }


def _field(row_type: type[Row], field: Field[Any], key: str) -> dict[str, Any]:
    kind, optional = kind_of(row_type, field.name)
    unit = field.metadata.get("unit")
    constraints: dict[str, Any] = {"required": True} if not optional else {}
    if field.metadata.get("values"):
        constraints["enum"] = list(field.metadata["values"])
    if field.name == key:
        constraints["unique"] = True
    return {
        "name": field.name,
        "type": PACKAGE_TYPES[kind],
        "description": field.metadata["meaning"] + (f" ({unit})" if unit else ""),
        **({"constraints": constraints} if constraints else {}),
    }


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"
