"""Tables, records, feeds, transcripts, debates and archives made of the invented stories, with what must come out of each."""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Iterator, Sequence
from datetime import date
from html import escape
from io import StringIO
from typing import Any

from support import biff
from support import export_layouts as layouts
from support import file_builders as containers
from support.ingest_stories import ENGLISH, FRENCH, GERMAN, Fixture, Told, page, plain_text

NOTHING = frozenset({"title", "outlet", "author", "published"})
CORRECTION = "Correction: An earlier version of this story gave the number of shores as three."
SPEAKERS = ("Ms. Jane Sample (Examplebury, NDP)", "Hon. John Muster (Minister of Bridges, Lib.)", "The Speaker")


def record_fixtures() -> list[Fixture]:
    return [*_tables(), *_sheets(), *_json(), *_feeds(), *_transcripts(), *_debates(), *_committees(), *_archives()]


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
    yield Fixture("newspaper.jsonl", "".join(json.dumps(record) + "\n" for record in paper).encode(), ENGLISH)


def _sheets() -> Iterator[Fixture]:
    """Spreadsheets: days as spreadsheets count them, names of columns of several words, the old binary files."""
    epoch = date(1899, 12, 30)
    names = ["No.", "News source", "Article title", "Story date", "Written by", "Story_Text"]
    rows = [[n, s["outlet"], s["title"], (s["published"] - epoch).days, s["author"], "\n".join(s["paragraphs"])] for n, s in enumerate(ENGLISH, 1)]
    yield Fixture("counted.xlsx", containers.xlsx([("Sheet1", [names, *rows])]), ENGLISH)
    yield Fixture("counted.xls", biff.xls([names, *rows]), ENGLISH)
    proquest = ["Title", "Abstract", "StoreId", "ArticleType", "Authors", "pubdate", "pubtitle", "Full text", "year", "DocumentURL"]
    yield Fixture(
        "ProQuest.xls",
        biff.xls(
            [
                proquest,
                *(
                    [
                        s["title"],
                        "None available.",
                        "2056001",
                        "News",
                        layouts.proquest_name(s["author"]) if s["author"] else "",
                        f"{layouts.EN[s['published'].month - 1][:3]} {s['published'].day}, {s['published'].year}",
                        f"{s['outlet']}; Toronto, Ont.",
                        "\n".join(s["paragraphs"]),
                        s["published"].year,
                        "https://search.example/docview/1",
                    ]
                    for s in ENGLISH
                ),
            ]
        ),
        ENGLISH,
    )
    yield Fixture(
        "abstracts.xls",
        biff.xls(
            [
                proquest[:7],
                *([s["title"], s["paragraphs"][0], "1", "News", s["author"], s["published"].isoformat(), s["outlet"]] for s in ENGLISH[:2]),
            ]
        ),
        [{**s, "paragraphs": s["paragraphs"][:1]} for s in ENGLISH[:2]],
    )
    french = ["Média", "Titre de l'article", "Date de parution", "Signataire", "Corps du texte"]
    semis = [[s["outlet"], s["title"], f"{s['published']:%d/%m/%y}", s["author"], "\n\n".join(s["paragraphs"])] for s in FRENCH + ENGLISH]
    yield Fixture("excel.csv", ("sep=;\r\n" + _csv([french, *semis], ";")).encode("cp1252"), FRENCH + ENGLISH)
    yield Fixture("second.tsv", ("\ufeff" + _csv([french, *semis], "\t")).encode(), FRENCH + ENGLISH)


def _json() -> Iterator[Fixture]:
    """Records whose values are wrapped, and records by column."""
    nested = [
        {
            "_id": n,
            "headline": {"main": s["title"], "kicker": None},
            "byline": {"original": f"By {s['author'].replace(', ', ' and ')}" if s["author"] else None, "person": []},
            "pub_date": f"{s['published']}T23:30:00-0400",
            "source": {"id": "x", "name": s["outlet"]},
            "body": {"html": "".join(f"<p>{escape(p)}</p>" for p in s["paragraphs"])},
        }
        for n, s in enumerate(ENGLISH)
    ]
    yield Fixture("nested.json", json.dumps({"meta": {"hits": 4}, "response": {"docs": nested}}).encode(), ENGLISH)
    pieces = [
        {
            "title": s["title"],
            "publication": {"name": s["outlet"]},
            "authors": [{"firstName": n.split()[0], "lastName": n.split()[1]} for n in s["author"].split(", ") if n],
            "published": {"date": f"{s['published']} 14:00:00"},
            "content": [{"type": "paragraph", "text": p} for p in s["paragraphs"]],
        }
        for s in ENGLISH
    ]
    yield Fixture("pieces.jsonl", "\n".join(map(json.dumps, pieces)).encode(), ENGLISH)
    names = ["title", "outlet", "author", "date", "text"]
    columns = {name: {str(n): _record(s, names)[name] for n, s in enumerate(ENGLISH)} for name in names}
    yield Fixture("columns.json", json.dumps(columns).encode(), ENGLISH)
    split = {"columns": names, "index": [0, 1], "data": [list(_record(s, names).values()) for s in ENGLISH[:2]]}
    yield Fixture("split.json", json.dumps(split).encode(), ENGLISH[:2])


def _stamp(story: Told) -> str:
    day = story["published"]
    return f"{layouts.WEEK[day.weekday()][:3]}, {day.day:02} {layouts.EN[day.month - 1][:3]} {day.year} 23:30:00 -0400"


def _markup(story: Told) -> str:
    return "".join(f"<p>{escape(p, quote=False)}</p>" for p in story["paragraphs"])


def _feeds() -> Iterator[Fixture]:
    spaces = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    for name, title, stories in (
        ("feed.xml", "The Examplebury Herald", ENGLISH[:1]),
        ("local-rss.xml", "Toronto Star - Local", [{**s, "outlet": "Toronto Star"} for s in ENGLISH]),
    ):
        items = "".join(
            f"<item><title>{escape(s['title'])}</title><link>https://x.example/{s['id']}</link><pubDate>{_stamp(s)}</pubDate>"
            f"<dc:creator>{s['author']}</dc:creator><description>Short.</description><content:encoded><![CDATA[{_markup(s)}"
            f"<p>The post <a href='https://x.example'>{escape(s['title'])}</a> appeared first on {title}.</p>]]></content:encoded></item>"
            for s in stories
        )
        yield Fixture(
            name,
            f'<?xml version="1.0"?><rss version="2.0" {spaces}><channel><title>{title}</title><link>https://x.example</link>{items}</channel></rss>'.encode(),
            stories,
        )
    for name, kind, stories in (("feed.atom", "html", ENGLISH[:1]), ("sources.atom", "xhtml", FRENCH + ENGLISH)):
        entries = "".join(
            f"<entry><title>{escape(s['title'])}</title><source><title>{s['outlet']}</title></source>"
            + "".join(f"<author><name>{n}</name></author>" for n in s["author"].split(", ") if n)
            + f"<link href='https://x.example/1'/><published>{s['published']}T23:30:00-04:00</published><updated>2024-01-01T00:00:00Z</updated>"
            + f"<summary>Short.</summary><content type='{kind}'>"
            + (escape(_markup(s)) if kind == "html" else f"<div xmlns='http://www.w3.org/1999/xhtml'>{_markup(s)}</div>")
            + "</content></entry>"
            for s in stories
        )
        yield Fixture(
            name,
            f"<feed xmlns='http://www.w3.org/2005/Atom'><title>A reader's list</title><updated>2024-01-01T00:00:00Z</updated>{entries}</feed>".encode(),
            stories,
        )


def _clock(seconds: float, comma: str) -> str:
    return f"{int(seconds) // 3600:02}:{int(seconds) // 60 % 60:02}:{int(seconds) % 60:02}{comma}{round(seconds % 1 * 1000):03}"


def _cues(story: Told, comma: str, voice: str = "") -> Iterator[str]:
    """Cues of seven words, with a pause of four seconds behind each paragraph."""
    seconds = 1.0
    for paragraph in story["paragraphs"]:
        words = paragraph.split(" ")
        for start in range(0, len(words), 7):
            text = " ".join(words[start : start + 7])
            yield f"{_clock(seconds, comma)} --> {_clock(seconds + 2, comma)}\n{voice}{escape(text, quote=False) if voice else text}\n"
            seconds += 2.25
        seconds += 4


def _transcripts() -> Iterator[Fixture]:
    for story in (ENGLISH[1], ENGLISH[2]):
        cues = "\n".join(f"{n}\n{cue}" for n, cue in enumerate(_cues(story, ","), 1))
        yield Fixture(f"{story['id']}.srt", cues.replace("\n", "\r\n").encode("utf-8-sig"), [story], NOTHING)
        facts = f"NOTE\nOutlet: {story['outlet']}\nAuthor: {story['author']}\nDate: {layouts.english(story['published'])}\n\n"
        cues = "\n".join(_cues(story, "."))
        yield Fixture(f"{story['id']}.vtt", f"WEBVTT - {story['title']}\n\n{facts}{cues}".encode(), [story])
    voiced = "\n".join(_cues(ENGLISH[1], ".", "<v Rosa Muster>"))
    first, *rest = ENGLISH[1]["paragraphs"]
    yield Fixture("voices.vtt", f"WEBVTT\n\n{voiced}".encode(), [{**ENGLISH[1], "paragraphs": [f"Rosa Muster: {first}", *rest]}], NOTHING)


def _spoken(story: Told) -> list[tuple[str, list[str]]]:
    """The paragraphs of a story in the mouths of the speakers, two each."""
    return [(SPEAKERS[n % 3], story["paragraphs"][2 * n : 2 * n + 2]) for n in range(-(-len(story["paragraphs"]) // 2))]


def _said(story: Told, outlet: str, title: str | None = None) -> Told:
    paragraphs = [f"{speaker}: {p}" if n == 0 else p for speaker, said in _spoken(story) for n, p in enumerate(said)]
    return {**story, "title": title or story["title"], "outlet": outlet, "author": "", "paragraphs": paragraphs}


def _debate(stories: Sequence[Told], facts: str, with_titles: bool = True) -> str:
    day = stories[0]["published"]
    dated = "".join(
        f'<ExtractedItem Name="MetaDateNum{part}">{number:02}</ExtractedItem>'
        for part, number in (("Day", day.day), ("Month", day.month), ("Year", day.year))
    )
    subjects, order = "", "<OrderOfBusinessTitle>Routine Proceedings</OrderOfBusinessTitle>" if with_titles else "<CatchLine/>"
    for story in stories:
        speeches = "".join(
            f'<Intervention Type="Debate"><PersonSpeaking><Affiliation Type="4">{who}:</Affiliation></PersonSpeaking><Content>'
            + "".join(f"<ParaText>{escape(p, quote=False).replace('the ', '<I>the</I> ', 1)}</ParaText>" for p in said)
            + '<FloorLanguage language="FR">[<I>Translation</I>]</FloorLanguage></Content></Intervention><ProceduralText>(Motion agreed to)</ProceduralText>'
            for who, said in _spoken(story)
        )
        title = f"<SubjectOfBusinessTitle>{escape(story['title'])}</SubjectOfBusinessTitle>" if with_titles else ""
        subjects += f'<SubjectOfBusiness><Timestamp Hr="10" Mn="05">(1005)</Timestamp>{title}<SubjectOfBusinessContent>{speeches}</SubjectOfBusinessContent></SubjectOfBusiness>'
    return (
        f'\ufeff<?xml version="1.0" encoding="UTF-8"?><Hansard xml:lang="EN"><ExtractedInformation>{facts}{dated}</ExtractedInformation><HansardBody>'
        f"<Intro><ParaText>Prayer</ParaText></Intro><OrderOfBusiness>{order}{subjects}</OrderOfBusiness></HansardBody></Hansard>"
    )


def _debates() -> Iterator[Fixture]:
    house = '<ExtractedItem Name="InstitutionDebate">HOUSE OF COMMONS DEBATES</ExtractedItem><ExtractedItem Name="Institution">House of Commons</ExtractedItem>'
    one_day = [{**s, "published": ENGLISH[0]["published"]} for s in ENGLISH]
    yield Fixture("HAN200-E.XML", _debate(one_day, house).encode(), [_said(s, "House of Commons Debates") for s in one_day])
    french = '<ExtractedItem Name="InstitutionDebate">Débats de la Chambre des communes</ExtractedItem>'
    yield Fixture("HAN201-F.xml", _debate(FRENCH, french).encode(), [_said(s, "Débats de la Chambre des communes") for s in FRENCH])


def _committees() -> Iterator[Fixture]:
    """The evidence of a committee: its XML, and its page with the clock and the language of the floor between the speeches."""
    name = "Standing Committee on Bridges and Ferries"
    facts = f'<ExtractedItem Name="InstitutionDebate">{name}</ExtractedItem>'
    yield Fixture("5895073-en.xml", _debate(ENGLISH[:1], facts, with_titles=False).encode(), [_said(ENGLISH[0], name, name)])
    for story, committee, words, house in (
        (ENGLISH[1], name, ("EVIDENCE", "English", "Translation", "Recorded by Electronic Apparatus"), "House of Commons of Canada"),
        (
            FRENCH[0],
            "Comité permanent des ponts",
            ("TÉMOIGNAGES", "Français", "Traduction", "Enregistrement électronique"),
            "Chambre des communes du Canada",
        ),
    ):
        day = layouts.english(story["published"]) if story in ENGLISH else f"Le {layouts.day_first(story['published'], layouts.FR)}"
        speeches = "".join(
            f"<p>({1105 + 5 * n})</p><p>[<i>{words[1 + n % 2]}</i>]</p><div class='intervention'>"
            + "".join(f"<p>{f'<b><a href=#>{who}</a>:</b> ' * (k == 0)}{escape(p, quote=False)}</p>" for k, p in enumerate(said))
            + "</div>"
            for n, (who, said) in enumerate(_spoken(story))
        )
        yield Fixture(
            f"evidence-{story['id']}.html",
            (
                f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{committee} - {house}</title></head><body><nav><a href='/'>Home</a></nav><main>"
                f"<h1>{committee}</h1><h2>{words[0]}</h2><p>{day}</p><p><b>[<i>{words[3]}</i>]</b></p>{speeches}</main><footer>{house}</footer></body></html>"
            ).encode(),
            [{**_said(story, house, committee), "paragraphs": [words[0], *_said(story, house)["paragraphs"]]}],
        )


def _archives() -> Iterator[Fixture]:
    corrected = [{**s, "paragraphs": [*s["paragraphs"], CORRECTION]} for s in ENGLISH]
    pages = [
        (f"https://x.example/{s['id']}", page(s, data).encode(), "text/html; charset=utf-8")
        for s, data in zip(ENGLISH, ("json", "meta", "line", "json"), strict=True)
    ]
    yield Fixture("crawl.warc", containers.warc([*pages[:3], ("https://x.example/logo.png", b"\x89PNG", "image/png")]), corrected[:3])
    yield Fixture("again.warc.gz", gzip.compress(containers.warc([*pages, pages[0]]), mtime=0), corrected)
    word = [(f"Files/{n}.DOCX", containers.docx(layouts.nexis_uni([s], cover=False))) for n, s in enumerate(ENGLISH)]
    yield Fixture("Files (4).ZIP", containers.zipped(word), ENGLISH)
    yield Fixture(
        "mixed.zip",
        containers.zipped(
            [
                ("a/one.txt", plain_text(ENGLISH[0]).encode()),
                ("b/../../two.docx", containers.docx(layouts.nexis_uni(ENGLISH[1:3]))),
                ("__MACOSX/x", b"x"),
                ("c/empty.txt", b""),
                ("d/inner.zip", containers.zipped([("de.txt", layouts.nexis_txt(GERMAN, "de", cover=False).encode())])),
            ]
        ),
        [*ENGLISH[:3], *GERMAN],
    )
