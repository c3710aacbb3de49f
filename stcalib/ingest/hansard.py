"""Debates of a parliament as XML: one story a subject of business, each speech behind the name of who speaks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from stcalib.ingest.days import day_in
from stcalib.ingest.feeds import name_of
from stcalib.ingest.names import outlet_name
from stcalib.ingest.story import Story
from stcalib.periods.printed_dates import day_or_none

_SAID = re.compile(r"\s*(?:(?:he|she|they) said|(?:il|elle) dit)\s*:\s*", re.IGNORECASE)


def is_hansard(root: Any) -> bool:
    """Whether the root of a document is that of such debates."""
    return name_of(root) == "hansard"


def stories(root: Any) -> Iterator[Story]:
    """The stories of a sitting. Procedure, time and language of the floor are no speech."""
    facts = {element.get("Name"): _text(element) for element in root.iter() if name_of(element) == "extracteditem"}
    outlet = outlet_name(facts.get("InstitutionDebate") or facts.get("Institution"))
    language = next((value for key, value in root.attrib.items() if key.rpartition("}")[2] == "lang"), None)
    parents = {child: parent for parent in root.iter() for child in parent}
    subjects = [element for element in root.iter() if name_of(element) == "subjectofbusiness"]
    for subject in subjects:
        if any(name_of(inner) == "subjectofbusiness" for inner in subject.iter() if inner is not subject):
            continue
        paragraphs = tuple(_speeches(subject))
        if paragraphs:
            yield Story(
                paragraphs=paragraphs,
                title=_titled(subject, "subjectofbusinesstitle") or _order(subject, parents) or outlet,
                outlet=outlet,
                published=_day(facts),
                section=_order(subject, parents),
                language=language.lower() if language else None,
            )


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _titled(parent: Any, name: str) -> str | None:
    return next((text for element in parent if name_of(element) == name and (text := _text(element))), None)


def _order(subject: Any, parents: dict[Any, Any]) -> str | None:
    element = parents.get(subject)
    while element is not None:
        if name_of(element) == "orderofbusiness":
            return _titled(element, "orderofbusinesstitle") or _titled(element, "catchline")
        element = parents.get(element)
    return None


def _day(facts: dict[Any, str]) -> Any:
    numbers = [facts.get(f"MetaDateNum{part}", "") for part in ("Year", "Month", "Day")]
    if all(number.isdecimal() for number in numbers):
        return day_or_none(*(int(number) for number in numbers))
    return day_in(facts.get("Date") or facts.get("HeaderDate"))


def _speeches(subject: Any) -> Iterator[str]:
    for element in subject.iter():
        if name_of(element) in {"intervention", "question", "responsecontent"} and name_of(element) == "intervention":
            yield from _speech(element)


def _speech(intervention: Any) -> Iterator[str]:
    """The paragraphs of a speech, the first behind the speaker's name; "She said:" after a motion begins the speech anew."""
    speaker = next((_text(element) for element in intervention if name_of(element) == "personspeaking"), "").strip(" :")
    named = False
    for element in intervention.iter():
        if name_of(element) not in {"paratext", "quotepara", "poetry"}:
            continue
        text = _text(element)
        if not text:
            continue
        said = _SAID.match(text)
        if said is not None and named:
            yield f"{speaker}: {text[said.end() :]}"
        elif named or not speaker:
            yield text
        else:
            yield f"{speaker} {text}" if text[0].islower() else f"{speaker}: {text}"
            named = True
