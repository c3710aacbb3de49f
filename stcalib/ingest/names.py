"""Outlets in one spelling, and the names in a byline."""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import urlsplit

from stcalib.ingest.label_files import load_labels

LONGEST = 200
"""A name has at most so many characters."""
_PLACE = re.compile(r"\s*\((?!f/k/a)[^()]{2,60}\)\s*$")
_EDITION = re.compile(r"\s*(?:,? (?:no\.?|n°|vol\.)\s.*|;.*| - [\w ]*edition|[,:] [\w ]*\bedition\b.*|: \[[^\]]*\])$", re.IGNORECASE)
_PARTS = re.compile(r"\s*(?:[;|•·]|\s[-–—/]\s|,(?! (?:jr|sr|ii|iii)\b))\s*", re.IGNORECASE)
_WHERE = re.compile(r" (?:in|at|à) [A-ZÀ-Ý][^,;|]{2,40}$")
_ADDRESS = re.compile(r"\S+@\S+|https?://\S+|(?<!\w)@\w+|\(@\w+\)")


@cache
def _outlets() -> dict[str, str]:
    known: dict[str, str] = {}
    for entry in load_labels("outlets")["outlet"]:
        for name in (entry["name"], *entry["aliases"], *entry.get("domains", ())):
            known.setdefault(_key(name), entry["name"])
    return known


def _key(name: str) -> str:
    return re.sub(r"[\W_]+", " ", name.replace("’", "'")).strip().casefold()


def known_outlet(name: str | None) -> str | None:
    """The one spelling of an outlet that the table of aliases knows."""
    if not name or len(name) > LONGEST:
        return None
    known = _outlets()
    found = known.get(_key(name)) or known.get(_key(_PLACE.sub("", name))) or known.get(_key(re.sub(r"^www\.", "", name.strip().lower())))
    return found or _without_blanks().get(_key(_PLACE.sub("", name)).replace(" ", ""))


@cache
def _without_blanks() -> dict[str, str]:
    """Names of ten letters or more without their blanks, which some exports insert at random."""
    return {key.replace(" ", ""): name for key, name in _outlets().items() if len(key) >= 10}


@cache
def _agencies() -> frozenset[str]:
    return frozenset(entry["name"] for entry in load_labels("outlets")["outlet"] if entry.get("agency"))


def is_agency(name: str | None) -> bool:
    """Whether a name is that of a news agency, whose stories stand in other outlets."""
    return known_outlet(name) in _agencies()


def outlet_name(printed: str | None) -> str | None:
    """An outlet in its one spelling; a name that the table lacks as printed, without issue number and place behind a semicolon."""
    if not printed:
        return None
    name = " ".join(_EDITION.sub("", printed.replace("\xa0", " ")).split()).strip(" ,;|")
    if not name or name.casefold() in {"none", "null", "nan", "n/a"}:
        return None
    return known_outlet(printed) or known_outlet(name) or name


def outlet_of_address(address: str | None) -> str | None:
    """The outlet whose domain an address has, where the table knows it."""
    host = host_of(address)
    parts = host.split(".")
    return next((found for n in range(len(parts) - 1) if (found := _outlets().get(_key(".".join(parts[n:]))))), None)


def host_of(address: str | None) -> str:
    """The domain of an address, without `www.`."""
    try:
        host = urlsplit(address.strip() if address else "").hostname or ""
    except ValueError:
        host = ""
    return re.sub(r"^(?:www\d?|m|amp)\.", "", host)


@cache
def _lead() -> re.Pattern[str]:
    leads = "|".join(re.escape(word) for word in sorted(load_labels("bylines")["lead"], key=len, reverse=True))
    return re.compile(rf"\s*(?:{leads})\b\s*:?\s*", re.IGNORECASE)


@cache
def _and() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in load_labels("bylines")["and"])
    return re.compile(rf",? (?:{words}) ", re.IGNORECASE)


@cache
def _words(entry: str) -> frozenset[str]:
    return frozenset(load_labels("bylines")[entry])


def begins_as_byline(line: str) -> bool:
    """Whether a line begins with "By", "Par" … and a name follows."""
    match = _lead().match(line) if len(line) <= LONGEST else None
    return match is not None and is_name(_PARTS.split(_and().split(line[match.end() :])[0])[0])


def is_name(text: str) -> bool:
    """Whether some words look like the name of a person: two to five capitalized words or particles, no digit, no stop at the end."""
    words = text.replace("\xa0", " ").split() if len(text) <= LONGEST else []
    if not 2 <= len(words) <= 5 or re.search(r"[\d:!?\"“”«»$%&@]", text):
        return False
    if text.endswith(".") and words[-1].lower() not in _words("suffix") and len(words[-1]) > 3:
        return False
    particles = _words("particle")
    return words[0][:1].isupper() and words[-1][:1].isupper() and all(w[:1].isupper() or w.lower() in particles for w in words)


def author_names(byline: str | None, inverted: bool = False) -> str | None:
    """The names in a byline, parted by commas: without "By", post, outlet and address.

    `inverted` names have the surname first, as in "Roe, Jane; Doe, John"; a surname of one word before a comma and given
    names is read so in any case, since one word is no whole name.
    """
    if not byline or len(byline) > 5 * LONGEST:
        return None
    text = _ADDRESS.sub("", byline.replace("\xa0", " "))
    text = _lead().sub("", " ".join(text.split()), count=1).strip(" ,;.|-–—")
    text = without_place(text)
    if not text or text.casefold() in _words("nobody"):
        return None
    people = _turned(text) if (inverted and "," in text) or _is_turned(text) else _in_order(_without_post(text))
    return ", ".join(dict.fromkeys(people)) or None


def without_place(byline: str) -> str:
    """A byline without the place behind the name: "Jane Roe in Ottawa"."""
    return _WHERE.sub("", byline)


def _without_post(text: str) -> str:
    """A byline whose first part, up to a comma, semicolon or bar, ends with the name."""
    match = re.search(r"\s*[,;|•·]", text)
    end = match.start() if match else len(text)
    return without_outlet(text[:end]) + text[end:]


def _is_turned(text: str) -> bool:
    """Whether every part between semicolons is a surname of one word, a comma, and one or two given names."""
    for entry in text.split(";"):
        surname, comma, given = (part.strip() for part in entry.partition(","))
        if not comma or len(surname.split()) != 1 or not is_name(f"{given} {surname}") or len(given.split()) > 2:
            return False
        if known_outlet(surname) or _is_role(surname) or _is_role(given):
            return False
    return True


def _turned(text: str) -> list[str]:
    """Names whose surname stands first, several parted by semicolons."""
    found = []
    for entry in re.split(r"\s*;\s*", text):
        parts = [part.strip() for part in entry.split(",") if part.strip()]
        if len(parts) >= 2 and len(parts[0].split()) <= 3 and not _is_role(parts[1]):
            if len(parts) > 2 and parts[2].lower() in _words("suffix"):
                parts = [parts[0], f"{parts[1]} {parts[2]}"]
            found.append(f"{parts[1]} {parts[0]}")
        elif parts:
            found.append(parts[0])
    return found


def _in_order(text: str) -> list[str]:
    people: list[str] = []
    for number, part in enumerate(_apart(text)):
        part = _PLACE.sub("", _lead().sub("", part)).strip(" ,;.") if number else _PLACE.sub("", part).strip(" ,;")
        if not part or (number and (part.startswith("The ") or _is_role(part) or (not is_name(part) and not part.istitle()))):
            continue
        if people and known_outlet(people[0]) and not is_name(part):
            continue
        people.append(without_outlet(part) if number == 0 else part)
    return people


def _apart(text: str) -> list[str]:
    """The parts of a byline between commas, bars and "and"; an outlet with "and" in its name stays whole."""
    parts = [part.strip() for part in _PARTS.split(text.strip())]
    return [name for part in parts for name in ([part] if known_outlet(part) else _PARTS.split(_and().sub(", ", f" {part} ").strip()))]


def _is_role(part: str) -> bool:
    low = part.casefold()
    return known_outlet(part) is not None or any(re.search(rf"\b{re.escape(role)}\b", low) for role in _words("role"))


def without_outlet(name: str) -> str:
    """A name without the outlet or the post printed right behind it: "Jane Roe Toronto Star", "John Doe Staff Reporter"."""
    words = name.split()
    if known_outlet(name) or words[:1] in (["The"], ["Le"], ["La"]):
        return name
    for cut in range(2, len(words)):
        rest = " ".join(words[cut:])
        if known_outlet(rest) or _begins_with_role(rest) or _begins_with_outlet(words[cut:]):
            return " ".join(words[:cut]).strip(" ,-–—")
    return name


def _begins_with_role(text: str) -> bool:
    return any(text.casefold() == role or text.casefold().startswith(f"{role} ") for role in _words("role"))


def _begins_with_outlet(words: list[str]) -> bool:
    return any(known_outlet(" ".join(words[:n])) for n in range(2, min(len(words), 6) + 1))
