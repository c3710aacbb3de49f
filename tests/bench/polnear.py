"""`python -m tests.bench.polnear FOLDER`: quotes measured on your own copy of PolNeAR, news of the US election of 2016.

    git clone https://github.com/networkdynamics/PolNeAR
    python -m tests.bench.polnear PolNeAR                 its train part, 840 articles
    python -m tests.bench.polnear PolNeAR --part dev      its development part; its test part is left for others to measure with
    python -m tests.bench.polnear PolNeAR --misses 20     with rows that are wrong, for your eyes

Newell, Margolin and Ruths, "An Attribution Relations Corpus for Political News", LREC 2018. It marks every attribution,
wishes and beliefs too: a row is due where its cue is a word of saying or writing, or its content stands in quotation
marks, and is optional otherwise. Its spans keep what this package parts (a quotation on both sides of "he said" is one
content there), so read F1 at 30 per cent and the speaker first; the actor is not annotated and is not printed. The texts
are their publishers': they are read where they lie, and nothing of them is written.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import stcalib
from tests.gold import score

_BEFORE = "also has have had later then recently reportedly was is are were been who he she they repeatedly publicly once even already and"
_VERBS = (
    "said say says saying tell tells told telling write writes wrote written writing add adds added adding ask asks asked asking "
    "note notes noted noting argue argues argued arguing announce announces announced announcing report reports reported reporting "
    "explain explains explained explaining acknowledge acknowledges acknowledged acknowledging claim claims claimed claiming "
    "state states stated stating warn warns warned warning insist insists insisted insisting reply replies replied replying "
    "respond responds responded responding continue continues continued continuing recall recalls recalled recalling "
    "tweet tweets tweeted tweeting declare declares declared declaring conclude concludes concluded concluding "
    "predict predicts predicted predicting reveal reveals revealed revealing indicate indicates indicated indicating "
    "admit admits admitted admitting stress stresses stressed stressing confirm confirms confirmed confirming "
    "estimate estimates estimated estimating reiterate reiterates reiterated reiterating concede concedes conceded conceding "
    "assert asserts asserted asserting answer answers answered answering remark remarks remarked remarking "
    "maintain maintains maintained maintaining contend contends contended contending recount recounts recounted recounting "
    "lament laments lamented lamenting complain complains complained complaining observe observes observed observing"
)
_PHRASES = ("according to", "point out", "points out", "pointed out", "pointing out")
SAYING = re.compile(rf"(?:(?:{'|'.join(_BEFORE.split())}) )*(?:{'|'.join([*_PHRASES, *_VERBS.split()])})\b[\w ,'’]{{0,24}}:?", re.IGNORECASE)
QUOTED = re.compile(r"[\"“”‘«]")
APART = re.compile(r"\n|[.!?][\"”’)]*\s+(?:[\"“‘A-Z]|$)")
"""The end of a paragraph or sentence: a source behind it is not in the quote's own sentence."""
Span = tuple[int, int]


def spans_in(annotation: str) -> dict[str, list[Span]]:
    """The marked stretches of a file of the brat format by id, each with its parts."""
    found: dict[str, list[Span]] = {}
    for line in annotation.splitlines():
        part = line.split("\t")
        if part[0].startswith("T") and len(part) > 1:
            numbers = [int(number) for number in re.findall(r"\d+", part[1])]
            found[part[0]] = list(zip(numbers[::2], numbers[1::2], strict=True))
    return found


def attributions(annotation: str) -> Iterator[dict[str, list[Span]]]:
    """The attributions of a file, each by role ("Content", "Cue", "Source") with the parts of its stretches in order."""
    spans = spans_in(annotation)
    for line in annotation.splitlines():
        part = line.split("\t")
        if not part[0].startswith("E") or len(part) < 2:
            continue
        roles: dict[str, list[Span]] = {}
        for role, _, marked in (argument.partition(":") for argument in part[1].split()):
            roles.setdefault(role.rstrip("0123456789"), []).extend(spans.get(marked, []))
        yield {role: sorted(parts) for role, parts in roles.items()}


def rows_of(text: str, annotation: str) -> list[dict[str, Any]]:
    """The rows of an article as the gold files have them: a paragraph break or the cue parts a content into rows."""
    title = len(text) - len(text.lstrip()) + len(text.lstrip().split("\n", 1)[0])
    rows: dict[Span, dict[str, Any]] = {}
    for roles in attributions(annotation):
        cue = " ".join(text[start:end] for start, end in roles.get("Cue", [])).replace("\n", " ").strip()
        source = (roles["Source"][0][0], roles["Source"][-1][1]) if roles.get("Source") else None
        for part in roles.get("Content", []):
            for line in re.finditer(r"[^\n]+", text[slice(*part)]):
                start, end = part[0] + line.start(), part[0] + line.end()
                words = text[start:end]
                if words.strip() and (start, end) not in rows:
                    said = SAYING.fullmatch(cue) is not None or QUOTED.search(words) is not None
                    near = source is not None and APART.search(text[min(end, source[1]) : max(start, source[0])]) is None
                    rows[start, end] = {
                        "start": start, "end": end, "kind": "direct" if QUOTED.match(words.strip()) else "indirect", "cue": cue.lower(),
                        "speaker_span": list(source) if near and source is not None else None, "actor": [],
                        "optional": not (said and start > title and len(words.split()) > 1),
                    }  # fmt: skip
    return list(rows.values())


def articles_in(folder: Path, part: str) -> list[dict[str, Any]]:
    """The articles of a part with their rows. Raises `SystemExit` that says what is wanted where the folder holds none."""
    texts = {path.stem: path for path in sorted((folder / "data" / part / "text").glob("*.txt"))}
    marked: dict[str, Path] = {}
    for path in sorted((folder / "data" / part / "attributions").glob("*.ann")):
        marked.setdefault(re.sub(r"_[0-9a-f]{4}$", "", path.stem), path)
    found = []
    for stem in sorted(texts.keys() & marked.keys()):
        text = texts[stem].read_bytes().decode("utf-8")
        day = re.search(r"_(\d{4}-\d\d-\d\d)_", stem)
        rows = rows_of(text, marked[stem].read_bytes().decode("utf-8"))
        found.append({"article": stem, "text": text, "published": day[1] if day else None, "quotes": rows})
    if not found:
        where = f"data/{part}/text and data/{part}/attributions"
        raise SystemExit(f"{folder}: no articles in {where}. Clone github.com/networkdynamics/PolNeAR and name its folder")
    return found


def main() -> None:
    """Prints the figures of a part."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="a clone of github.com/networkdynamics/PolNeAR")
    parser.add_argument("--part", default="train", choices=("train", "dev"))
    parser.add_argument("--misses", type=int, default=0, help="wrong rows to print (0)")
    given = parser.parse_args()
    gold = articles_in(given.folder, given.part)
    days = {article["article"]: article["published"] for article in gold if article["published"]}
    corpus = stcalib.Corpus.from_texts({article["article"]: article["text"] for article in gold}, published=days)
    figures, wrong = score.score_quotes(gold, corpus.quotes, given.misses)
    due = sum(not row["optional"] for article in gold for row in article["quotes"])
    print(f"{len(gold)} articles, {due:,} rows due")
    for name in ("p_cov30", "r_cov30", "f1_cov30", "f1_cov80", "f1_iou80", "speaker_acc"):
        print(f"{name:12} {figures[name]:.3f}")
    for row in wrong:
        print("-", *row, sep=" | ")


if __name__ == "__main__":
    main()
