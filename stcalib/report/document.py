"""The report as a whole."""

from __future__ import annotations

import pandas as pd

from stcalib.charts.base import plural, published_text
from stcalib.corpus.notices import notices
from stcalib.notebook.figures import table_digest
from stcalib.notebook.manifest import versions
from stcalib.notebook.study import Study
from stcalib.positions.learned import shipped_for
from stcalib.report.comparison import comparison
from stcalib.report.evidence import Evidence
from stcalib.report.figures import drawn, figure_html, live_script
from stcalib.report.page import safe, section, table, whole_page

TABLES = ("articles", "counts", "quotes", "positions", "proposals", "skipped", "derived")
PARTS = {
    "summary": "In short",
    "comparison": "What changed",
    "figures": "Figures",
    "numbers": "Numbers, and whether they are so",
    "stances": "Who stands where",
    "declined": "What was declined, left out and not read",
    "corrections": "Corrections, and by whom",
    "provenance": "Where all this comes from",
}


def report_bytes(study: Study, question: str = "", live: bool = True, other: dict[str, pd.DataFrame] | None = None) -> bytes:
    """The report as HTML in UTF-8; the same study gives the same bytes.

    `question` stands at its head; without one it is made of the codebook's title. With `live` the charts can be pointed at
    where scripts run; they print, and show without scripts, as drawings. `other` are the tables of another run, with which
    these are compared.
    """
    evidence = Evidence(study)
    title = study.codebook.issue.title or "Articles"
    asked = question or f"What do these articles say of the {title}: what is counted and is it so, who speaks, and who stands where?"
    figures = drawn(study)
    parts = {
        "summary": _summary(study),
        "comparison": comparison(study, other, figures) if other is not None else "",
        "figures": section("figures", PARTS["figures"], *(figure_html(figure, number) for number, figure in enumerate(figures, 1))),
        "numbers": evidence.numbers(),
        "stances": evidence.stances(),
        "declined": evidence.declined(),
        "corrections": evidence.corrections(),
        "provenance": _provenance(study, evidence),
    }
    listed = "".join(f'<li><a href="#{name}">{safe(PARTS[name])}</a></li>' for name, part in parts.items() if part)
    body = (
        '<a class="skip" href="#summary">To the report</a>'
        f'<header><h1>{safe(title)}</h1><p>{safe(asked)}</p></header><nav aria-label="Parts of the report"><ul>{listed}</ul></nav>'
        f"<main>{''.join(parts.values())}</main>"
    )
    scripts = [live_script()] if live and figures else []
    return whole_page(f"{title}: report", "en", body, scripts).encode("utf-8", "replace")


def _summary(study: Study) -> str:
    """What was read and found, in sentences."""
    articles = study.articles
    lines = _articles_told(articles) if len(articles) else []
    read = ((study.counts, "number"), (study.quotes, "quote"), (study.positions, "stance"))
    lines.append(f"Read were {', '.join(plural(len(frame), noun) for frame, noun in read)}.")
    if proposed := len(study.proposals):
        lines.append(f"{plural(proposed, 'proposal')}, no stance being certain enough there: listed below the stances, and counted in no figure.")
    verdicts = study.verdicts["verdict"].value_counts().to_dict() if not study.counts.empty else {}
    lines += [f"Against the official figure, {plural(int(number), 'number')}: {verdict}." for verdict, number in verdicts.items()]
    lines.append(f"Every row was found by a program, {_readers(study)}; a row that a person checked or changed is listed under corrections.")
    items = "".join(f"<li>{safe(line)}</li>" for line in (*lines, *notices(study.corpus)) if line)
    return section("summary", PARTS["summary"], f"<ul>{items}</ul>")


def _articles_told(articles: pd.DataFrame) -> list[str]:
    """How many articles of which outlets, and when they were published; those without an outlet or day are counted."""
    outlets = sorted(set(articles["outlet"].dropna()))
    nameless = int(articles["outlet"].isna().sum())
    lines = [f"{plural(len(articles), 'article')}: {published_text(articles)}."]
    if outlets:
        without = f"; {plural(nameless, 'article names', 'articles name')} no outlet" if nameless else ""
        lines.append(f"Of {plural(len(outlets), 'outlet')}: {', '.join(outlets)}{without}.")
    return lines


def _readers(study: Study) -> str:
    """By what the program reads: fixed rules, and for stances a learned reader where the codebook has one."""
    if study.codebook.model is None and shipped_for(study.codebook) is None:
        return "by fixed rules"
    return "numbers and quotes by fixed rules, stances by fixed rules and a learned reader, which weighs the words of a sentence"


def _provenance(study: Study, evidence: Evidence) -> str:
    """Versions, and the digests by which each text and table can be told again."""
    told = {**versions(), **({"official figures": study.official_source} if study.official_source else {})}
    facts = "".join(f"<dt>{safe(name)}</dt><dd>{safe(value)}</dd>" for name, value in told.items())
    tables = [(safe(name), safe(len(frame)), f"<code>{table_digest(frame)}</code>") for name in TABLES for frame in [study.table(name)]]
    texts = [
        (evidence.article(row["article_id"]), safe(row["article_id"]), f"<code>{safe(row['sha256'])}</code>")
        for row in study.table("articles").to_dict("records")
    ]
    return section(
        "provenance",
        PARTS["provenance"],
        f"<dl>{facts}</dl><p class='note'>The report bears no day of its making: the same articles, codebook and corrections give the same file.</p>",
        table("Tables, each with the SHA-256 of its rows as CSV", ("Table", "Rows", "Digest"), tables),
        table("Articles, each with the SHA-256 of its text", ("Article", "File", "Digest"), texts),
    )
