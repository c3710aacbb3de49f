"""The invented stories of the tests of imports, as text, page and e-mail."""

from __future__ import annotations

import json
import textwrap
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from support import export_layouts as layouts

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


def eml(sender: str, subject: str, date: str, text: str = "", page: str = "") -> bytes:
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
