"""Files of every format made of the invented stories, with what must come out of each."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from support import export_layouts as layouts
from support import file_builders as containers
from support.ingest_records import record_fixtures
from support.ingest_stories import ENGLISH, FRENCH, GERMAN, STORIES, Fixture, Told, eml, page, plain_text


def fixtures() -> list[Fixture]:
    return [*_nexis(), *_factiva(), *_proquest(), *_eureka(), *record_fixtures(), *_databases_as_pdf(), *_files()]


def _nexis() -> Iterator[Fixture]:
    yield Fixture("nexis.txt", layouts.nexis_txt(ENGLISH).encode(), ENGLISH)
    yield Fixture("nexis-cp1252.TXT", layouts.nexis_txt(FRENCH + ENGLISH[:1], "fr").lstrip("\ufeff").encode("cp1252"), FRENCH + ENGLISH[:1])
    yield Fixture("nexis-de.txt", layouts.nexis_txt(GERMAN, "de", cover=False).encode(), GERMAN)
    yield Fixture("nexis.html", layouts.nexis_html(ENGLISH).encode("cp1252"), ENGLISH)
    yield Fixture("nexis-de.HTML", layouts.nexis_html(GERMAN + ENGLISH[1:3], "de").encode("cp1252"), GERMAN + ENGLISH[1:3])
    yield Fixture("Files (100).DOCX", containers.docx(layouts.nexis_uni(ENGLISH)), ENGLISH)
    yield Fixture("one.docx", containers.docx(layouts.nexis_uni(ENGLISH[:1], cover=False)), ENGLISH[:1])
    yield Fixture("uni.RTF", containers.rtf(layouts.nexis_uni(ENGLISH)), ENGLISH)
    yield Fixture("uni-fr.rtf", containers.rtf(layouts.nexis_uni(FRENCH + ENGLISH[:2], cover=False)), FRENCH + ENGLISH[:2])
    uni = "\n\n".join(text.replace("\t", "  ") for text, _ in layouts.nexis_uni(ENGLISH))
    yield Fixture("uni.txt", uni.encode(), ENGLISH)
    yield Fixture("uni-lines.txt", uni.replace("\n\n", "\n").encode(), ENGLISH)


def _factiva() -> Iterator[Fixture]:
    yield Fixture("Factiva-20200202.html", layouts.factiva_html(ENGLISH).encode(), ENGLISH)
    yield Fixture("factiva-fr.html", layouts.factiva_html(FRENCH + ENGLISH, "fr").encode(), FRENCH + ENGLISH)
    yield Fixture("factiva-de.htm", layouts.factiva_html(GERMAN + ENGLISH[:2], "de", coded=True).encode(), GERMAN + ENGLISH[:2])
    yield Fixture("factiva-coded.html", layouts.factiva_html(ENGLISH, "en", coded=True).encode(), ENGLISH)
    for language, stories in (("en", ENGLISH), ("fr", FRENCH + ENGLISH[:1]), ("de", GERMAN + ENGLISH[1:2])):
        yield Fixture(f"factiva-{language}.txt", layouts.factiva_txt(stories, language).encode(), stories)
        yield Fixture(f"factiva-{language}-long.txt", layouts.factiva_txt(stories, language, wrapped=False).encode(), stories)
        yield Fixture(f"factiva-{language}-coded.txt", layouts.factiva_coded_txt(stories, language).encode(), stories)
        lines = [(line, line in [s["title"] for s in stories]) for line in layouts.factiva_txt(stories, language, wrapped=False).split("\n") if line]
        yield Fixture(f"factiva-{language}.rtf", containers.rtf(lines, page_after="Document EX"), stories)
        yield Fixture(f"factiva-{language}-plain.rtf", containers.rtf([(line, False) for line, _ in lines]), stories)
        yield Fixture(f"factiva-{language}.docx", containers.docx(lines), stories)
    coded = [(line, False) for line in _cells(layouts.factiva_coded_txt(ENGLISH))]
    yield Fixture("factiva-coded.rtf", containers.rtf(coded), ENGLISH)


def _cells(text: str) -> list[str]:
    """A coded article as rows of a table: the code, a tab, the value; further paragraphs of a value stand alone."""
    rows: list[str] = []
    code = ""
    for line in text.split("\n"):
        if line.startswith(" ") and line.strip().isupper() and len(line.strip()) <= 3:
            code = line.strip()
        elif line:
            rows.append(f"{code}\t{line}" if code else line)
            code = ""
    return rows


def _proquest() -> Iterator[Fixture]:
    yield Fixture("ProQuestDocuments-2024.txt", layouts.proquest_txt(ENGLISH).encode(), ENGLISH)
    yield Fixture("proquest-noisy.txt", layouts.proquest_txt(ENGLISH, noisy=True, numbered=True).encode("utf-8-sig"), ENGLISH)
    yield Fixture("proquest.html", layouts.proquest_html(ENGLISH).encode(), ENGLISH)
    page = layouts.proquest_html(ENGLISH[:2])
    yield Fixture(
        "proquest.eml",
        eml("ProQuest <noreply@proquest.example>", "Your ProQuest Research", "Sun, 5 Jul 2020 01:02:03 -0400", page=page),
        ENGLISH[:2],
    )
    yield Fixture("ProQuestDocuments.htm", page.encode("cp1252"), ENGLISH[:2])
    mail = "A reader sent you the following:\n\n" + layouts.proquest_txt(ENGLISH, numbered=True).replace("\r\n", "\n")
    yield Fixture("proquest-text.eml", eml("ProQuest <noreply@proquest.example>", "Documents", "Sun, 5 Jul 2020 01:02:03 -0400", mail), ENGLISH)
    lines = [(line, False) for line in layouts.proquest_txt(ENGLISH).replace("\r\n", "\n").split("\n") if line]
    yield Fixture("proquest.docx", containers.docx(lines), ENGLISH)
    yield Fixture("proquest.rtf", containers.rtf(lines), ENGLISH)


def _eureka() -> Iterator[Fixture]:
    yield Fixture("eureka.html", layouts.eureka_new(FRENCH + ENGLISH).encode(), FRENCH + ENGLISH)
    yield Fixture("eureka-2022.HTML", layouts.eureka_new(FRENCH + ENGLISH, modern=True).encode(), FRENCH + ENGLISH)
    yield Fixture("europresse.html", layouts.eureka_old(FRENCH + ENGLISH).encode("cp1252"), FRENCH + ENGLISH)


def pdf_lines(story: Told, columns: int = 1) -> bytes:
    """A PDF with running heads, page numbers, words parted at the line's end, and one or two columns."""
    width, size = (88, 10) if columns == 1 else (44, 9)
    lines: list[str] = []
    for paragraph in story["paragraphs"]:
        lines += ["  " + line if n == 0 else line for n, line in enumerate(textwrap.wrap(paragraph, width))]
    pages, per_column = [], 12
    while lines:
        page = [(72.0, 760.0, 8.0, f"{story['outlet']}   {layouts.english(story['published'])}   Page A{len(pages) + 3}")]
        if not pages:
            page += [(72.0, 700.0, 20.0, line) for line in textwrap.wrap(story["title"], 44)[:1]]
            page += [(72.0, 676.0, 20.0, line) for line in textwrap.wrap(story["title"], 44)[1:2]]
            if story["author"]:
                page += [(72.0, 645.0, 10.0, f"By {story['author'].replace(', ', ' and ')}")]
        for column in range(columns):
            for n, line in enumerate(lines[:per_column]):
                indent = 12 if line.startswith("  ") else 0
                page.append((72.0 + 245 * column + indent, 610.0 - 14 * n, size, line.strip()))
            lines = lines[per_column:]
        page.append((300.0, 30.0, 8.0, str(len(pages) + 3)))
        pages.append(page)
    return containers.pdf(pages)


def pdf_paragraphs(paragraphs: Sequence[tuple[str, bool]], head: str = "Page {n} of {total}") -> bytes:
    """A PDF of paragraphs with a gap between them, as the databases print them, with a head on every page."""
    rows: list[tuple[str, float, float]] = []
    for text, heading in paragraphs:
        for line in textwrap.wrap(text.replace("\t", "   "), 60 if heading else 88):
            rows.append((line, 15 if heading else 10, 18 if heading else 13))
        rows.append(("", 0, 9))
    pages: list[list[tuple[float, float, float, str]]] = [[]]
    y = 700.0
    for line, size, step in rows:
        if y < 90:
            pages.append([])
            y = 700.0
        if line:
            pages[-1].append((72.0, y, size, line))
        y -= step
    return containers.pdf([[(72.0, 760.0, 8.0, head.format(n=n, total=len(pages))), *page] for n, page in enumerate(pages, 1)])


def _databases_as_pdf() -> Iterator[Fixture]:
    yield Fixture("nexis-uni.pdf", pdf_paragraphs(layouts.nexis_uni(ENGLISH)), ENGLISH)
    lines = [(line, line in [s["title"] for s in ENGLISH]) for line in layouts.factiva_txt(ENGLISH, wrapped=False).split("\n") if line]
    yield Fixture("factiva.pdf", pdf_paragraphs(lines, "Page {n} of {total} © 2026 Factiva, Inc. All rights reserved."), ENGLISH)
    lines = [(line, False) for line in layouts.proquest_txt(ENGLISH).replace("\r\n", "\n").split("\n") if line]
    yield Fixture("proquest.pdf", pdf_paragraphs(lines, "PDF generated by a reader, page {n} of {total}"), ENGLISH)


def _files() -> Iterator[Fixture]:
    for story in (STORIES["lantern"], STORIES["orchard"]):
        yield Fixture(f"{story['id']}.txt", plain_text(story).encode(), [story])
        yield Fixture(f"{story['id']}-wrapped.txt", plain_text(story, 72).encode("cp1252"), [story])
        for data in ("json", "meta", "time", "line"):
            yield Fixture(
                f"{story['id']}-{data}.html",
                page(story, data).encode(),
                [{**story, "paragraphs": [*story["paragraphs"], "Correction: An earlier version of this story gave the number of shores as three."]}],
            )
        front = f'---\ntitle: "{story["title"]}"\nauthor: {story["author"]}\ndate: {story["published"]}\nsource: {story["outlet"]}\ntags:\n  - a\n  - b\n---\n\n# {story["title"]}\n\n'
        yield Fixture(
            f"{story['id']}.md",
            (
                front
                + "\n\n".join(
                    textwrap.fill(p.replace("three", "**three**").replace("the ", "[the](https://x.example) ", 1), 80) for p in story["paragraphs"]
                )
            ).encode(),
            [story],
        )
        yield Fixture(
            f"{story['id']}.docx",
            containers.docx(
                [
                    (story["title"], True),
                    (f"By {story['author'].replace(', ', ' and ')}", False),
                    (f"{story['outlet']}, {layouts.english(story['published'])}", False),
                    *((p, False) for p in story["paragraphs"]),
                ]
            ),
            [story],
        )
        yield Fixture(
            f"{story['id']}.rtf",
            containers.rtf(
                [
                    (story["title"], True),
                    (f"By {story['author'].replace(', ', ' and ')}", False),
                    (story["outlet"], False),
                    (layouts.english(story["published"]), False),
                    *((p, False) for p in story["paragraphs"]),
                ]
            ),
            [story],
        )
        yield Fixture(f"{story['id']}.pdf", pdf_lines(story), [story])
        yield Fixture(f"{story['id']}-columns.pdf", pdf_lines(story, 2), [story])
        text = f"By {story['author'].replace(', ', ' and ')}\n\n" + "\n\n".join(story["paragraphs"])
        markup = "".join(f"<p>{p}</p>" for p in text.split("\n\n"))
        when = f"{layouts.WEEK[story['published'].weekday()][:3]}, {story['published'].day} {layouts.EN[story['published'].month - 1][:3]} {story['published'].year} 23:30:00 -0400"
        yield Fixture(
            f"{story['id']}.eml",
            eml(f"{story['outlet']} <news@example.com>", story["title"], when, text, f"<html><body>{markup}</body></html>"),
            [story],
        )
