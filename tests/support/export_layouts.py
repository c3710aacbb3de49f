"""The layouts of news databases, written out for invented stories: what their exports look like, with their traps."""

from __future__ import annotations

import html
import textwrap
from collections.abc import Sequence
from datetime import date
from typing import Any

Told = dict[str, Any]
EN = "January February March April May June July August September October November December".split()
FR = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
DE = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()
WEEK = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
SEMAINE = "lundi mardi mercredi jeudi vendredi samedi dimanche".split()
WOCHE = "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag".split()


def words(story: Told) -> int:
    return sum(len(paragraph.split()) for paragraph in story["paragraphs"])


def english(day: date) -> str:
    return f"{EN[day.month - 1]} {day.day}, {day.year}"


def day_first(day: date, months: Sequence[str] = EN) -> str:
    return f"{day.day} {months[day.month - 1]} {day.year}"


# ---- Nexis until 2019
NEXIS = {
    "en": (
        "{n} of {total} DOCUMENTS",
        "BYLINE",
        "SECTION",
        "LENGTH",
        "words",
        "DATELINE",
        "HIGHLIGHT",
        "LOAD-DATE",
        "LANGUAGE",
        "GRAPHIC",
        "PUBLICATION-TYPE",
    ),
    "fr": (
        "Document {n} de {total}",
        "AUTEUR",
        "RUBRIQUE",
        "LONGUEUR",
        "mots",
        "ORIGINE-DEPECHE",
        "ENCART",
        "DATE-CHARGEMENT",
        "LANGUE",
        "GRAPHIQUE",
        "TYPE-PUBLICATION",
    ),
    "de": ("Dokument {n} von {total}", "AUTOR", "RUBRIK", "LÄNGE", "Wörter", "ORT", "HIGHLIGHT", "UPDATE", "SPRACHE", "GRAFIK", "PUBLICATION-TYPE"),
}


def nexis_day(story: Told, language: str) -> str:
    day = story["published"]
    if language == "fr":
        return f"{SEMAINE[day.weekday()]} {day_first(day, FR)}"
    if language == "de":
        return f"{day.day}. {DE[day.month - 1]} {day.year} {WOCHE[day.weekday()]}"
    return f"{english(day)} {WEEK[day.weekday()]}"


def nexis_fields(story: Told, language: str) -> tuple[list[str], list[str]]:
    _, byline, section, length, unit, dateline, highlight, load, lang, graphic, kind = NEXIS[language]
    head = [f"{byline}: {story['author']}"] if story["author"] else []
    head += [f"{section}: {story['section'].upper()}; Pg. {story['page']}", f"{length}: {words(story):,} {unit}"]
    head += [f"{dateline}: {story['dateline']}"] if story["dateline"] else []
    head += [f"{highlight}: A line that an editor of the database put above the story."]
    late = date(story["published"].year + 1, 2, 3)
    tail = [
        f"{load}: {english(late)}",
        f"{lang}: {story['language'].upper()}",
        f"{graphic}: A picture of a bridge, seen from the market at noon; John Doe, The Examplebury Herald",
        f"{kind}: Newspaper",
    ]
    return head, tail


def nexis_txt(stories: Sequence[Told], language: str = "en", cover: bool = True) -> str:
    lines = ["\ufeff"]
    if cover:
        lines += [
            "",
            "Download Request: Selected Items: 1-9",
            "Time Of Request: Friday, March 20, 2020  16:51:31",
            "",
            "Send To:",
            "",
            "EXAMPLE UNIVERSITY LIBRARY",
            "",
            "",
            "Terms: (lanterns AND (DATE(>=2017-01-01))",
            "",
            "Project ID: None",
            "",
            "",
        ]
    for number, story in enumerate(stories, 1):
        head, tail = nexis_fields(story, language)
        counter = NEXIS[language][0].format(n=number, total=len(stories))
        lines += [
            "",
            "",
            counter.center(78).rstrip(),
            "",
            "",
            story["outlet"].center(78).rstrip(),
            "",
            nexis_day(story, language).center(78).rstrip(),
        ]
        if number == 1:
            lines += ["Final Edition;".center(78).rstrip(), "Harbour".center(78).rstrip()]
        first, *more = story["title"].split("; ")
        lines += ["", *textwrap.wrap(first + (";" if more else ""), 70), *(line for deck in more for line in textwrap.wrap(deck, 70))]
        for entry in head:
            lines += ["", *textwrap.wrap(entry, 76)]
        lines += ["", ""]
        for paragraph in story["paragraphs"]:
            lines += [*textwrap.wrap(paragraph, 78), ""]
        for entry in tail:
            lines += [*textwrap.wrap(entry, 76), ""]
        if number < len(stories):
            lines += ["", f"Copyright {story['published'].year} {story['outlet']}".center(78).rstrip(), "All Rights Reserved".center(78).rstrip()]
    return "\r\n".join(lines) + "\r\n"


def nexis_html(stories: Sequence[Told], language: str = "en") -> str:
    def span(kind: str, text: str) -> str:
        return f'<SPAN CLASS="{kind}">{html.escape(text)}</SPAN>'

    parts = [
        '<HTML><HEAD><META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=ISO-8859-1"><STYLE TYPE="text/css"><!--',
        ".c0 { text-align: center; }",
        ".c1 { text-align: center; margin-top: 0em; }",
        ".c5 { text-align: left; }",
        "--></STYLE><TITLE>&nbsp;</TITLE></HEAD><BODY>",
        '<DIV CLASS="c5"><P CLASS="c6"><SPAN CLASS="c12">Download Request: Selected Items: 1-2<BR>Terms: lanterns<BR></SPAN></P></DIV>',
    ]
    for number, story in enumerate(stories, 1):
        head, tail = nexis_fields(story, language)
        day = nexis_day(story, language)
        first, _, rest = day.partition(" ")
        parts.append(f'<A NAME="DOC_ID_{number}_0"></A><!-- Hide XML section from browser\n<DOC NUMBER=1>\n<DOCFULL> -->')
        parts.append(f'<BR><DIV CLASS="c0"><P CLASS="c1">{span("c2", NEXIS[language][0].format(n=number, total=len(stories)))}</P>\n</DIV>')
        parts.append(f'<BR><DIV CLASS="c0"><BR><P CLASS="c1">{span("c2", story["outlet"])}</P>\n</DIV>')
        parts.append(f'<BR><DIV CLASS="c3"><P CLASS="c1">{span("c4", first)}{span("c2", " " + rest)}<SPAN CLASS="c2">&nbsp;</SPAN></P>\n</DIV>')
        parts.append(f'<BR><DIV CLASS="c5"><P CLASS="c6">{span("c7", story["title"])}</P>\n</DIV>')
        for entry in head:
            label, _, value = entry.partition(": ")
            parts.append(f'<BR><DIV CLASS="c5"><P CLASS="c6">{span("c8", label + ": ")}{span("c2", value)}</P>\n</DIV>')
        parts.append('<BR><DIV CLASS="c5">')
        for paragraph in story["paragraphs"]:
            cut = paragraph.find(" ", 20)
            hit = (
                f"{span('c2', paragraph[: cut - 3])}{span('c4', paragraph[cut - 3 : cut])}{span('c2', paragraph[cut:])}"
                if cut > 3
                else span("c2", paragraph)
            )
            parts.append(f'<P CLASS="c9">{hit}</P>')
        parts.append("</DIV>")
        for entry in tail:
            label, _, value = entry.partition(": ")
            parts.append(f'<BR><DIV CLASS="c5"><P CLASS="c6">{span("c8", label + ": ")}{span("c2", value)}</P>\n</DIV>')
        parts.append(
            f'<BR><DIV CLASS="c0"><BR><P CLASS="c1">{span("c2", "Copyright 2018 Examplebury")}<BR>{span("c2", "All Rights Reserved")}</P>\n</DIV>'
        )
        parts.append("<!-- Hide XML section from browser\n</DOCFULL>\n</DOC> -->")
    return "\n".join([*parts, "</BODY></HTML>"])


# ---- Nexis Uni
def nexis_uni(stories: Sequence[Told], cover: bool = True) -> list[tuple[str, bool]]:
    """The paragraphs of a Word or RTF file, each with whether it is a heading."""
    out: list[tuple[str, bool]] = []
    if cover:
        out += [
            ("User Name: A. Reader", False),
            ("Date and Time: Wednesday, December 19, 2018 7:11:00 PM", False),
            ("Job Number: 12345678", False),
            (f"Documents ({len(stories)})", False),
        ]
        for number, story in enumerate(stories, 1):
            out += [
                (f"{number}. {story['title']}", False),
                ("Client/Matter: -None-", False),
                ("Search Terms: lanterns", False),
                ("Search Type: Natural Language ", False),
                ("Narrowed by: ", False),
                ("Content Type\tNarrowed by", False),
                ("News\tSources: Examples; Content Type: News", False),
            ]
    for number, story in enumerate(stories, 1):
        day = story["published"]
        out += [
            (story["title"], True),
            (story["outlet"], False),
            (f"{english(day)} {WEEK[day.weekday()]}" + (", Late Edition - Final" if number == 2 else " 11:27 AM GMT" if number == 3 else ""), False),
        ]
        out += [
            (f"Copyright {day.year} {story['outlet']} All Rights Reserved", False),
            (f"Section:\xa0{story['section'].upper()}; Pg. {story['page']}", False),
            (f"Length:\xa0{words(story)} words", False),
        ]
        out += [(f"Byline:\xa0{story['author'].replace(', ', ' and ')}", False)] if story["author"] else []
        out += [(f"Dateline:\xa0{story['dateline']}", False)] if story["dateline"] else []
        out += [("Highlight:\xa0What an editor put above the story.", False), ("Body", True)]
        if number == 2:
            out += [("ABSTRACT", False), ("What the story says, in the words of the database.", False), ("FULL TEXT", False)]
        out += [(paragraph, False) for paragraph in story["paragraphs"]]
        if number == 1:
            out += [("Graphic", True), ("A picture of a bridge, seen from the market at noon.", False)]
        if number % 2:
            out += [
                ("Classification", True),
                ("Language:\xa0ENGLISH", False),
                ("Publication-Type:\xa0Newspaper", False),
                ("Subject:\xa0LANTERNS (93%); BRIDGES (78%)", False),
            ]
        out += [(f"Load-Date:\xa0{english(date(day.year + 1, 3, 1))}", False), ("End of Document", False)]
    return out


# ---- Factiva
FACTIVA = {"en": ("words", EN, "English", "Document"), "fr": ("mots", FR, "Français", "Document"), "de": ("Wörter", DE, "Deutsch", "Dokument")}


def factiva_id(story: Told) -> str:
    late = date(story["published"].year + 2, 4, 8)
    code = (story["id"].upper() + "00000000")[:8]
    return f"{code}{late:%Y%m%d}e51200012"


def factiva_lines(story: Told, language: str, section: bool = True) -> tuple[list[str], list[str], list[str]]:
    """Lines above the length, below it up to the text, and below the text."""
    unit, months, tongue, document = FACTIVA[language]
    above = [story["section"]] if section and story["section"] else []
    above += [story["title"]]
    above += (
        [("By " if language == "en" else "Par " if language == "fr" else "Von ") + story["author"].replace(", ", " and ")] if story["author"] else []
    )
    below = [
        f"{words(story)} {unit}",
        day_first(story["published"], months),
        "15:32",
        story["outlet"],
        story["id"].upper()[:6],
        story["page"],
        tongue,
        f"(c) {story['published'].year} {story['outlet']}. All Rights Reserved.",
    ]
    return above, below, [f"{story['outlet']} Publishing Inc.", f"{document} {factiva_id(story)}"]


def factiva_txt(stories: Sequence[Told], language: str = "en", wrapped: bool = True) -> str:
    lines: list[str] = []
    for story in stories:
        above, below, end = factiva_lines(story, language)
        lines += [*above, *below, ""]
        for paragraph in story["paragraphs"]:
            lines += [*(textwrap.wrap(paragraph, 80) if wrapped else [paragraph]), ""]
        lines += [*end, "", ""]
    return "\n".join([*lines, "Search Summary", "Text\tlanterns", "Date\tAll Dates", ""])


def factiva_coded_txt(stories: Sequence[Told], language: str = "en") -> str:
    unit, months, tongue, document = FACTIVA[language]
    lines: list[str] = []
    for story in stories:
        fields = [
            ("SE", story["section"]),
            ("HD", story["title"]),
            ("BY", f"By {story['author']}" if story["author"] else ""),
            ("WC", f"{words(story)} {unit}"),
            ("PD", day_first(story["published"], months)),
            ("ET", "15:32"),
            ("SN", story["outlet"]),
            ("SC", "EXAMPL"),
            ("LA", tongue),
            ("CY", f"(c) {story['published'].year} {story['outlet']}"),
        ]
        for code, value in fields:
            if value:
                lines += [f" {code}", "", value, ""]
        lines += [" LP", "", story["paragraphs"][0], "", " TD", ""]
        for paragraph in story["paragraphs"][1:]:
            lines += [paragraph, ""]
        for code, value in (
            ("CO", "exbury : Examplebury Harbour"),
            ("NS", "gcat : Political/General News"),
            ("RE", "cana : Canada"),
            ("PUB", f"{story['outlet']} Publishing Inc."),
            ("AN", f"{document} {factiva_id(story)}"),
        ):
            lines += [f" {code}", "", value, ""]
    return "\n".join(lines)


def factiva_html(stories: Sequence[Told], language: str = "en", coded: bool = False) -> str:
    unit, months, tongue, document = FACTIVA[language]
    e = html.escape
    parts = [
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8"/><title>Factiva</title></head><body><table><tr><td class="factivalogo"><h1>Factiva</h1></td><td><span>Dow Jones</span></td></tr></table><div id="contentLeft">'
    ]
    for story in stories:
        key, body = (
            factiva_id(story),
            "".join(
                f'<p class="articleParagraph {language}articleParagraph">{e(p).replace("the ", "<b>the</b> ", 1)}</p>\n' for p in story["paragraphs"]
            ),
        )
        if coded:
            rows = [
                ("HD", f"<b class='{language}Headline'>{e(story['title'])}</b>"),
                ("BY", e(f"By {story['author']}")),
                ("WC", f"{words(story)} {unit}"),
                ("PD", day_first(story["published"], months)),
                ("SN", e(story["outlet"])),
                ("LA", tongue),
            ]
            table = "".join(
                f'<tr><td align="right" class="index"><b>{code}</b>&nbsp;</td><td>{value}</td></tr>'
                for code, value in rows
                if not (code == "BY" and not story["author"])
            )
            first, rest = body.split("\n", 1)
            table += f'<tr><td class="index"><p><b>LP</b>&nbsp;</p></td><td>{first}</td></tr><tr><td class="index"><p><b>TD</b>&nbsp;</p></td><td>{rest}</td></tr>'
            table += f'<tr><td class="index"><br/><b>NS</b>&nbsp;</td><td><br/>gcat : News | gpol : Politics</td></tr><tr><td class="index"><br/><b>AN</b>&nbsp;</td><td><br/>{document} {key}</td></tr>'
            parts.append(f'<div class="article {language}Article"><table>{table}</table><br/></div><br/>')
            continue
        head = (
            f"<div>{e(story['section'])}</div>\n" if story["section"] else ""
        ) + f'<div id="hd"><span class="{language}Headline">{e(story["title"])}</span>\n</div>'
        head += f'<div class="author">{e(story["author"])} </div>' if story["author"] else ""
        _, below, end = factiva_lines(story, language)
        head += "".join(f"<div>{e(line)}</div>" for line in below)
        parts.append(
            f'<span></span><div id="article-{key}" class="article"><div class="article {language}Article"><p>\n</p>{head}\n<p></p>\n{body}<p>{e(end[0])}</p><p>{end[1]}</p></div></div><br>'
        )
    return "\n".join([*parts, "</div></body></html>"])


# ---- ProQuest
RULE = "_" * 60


def proquest_name(author: str) -> str:
    return "; ".join(f"{name.split()[-1]}, {' '.join(name.split()[:-1])}" for name in author.split(", "))


def proquest_pairs(story: Told, noisy: bool = False) -> list[tuple[str, str]]:
    day = story["published"]
    printed = f"{EN[day.month - 1][:3]} {day.day}, {day.year}"
    place = "Place of publication" if not noisy else "Placeof publication"
    return [("Subject", story["subject"]), ("Location", "Examplebury"), ("People", "Sample, Ada"), ("Business indexing term", "Subject: Harbours")], [
        ("Title", story["title"]), ("Publication title", f"{story['outlet']}; Examplebury, Ont."), ("First page", story["page"]), ("Publication year", str(day.year)),
        ("Publication date", printed if not noisy else printed[:2] + " " + printed[2:]), ("Section", story["section"]), ("Publisher", "Example Syndication"), (place, "Examplebury, Ont."), ("Language of publication", story["language"]),
        ("ProQuest document ID", "2615580761"), ("Document URL" if not noisy else "DocumentURL", "https://www.proquest.example/docview/2615580761"), ("Copyright", f"Copyright {day.year} {story['outlet']}. All Rights Reserved."), ("Last updated", f"{day.year + 3}-01-09"), ("Database", "Canadian Newsstream"),
    ]  # fmt: skip


def proquest_txt(stories: Sequence[Told], noisy: bool = False, numbered: bool = False) -> str:
    lines: list[str] = []
    for number, story in enumerate(stories, 1):
        above, below = proquest_pairs(story, noisy)
        lines += [RULE, ""] + ([f"Document {number} of {len(stories)}", ""] if numbered else []) + [story["title"], ""]
        credited = number == 2 and "," not in story["author"]
        if story["author"] and not credited:
            lines += [f"Author: {proquest_name(story['author'])}", ""]
        lines += [
            "Publication info: Examplebury.",
            "",
            "https://proxy.example/login?url=https://www.proquest.example/docview/2615580761",
            "",
            "Abstract: None available.",
            "",
            f"Links: https://links.example/openurl?genre=article&date={story['published']:%Y-%m-%d}&volume=",
            "",
        ]
        lines += ["Full text: " + story["paragraphs"][0], *story["paragraphs"][1:]]
        if credited:
            lines += ["", "CAPTION: A bridge at noon, seen from the market.", f"CREDIT: {story['author']} {story['outlet']}"]
        lines += [""]
        for label, value in (*above, *below):
            lines += [f"{label}: {value}", ""]
    return "\r\n".join(
        [
            *lines,
            RULE,
            "",
            "Contact us at: http://about.example/contact",
            "Database copyright © 2026 ProQuest LLC. All rights reserved.",
            "Terms and Conditions: https://www.example/terms",
            "",
        ]
    )


def proquest_html(stories: Sequence[Told]) -> str:
    e, style = html.escape, 'style="margin-bottom:5pt; margin-top:0; padding:0;"'
    parts = [
        "<html><head><title>ProQuest Export</title></head><body><table><tr><td><span>All documents are reproduced with the permission of the copyright owner.</span></td></tr></table><div>A. Reader sent you the following:</div>"
    ]
    for story in stories:
        above, below = proquest_pairs(story)
        parts.append(f'<div style="margin-bottom:20px"><a name="DocID_MSTAR_25143"></a><p {style}></p><p {style}>{e(story["title"])}</p>')
        if story["author"]:
            parts.append(f"<p {style}><strong>Author:  </strong>{e(proquest_name(story['author']))}</p>")
        parts.append(
            f'<p {style}><strong>Publication info:  </strong>{e(story["outlet"])} ; Examplebury, Ont. [Examplebury]{day_first(story["published"])}: AA.2.</p><p {style}><a href="https://search.example/docview/1">ProQuest document link</a></p>'
        )
        parts.append(
            f'<p {style}><strong>Abstract:  </strong><body></p><p {style}>A few words of a database.</p><p {style}></body></p><div><strong>Links: </strong><a href="https://l.example?date={story["published"]}">Linking service</a></div>'
        )
        text = "              ".join(f"<p>{e(p)}</p>" for p in story["paragraphs"])
        parts.append(
            f'<p {style}><strong>Full text: </strong><Text WordCount="239" HTMLContent="true"><html>            <head>              <meta name="ValidationSchema" content="x">              <title></title>            </head>            <body>              {text}            </body>          </html></Text></p>'
        )
        parts += [f"<p {style}><strong>{label}: </strong>{e(value)}</p>" for label, value in (*above, *below)]
        parts.append("</div>")
    return "".join([*parts, "<p>Contact us at: <a>http://about.example</a></p></body></html>"])


# ---- Eureka
def eureka_id(story: Told) -> str:
    return f"news·{story['published']:%Y%m%d}·LM·0004"


def eureka_header(story: Told, french: bool) -> str:
    day = story["published"]
    when = f"{SEMAINE[day.weekday()]} {day_first(day, FR)}" if french else f"{WEEK[day.weekday()]}, {english(day)}"
    return f"{story['section']}, {when}, p. {story['page']}"


def eureka_new(stories: Sequence[Told], modern: bool = False) -> str:
    e = html.escape
    parts = [
        '<!DOCTYPE html> <html> <head> <meta charset="utf-8"> <title></title> <style type="text/css">.DocPublicationName{color:#83724e}</style></head> <body>'
    ]
    for story in stories:
        title = f'<p class="rdp__articletitle">{e(story["title"])}</p>' if modern else f'<p class="titreArticleVisu">{e(story["title"])}</p>'
        author = (
            ""
            if not story["author"]
            else f'<p class="sm-margin-bottomNews">{e(story["author"])}</p>'
            if modern
            else f"<div>{e(story['author'])}</div>"
        )
        body = "".join(f" <p>{e(p).replace('pont', '<mark>pont</mark>', 1)}</p>" for p in story["paragraphs"])
        where = f"<div class='docOcurrContainer'>{body}</div>" if not modern else body
        parts.append(
            f'<article> <header> <img class="" src="x.gif" /> <div> <span class="DocPublicationName">{e(story["outlet"])}, no. 4021   </span> </div> <div> <span class="DocHeader">{e(eureka_header(story, story["language"] == "French"))}</span> </div> <div class="titreArticle"> {title} </div> {author} </header> '
            f'<section> <div class="DocText clearfix"> {where} </div> </section> <aside> <div> <p><b>Illustration(s) : </b></p> <div><p>Une photo du port.</p></div> </div> <div> <b>Note(s) : </b> </div> </aside> '
            f"<footer> <small>© {story['published'].year} {e(story['outlet'])}. Tous droits réservés.</small> <p>Numéro de document : {eureka_id(story)}</p> <div> <span>Ce certificat est émis à <b>Bibliothèque</b> à des fins de visualisation personnelle.</span> </div> <div> <span>Date d'émission : <b><span>2020-07-04</span></b></span> </div> </footer> </article>"
        )
    return " ".join([*parts, "</body> </html>"])


def eureka_old(stories: Sequence[Told]) -> str:
    e = html.escape
    parts = [
        '<html><head><META http-equiv="Content-Type" content="text/html; charset=ISO-8859-1"></head><body><form><input type="button" value="Sauvegarder" /></form>'
    ]
    for story in stories:
        section, when, page = eureka_header(story, True).split(", ")
        author = f"{e(story['author'])}<br><p></p>" if story["author"] else ""
        parts.append(
            f'<table border="0"><tr><td><table id="tbHeaderImages"><tr><td><img src="x.gif"><br></td></tr></table><span class="DocPublicationName">{e(story["outlet"])}</span><br><span class="DocHeader">{e(section)}, </span><span class="DocHeader">{when.split(" ")[0]} </span><span class="DocHeader">{when.split(" ", 1)[1]}, {page}</span><br><br>'
            f'<span class="TitreArticleVisu">{e(story["title"])}</span><br><br>{author}{"<p></p>".join(e(p) for p in story["paragraphs"])}<p></p><b><i>© {story["published"].year} {e(story["outlet"])}. Tous droits réservés.</i></b><p></p>Numéro de document : {eureka_id(story)}<br><br><br>'
            f'<table><tr> <td align="center"><img src="x.gif">{eureka_id(story)}</td></tr><tr> <td>Ce certificat est émis à <b>Bibliothèque</b> à des fins de visualisation personnelle et temporaire.</td></tr><tr> <td>Date d\'émission : <b>2020-10-05</b></td></tr></table></td></tr></table>\n<p><br><br>'
        )
    return "".join([*parts, "</body></html>"])
