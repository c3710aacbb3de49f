"""Rows and an article to be drawn: what is not of interest is empty."""

from __future__ import annotations

import re

from stcalib.core.rows import Position, Quote, Skipped, column_names
from stcalib.text.article import Article


def blank(row_type, **values):
    return row_type(**(dict.fromkeys(column_names(row_type)) | {"status": "machine"} | values)) if row_type is not Skipped else Skipped(**values)


def quote(start, end, text, **more):
    return blank(Quote, quote_id=f"q-{start}-{end}", article_id="a", start=start, end=end, text=text[start:end], kind="direct", **more)


def position(start, end, text, stance="support", **more):
    return blank(Position, position_id=f"p-{start}-{end}-{stance}", article_id="a", start=start, end=end, text=text[start:end], actor="Ann Lee",
                 proposition="suspend", stance=stance, basis="quote", **more)  # fmt: skip


def long_article():
    sentence = "“Word number {0} of many,” said Ann Lee of the office, where 658 people crossed in the month of May, she added then. "
    text = "\n\n".join(sentence.format(i) * 2 for i in range(125))
    rows = [quote(m.start(), m.end(), text, speaker="Ann Lee", actor="Ann Lee", cue="said", actor_basis="name in full", role="minister of the office")
            for m in list(re.finditer("“[^”]*”", text))[:120]]  # fmt: skip
    rows += [position(m.start(), m.end(), text, ("support", "oppose")[i % 2]) for i, m in enumerate(list(re.finditer(r"said Ann[^.]*\.", text))[:80])]
    return Article("a", text), rows
