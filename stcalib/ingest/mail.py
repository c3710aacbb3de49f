"""E-mails: one of their alternatives, and the mail that was passed on in them."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, replace
from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart
from email.utils import parseaddr, parsedate_to_datetime
from functools import cache

from stcalib.ingest.days import day_in
from stcalib.ingest.decoding import decoded
from stcalib.ingest.label_files import load_labels, whole_line
from stcalib.ingest.names import author_names, host_of, is_name, known_outlet, outlet_name
from stcalib.ingest.page_body import without_furniture
from stcalib.ingest.plain import is_outlet_like, is_report, single_story
from stcalib.ingest.story import Block, Declined, Story

_FORWARDED = re.compile(r"\s*(?:fwd?|tr|wg|rv|i)\s*:\s*", re.IGNORECASE)
_INNER = re.compile(r"\s*(?P<label>from|de|von|subject|objet|betreff|date|sent|envoyé|gesendet|to|à|an|cc)\s*:\s*(?P<value>.+)", re.IGNORECASE)
_MARK = re.compile(
    r"\s*-{2,}\s*(?:forwarded message|original message|message transféré|message d.origine|weitergeleitete nachricht).*"
    r"|begin forwarded message:?|début du message transféré\s*:?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Mail:
    """An e-mail: its text or page, and the files with it; `is_saved` where it is a page that a browser saved in this form."""

    subject: str
    sender: str
    date: str
    text: str
    is_page: bool
    is_saved: bool
    attached: tuple[tuple[str, bytes], ...]


def is_mail(text: str) -> bool:
    """Whether a text begins with the head of an e-mail."""
    head = re.split(r"\n\s*\n", text.lstrip(), maxsplit=1)[0]
    names = {match[1].lower() for match in re.finditer(r"^([A-Za-z-]{2,40}):", head, re.MULTILINE)}
    return {"from", "subject"} <= names and bool(
        names & {"mime-version", "message-id", "content-type", "received", "date", "return-path", "x-mailer"}
    )


def read_mail(raw: bytes) -> Mail:
    """The e-mail in some bytes. Raises `Declined` where it has no text."""
    message = message_from_bytes(raw, policy=policy.default)
    assert isinstance(message, EmailMessage)
    try:
        part = message.get_body(("html", "plain"))
    except (AttributeError, KeyError, ValueError):
        part = None
    if part is None:
        raise Declined("an e-mail without text", "Save its attachment and import that")
    content = _content(part)
    attached = tuple(
        (name, payload)
        for one in message.iter_attachments()
        if (name := one.get_filename()) and isinstance(payload := one.get_payload(decode=True), bytes)
    )
    is_page = part.get_content_type() == "text/html"
    is_saved = is_page and (message.get("Snapshot-Content-Location") is not None or str(part.get("Content-Location") or "").startswith("http"))
    return Mail(_header(message, "subject"), _header(message, "from"), _header(message, "date"), content, is_page, is_saved, attached)


def _content(part: MIMEPart) -> str:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return str(part.get_payload())
    charset = part.get_content_charset() or ""
    if charset and charset.lower() not in {"us-ascii", "ascii", "iso-8859-1", "latin-1", "windows-1252", "utf-8"}:
        try:
            return payload.decode(charset).replace("\r\n", "\n")
        except (LookupError, UnicodeDecodeError):
            pass
    return decoded(payload)


def _header(message: EmailMessage, name: str) -> str:
    try:
        return " ".join(str(message.get(name) or "").split())
    except (ValueError, IndexError, AttributeError, TypeError):
        return ""


def mail_story(mail: Mail, blocks: list[Block]) -> Story:
    """The story of an e-mail whose text is no export. What the text itself states goes before the head of the mail."""
    passed_on = bool(_FORWARDED.match(mail.subject))
    subject, sender, date_text = _FORWARDED.sub("", mail.subject, count=1), mail.sender, mail.date
    inner, rest = _inner_head(without_furniture(_without_foot(blocks)))
    if inner:
        passed_on = False
        subject, sender, date_text = inner.get("subject", subject), inner.get("from", sender), inner.get("date", "")
    story = single_story(rest, title=subject.strip() or None)
    note = story.note
    published = story.published
    if published is None and not passed_on and (day := _mail_day(date_text)) is not None:
        published, note = day, "day of the e-mail"
    outlet, byline = (None, None) if passed_on else _sender(sender)
    outlet, byline = story.outlet or outlet, story.byline or byline
    return replace(story, published=published, outlet=outlet, byline=byline, author=story.author or author_names(byline), note=note)


def _without_foot(blocks: list[Block]) -> list[Block]:
    """The text of a mail without what stands below it, from its signature or the line on by which a reader leaves the list; a report below
    such a line is kept with it."""
    end = next((n for n, block in enumerate(blocks) if n and any(_foot().fullmatch(line) for line in block.lines if len(line) < 300)), None)
    if end is None or any(is_report(block.text) for block in blocks[end + 1 :]):
        return blocks
    kept = next(n for n, line in enumerate(blocks[end].lines) if len(line) < 300 and _foot().fullmatch(line))
    return [*blocks[:end], *([Block(blocks[end].lines[:kept])] if kept else [])]


@cache
def _foot() -> re.Pattern[str]:
    return whole_line(load_labels("web")["line"]["mail_foot"])


def _inner_head(blocks: list[Block]) -> tuple[dict[str, str], list[Block]]:
    """The head of a mail that was passed on, and the text behind it."""
    names = {"de": "from", "von": "from", "objet": "subject", "betreff": "subject", "sent": "date", "envoyé": "date", "gesendet": "date"}
    lines = [(number, n, line) for number, block in enumerate(blocks[:30]) for n, line in enumerate(block.lines)]
    start = next((at for at, (_, _, line) in enumerate(lines) if _MARK.fullmatch(line.strip())), None)
    if start is None:
        return {}, blocks
    found: dict[str, str] = {}
    last = start
    for at in range(start + 1, min(start + 9, len(lines))):
        match = _INNER.fullmatch(lines[at][2])
        if match is None:
            if found:
                break
            continue
        found.setdefault(names.get(match["label"].lower(), match["label"].lower()), match["value"].strip())
        last = at
    number, n, _ = lines[last]
    rest = Block(blocks[number].lines[n + 1 :])
    return found, [*([rest] if rest.lines else []), *blocks[number + 1 :]]


def _mail_day(text: str) -> datetime.date | None:
    try:
        return parsedate_to_datetime(text).date()
    except (ValueError, TypeError, IndexError):
        return day_in(text)


def _sender(sender: str) -> tuple[str | None, str | None]:
    """The outlet that sent a mail, and the author where the sender is "Jane Roe, The Daily Example".

    A name alone whose parts stand in the address ("Jane Roe" from jane@) is a person's: no outlet, and not said to be the
    author, who may be somebody else.
    """
    name, address = parseaddr(sender)
    user, _, domain = address.rpartition("@")
    host = host_of(f"https://{domain}") if user else ""
    if (known := known_outlet(name) or known_outlet(host)) is not None:
        return known, None
    person, comma, rest = (part.strip() for part in name.partition(","))
    own = is_name(person) and any(len(word) > 2 and word.casefold() in user.casefold() for word in person.split())
    if own and not is_outlet_like(person):
        return (outlet_name(rest), person) if comma and is_outlet_like(rest) else (None, None)
    return outlet_name(name), None
