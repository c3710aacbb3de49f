"""Export to Discourse Network Analyzer: documents and statements as its R package rDNA takes them.

`dna_addDocuments` wants title, text, author, source, section, type, notes and a date and time in seconds since 1970
(UTC); `dna_addStatement` wants the document, two carets and the values of the statement type "DNA Statement" (person,
organization, concept, agreement). Carets count UTF-16 code units, as Java does, in the text that is exported with it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from stcalib.core.errors import StcalibError
from stcalib.export.plain import plain_text
from stcalib.text.article import Article

DOCUMENTS = ["title", "text", "author", "source", "section", "type", "notes", "date_time"]
STATEMENTS = ["document", "startCaret", "endCaret", "person", "organization", "concept", "agreement", "position_id"]
LEFT_OUT = ["position_id", "article_id", "reason"]
NOT_R = re.compile("[\0\ud800-\udfff]")
"""Characters that a string of R cannot hold."""
SCRIPT = """# Adds the documents and statements beside this file to an open DNA database:
#   library("rDNA"); dna_init(); dna_openDatabase("mine.dna", coderId = 1, coderPassword = "..."); source("import.R")
read <- function(file) read.csv(file, encoding = "UTF-8", na.strings = character(), stringsAsFactors = FALSE)
documents <- read("documents.csv")
statements <- read("statements.csv")
ids <- dna_addDocuments(
  coder_id = 1, title = documents$title, text = documents$text, author = documents$author, source = documents$source,
  section = documents$section, type = documents$type, notes = documents$notes, date_time = as.numeric(documents$date_time)
)
for (i in seq_len(nrow(statements))) {
  s <- statements[i, ]
  dna_addStatement(
    documentID = ids[s$document], startCaret = s$startCaret, endCaret = s$endCaret, statementType = "DNA Statement", coder = 1,
    person = s$person, organization = s$organization, concept = s$concept, agreement = s$agreement
  )
}
"""


class ExportError(StcalibError):
    """An export that cannot be written."""


@dataclass(frozen=True)
class Export:
    """What is exported: `documents` (a row for each call's element), `statements` (a row a call; `document` counts the
    documents from 1), and the positions that are `left_out` with the reason."""

    documents: pd.DataFrame
    statements: pd.DataFrame
    left_out: pd.DataFrame

    def write(self, folder: str | Path) -> list[Path]:
        """Writes the tables as CSV and `import.R`, which adds them to an open database. Gives the files.

        Raises `ExportError` where the folder cannot be written.
        """
        target = Path(folder)
        try:
            target.mkdir(parents=True, exist_ok=True)
            for name, content in self.files().items():
                (target / name).write_bytes(content)
        except OSError as error:
            raise ExportError(f"{target}: cannot be written ({error.strerror}). Choose another folder") from error
        return [target / name for name in self.files()]

    def files(self) -> dict[str, bytes]:
        """The files by name."""
        tables = {f"{name}.csv": _csv(getattr(self, name)) for name in ("documents", "statements", "left_out")}
        return {**tables, "import.R": SCRIPT.encode()}


def _csv(frame: pd.DataFrame) -> bytes:
    text = frame.to_csv(index=False, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)
    return text.encode("utf-8", "replace")


def java_text(text: str) -> tuple[str, list[int]]:
    """A text with line ends as "\\n" and nothing that R cannot hold, and for each offset of the original (and its end)
    the number of UTF-16 code units before it."""
    made = plain_text(text, utf16=True, lost=NOT_R)
    return made.text, made.places


def export(articles: Mapping[str, Article], table: pd.DataFrame, positions: pd.DataFrame) -> Export:
    """The articles and positions as documents and statements.

    `articles` gives the texts by article id (a corpus will do), `table` is the table of articles, `positions` that of
    positions. A document takes the earliest day on which its article can have been published, or the latest where only
    that is known; `notes` holds the interval and its basis. Left out, with the reason: undecided stances, which DNA's
    yes-or-no qualifier cannot say, and positions of articles without any day, which DNA cannot hold.
    """
    known = table.set_index("article_id").sort_index()
    rows: list[list[object]] = []
    numbers: dict[str, int] = {}
    carets: dict[str, list[int]] = {}
    for key in sorted(set(positions["article_id"])):
        about = known.loc[key]
        day = next((about[name] for name in ("published_earliest", "published_latest") if pd.notna(about[name])), None)
        if day is None:
            continue
        text, carets[key] = java_text(articles[key].text)
        numbers[key] = len(rows) + 1
        told = [_said(about[name]) for name in ("title", "byline", "outlet")]
        rows.append([told[0] or key, text, *told[1:], "", "article", _notes(key, about), _seconds(day)])
    made, left = [], []
    for row in positions.sort_values(["article_id", "start", "position_id"], kind="stable").to_dict("records"):
        key, reason = str(row["article_id"]), _reason(str(row["stance"]), row["article_id"] in numbers)
        if reason:
            left.append([row["position_id"], key, reason])
            continue
        carets_of = [carets[key][int(row[name])] for name in ("start", "end")]
        made.append([numbers[key], *carets_of, *_who(row), row["proposition"], int(row["stance"] == "support"), row["position_id"]])
    return Export(pd.DataFrame(rows, columns=DOCUMENTS), pd.DataFrame(made, columns=STATEMENTS), pd.DataFrame(left, columns=LEFT_OUT))


def _who(row: Mapping[Any, Any]) -> tuple[str, str]:
    """Person and organization of a statement: a body that acts itself is its own organization."""
    if _said(row["actor_type"]) in ("person", ""):
        return str(row["actor"]), _said(row["organization"])
    return "", _said(row["organization"]) or str(row["actor"])


def _reason(stance: str, dated: bool) -> str:
    if stance not in ("support", "oppose"):
        return "undecided: the qualifier of a DNA statement is yes or no"
    return "" if dated else "its article has no day: a DNA document needs one"


def _said(value: Any) -> str:
    return "" if value is None or pd.isna(value) else str(value)


def _notes(key: str, about: Any) -> str:
    days = [str(about[name])[:10] if pd.notna(about[name]) else "?" for name in ("published_earliest", "published_latest")]
    return f"article_id {key}; published {days[0]}..{days[1]} ({_said(about['published_basis'])}); sha256 {about['sha256']}"


def _seconds(day: date | pd.Timestamp) -> int:
    return int((pd.Timestamp(day) - pd.Timestamp(0)).total_seconds())
