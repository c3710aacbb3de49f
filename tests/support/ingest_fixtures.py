"""Files of every format made of the invented stories, with what must come out of each."""

from __future__ import annotations

import csv
import json
import textwrap
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

from support import export_layouts as layouts
from support import file_builders as containers

HERE = Path(__file__).parent.parent / "ingest"
Told = dict[str, Any]
FIELDS = ("title", "outlet", "author", "published")
STORIES: dict[str, Told] = {story["id"]: story for story in tomllib.loads((HERE / "stories.toml").read_text(encoding="utf-8"))["story"]}
ENGLISH = [STORIES[name] for name in ("lantern", "ferry", "orchard", "nowhere")]
FRENCH = [STORIES["pont"]]
GERMAN = [STORIES["bruecke"]]


@dataclass(frozen=True)
class Fixture:
    """A file with the stories in it; `without` names fields that the format does not state."""

    name: str
    raw: bytes
    stories: Sequence[Told]
    without: frozenset[str] = frozenset()


def fixtures() -> list[Fixture]:
    return [*_nexis(), *_factiva(), *_proquest(), *_eureka(), *_tables(), *_databases_as_pdf(), *_files()]


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
        _eml("ProQuest <noreply@proquest.example>", "Your ProQuest Research", "Sun, 5 Jul 2020 01:02:03 -0400", page=page),
        ENGLISH[:2],
    )
    lines = [(line, False) for line in layouts.proquest_txt(ENGLISH).replace("\r\n", "\n").split("\n") if line]
    yield Fixture("proquest.docx", containers.docx(lines), ENGLISH)
    yield Fixture("proquest.rtf", containers.rtf(lines), ENGLISH)


def _eureka() -> Iterator[Fixture]:
    yield Fixture("eureka.html", layouts.eureka_new(FRENCH + ENGLISH).encode(), FRENCH + ENGLISH)
    yield Fixture("eureka-2022.HTML", layouts.eureka_new(FRENCH + ENGLISH, modern=True).encode(), FRENCH + ENGLISH)
    yield Fixture("europresse.html", layouts.eureka_old(FRENCH + ENGLISH).encode("cp1252"), FRENCH + ENGLISH)


def _record(story: Told, names: Sequence[str], text: str = "\n\n") -> dict[str, Any]:
    values = [story["title"], story["outlet"], story["author"], story["published"].isoformat(), text.join(story["paragraphs"])]
    return dict(zip(names, values, strict=True))


def _csv(rows: Sequence[Sequence[object]], mark: str = ",") -> str:
    out = StringIO(newline="")
    csv.writer(out, delimiter=mark).writerows(rows)
    return out.getvalue()


def _tables() -> Iterator[Fixture]:
    names = ["headline", "publication", "byline", "date", "full_text"]
    plain = [list(_record(story, names).values()) for story in ENGLISH]
    yield Fixture("table.csv", _csv([names, *plain]).encode(), ENGLISH)
    titre = ["Titre", "Journal", "Auteur", "Date de publication", "Texte intégral"]
    rows = [[s["title"], s["outlet"], s["author"], f"{s['published']:%d/%m/%Y}", "\n".join(s["paragraphs"])] for s in FRENCH + ENGLISH]
    yield Fixture("tableau.csv", ("Recherche du 3 mars\r\n\r\n" + _csv([titre, *rows], ";")).encode("cp1252"), FRENCH + ENGLISH)
    american = [[*row[:3], f"{story['published']:%m/%d/%Y}", row[4]] for row, story in zip(plain, ENGLISH, strict=True)]
    yield Fixture("table.tsv", _csv([names, *american], "\t").encode("utf-16"), ENGLISH)
    yield Fixture("ambiguous.csv", _csv([names, [*plain[0][:3], "02/05/2018", plain[0][4]]]).encode(), ENGLISH[:1], frozenset({"published"}))
    yield Fixture(
        "table.xlsx",
        containers.xlsx(
            [
                ("Read me", [["What this is"], ["A table of articles"]]),
                ("Articles", [["Export of 3 March"], [], [*names, "words"], *[[*row, 120] for row in plain]]),
            ]
        ),
        ENGLISH,
    )
    scraped = [
        {
            **_record(s, ["title", "source_domain", "authors", "date_publish", "maintext"], "\n"),
            "authors": [n for n in s["author"].split(", ") if n],
            "date_publish": f"{s['published']} 23:30:00",
            "date_modify": "None",
            "date_download": "2024-05-05 10:00:00",
            "description": "x",
            "source_domain": "www.theglobeandmail.com",
            "url": "https://www.theglobeandmail.com/a",
        }
        for s in ENGLISH[1:2]
    ]
    yield Fixture("news-please.json", json.dumps(scraped[0]).encode(), ENGLISH[1:2])
    paper = [
        {
            **_record(s, ["title", "meta_site_name", "authors", "publish_date", "text"]),
            "authors": s["author"].split(", ") if s["author"] else [],
            "publish_date": f"{s['published']}T23:30:00-04:00",
            "summary": "short",
        }
        for s in ENGLISH
    ]
    yield Fixture("newspaper.json", json.dumps({"status": "ok", "articles": paper}, indent=1).encode(), ENGLISH)
    yield Fixture("newspaper.jsonl", "".join(json.dumps(record) + "\n" for record in paper).encode(), ENGLISH)
    entries = "".join(
        f"<item><title>{s['title'].replace('&', '&amp;')}</title><link>https://x.example/{s['id']}</link><pubDate>{layouts.WEEK[s['published'].weekday()][:3]}, {s['published'].day:02} {layouts.EN[s['published'].month - 1][:3]} {s['published'].year} 23:30:00 -0400</pubDate><dc:creator>{s['author']}</dc:creator><description>Short.</description>"
        f"<content:encoded><![CDATA[{''.join(f'<p>{p}</p>' for p in s['paragraphs'])}]]></content:encoded></item>"
        for s in ENGLISH[:1]
    )
    rss = f'<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>The Examplebury Herald</title><link>https://x.example</link>{entries}</channel></rss>'
    yield Fixture("feed.xml", rss.encode(), ENGLISH[:1])
    atom = "".join(
        f"<entry><title>{s['title']}</title><author><name>{s['author']}</name></author><link href='https://x.example/1'/><published>{s['published']}T23:30:00-04:00</published><updated>2024-01-01T00:00:00Z</updated><content type='html'>{''.join(f'&lt;p&gt;{p}&lt;/p&gt;' for p in s['paragraphs'])}</content></entry>"
        for s in ENGLISH[:1]
    )
    yield Fixture(
        "feed.atom",
        f"<feed xmlns='http://www.w3.org/2005/Atom'><title>The Examplebury Herald</title><updated>2024-01-01T00:00:00Z</updated>{atom}</feed>".encode(),
        ENGLISH[:1],
    )


def _eml(sender: str, subject: str, date: str, text: str = "", page: str = "") -> bytes:
    from email.message import EmailMessage
    from email.policy import SMTP

    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"], message["Date"], message["MIME-Version"] = sender, "reader@example.com", subject, date, "1.0"
    if text:
        message.set_content(text)
    if page and text:
        message.add_alternative(page, subtype="html")
    elif page:
        message.set_content(page, subtype="html")
    raw = message.as_bytes()
    boundary = message.get_boundary()
    return raw.replace(boundary.encode(), b"=_part_0001") if boundary else raw


def plain_text(story: Told, width: int = 0) -> str:
    wrap = (lambda paragraph: textwrap.fill(paragraph, width)) if width else str
    head = [
        story["title"],
        f"By {story['author'].replace(', ', ' and ')}" if story["author"] else "",
        story["outlet"],
        layouts.english(story["published"]),
    ]
    return "\n\n".join(["\n".join(line for line in head if line), *(wrap(p) for p in story["paragraphs"])]) + "\n"


def page(story: Told, data: str = "json") -> str:
    """A web page of a story, with furniture around it; the day stands in JSON-LD, in meta elements, in `time` or in a printed line."""
    body = "".join(f"<p>{p}</p>" for p in story["paragraphs"][:2])
    body += "<p class='ad'>Story continues below advertisement</p><figure><img src='x.jpg'><figcaption>A bridge. Jane Photo/The Canadian Press</figcaption></figure>"
    body += (
        "".join(f"<p>{p}</p>" for p in story["paragraphs"][2:])
        + "<p><em>Correction: An earlier version of this story gave the number of shores as three.</em></p>"
    )
    names = story["author"].split(", ") if story["author"] else []
    stamp = f"{story['published']}T23:30:00-04:00"
    head, line = (
        "",
        f"<p class='meta'>Published {layouts.english(story['published'])} | Updated {layouts.english(story['published'].replace(year=2021))}</p>",
    )
    if data == "json":
        entry = {
            "@context": "https://schema.org",
            "@graph": [
                {"@type": "WebSite", "name": "x"},
                {
                    "@type": ["NewsArticle", "ReportageNewsArticle"],
                    "headline": story["title"],
                    "datePublished": stamp,
                    "dateModified": "2021-01-01T00:00:00Z",
                    "author": [{"@type": "Person", "name": n} for n in names],
                    "publisher": {"@type": "Organization", "name": story["outlet"]},
                },
            ],
        }
        head, line = f'<script type="application/ld+json">{json.dumps(entry)}</script>', ""
    elif data == "meta":
        head = f'<meta property="og:title" content="{story["title"]}"><meta property="og:site_name" content="{story["outlet"]}"><meta name="author" content="{story["author"]}"><meta property="article:published_time" content="{stamp}"><meta property="article:modified_time" content="2021-01-01">'
        line = ""
    elif data == "time":
        head = f'<meta property="og:site_name" content="{story["outlet"]}">'
        line = f'<div class="byline">By {" and ".join(names)}</div><span>Updated: <time datetime="2021-01-05T08:00:00Z">January 5, 2021</time></span> <span>Posted: <time datetime="{stamp}">May</time></span>'
    else:
        line = f"<p>By {' and '.join(names)}</p>" * bool(names) + line
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{story["title"]} | {story["outlet"]}</title>{head}</head><body><nav><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li></ul></nav>'
        f'<div class="cookie-banner"><p>We use cookies to make this page better for everyone who reads it. Accept all.</p></div><main><article><h1>{story["title"]}</h1>{line}<div class="article-body">{body}</div>'
        '<div class="related-links"><h3>Related</h3><ul><li><a href="/a">Another story of the same harbour that nobody asked for</a></li></ul></div><section class="comments"><h2>Comments</h2><p>I for one do not believe a word of this story about lanterns.</p></section></article></main>'
        "<footer><p>© 2018 Example Media. All rights reserved.</p></footer></body></html>"
    )


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
            _eml(f"{story['outlet']} <news@example.com>", story["title"], when, text, f"<html><body>{markup}</body></html>"),
            [story],
        )
    pages = [
        (f"https://x.example/{s['id']}", page(s, data).encode(), "text/html; charset=utf-8")
        for s, data in zip(ENGLISH[:3], ("json", "meta", "line"), strict=True)
    ]
    expected = [
        {**s, "paragraphs": [*s["paragraphs"], "Correction: An earlier version of this story gave the number of shores as three."]}
        for s in ENGLISH[:3]
    ]
    yield Fixture("crawl.warc", containers.warc([*pages, ("https://x.example/logo.png", b"\x89PNG", "image/png")]), expected)
    yield Fixture(
        "mixed.zip",
        containers.zipped(
            [
                ("a/one.txt", plain_text(ENGLISH[0]).encode()),
                ("b/../../two.docx", containers.docx(layouts.nexis_uni(ENGLISH[1:3]))),
                ("__MACOSX/x", b"x"),
                ("c/empty.txt", b""),
            ]
        ),
        ENGLISH[:3],
    )
