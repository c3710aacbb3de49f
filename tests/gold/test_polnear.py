"""The reader of PolNeAR's annotation, on a text and an annotation of our own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench.polnear import articles_in, rows_of

TEXT = "A dam\n\nThe dam leaks, Lind said.\nOrr hopes it holds. It was “a mess”. Roe agreed."


def marked(*attributions: dict[str, str]) -> str:
    """Attributions in the brat format: their roles with the words of each."""
    lines, events = [], []
    for number, roles in enumerate(attributions):
        names = []
        for role, words in roles.items():
            start = TEXT.index(words)
            lines.append(f"T{len(lines)}\t{role} {start} {start + len(words)}\t{words}")
            names.append(f"{role}:T{len(lines) - 1}")
        events.append(f"E{number}\t{' '.join(names)}")
    return "\n".join([*lines, *events])


ROWS = [
    ({"Content": "The dam leaks", "Cue": "said", "Source": "Lind"}, "The dam leaks", False, "Lind"),
    ({"Content": "it holds", "Cue": "hopes", "Source": "Orr"}, "it holds", True, "Orr"),
    ({"Content": "“a mess”", "Source": "Roe"}, "“a mess”", False, None),
    ({"Content": "A dam", "Cue": "said", "Source": "Lind"}, "A dam", True, None),
]


@pytest.mark.parametrize(("roles", "content", "optional", "speaker"), ROWS, ids=[row[1] for row in ROWS])
def test_a_row(roles: dict[str, str], content: str, optional: bool, speaker: str | None) -> None:
    (row,) = rows_of(TEXT, marked(roles))
    assert (TEXT[row["start"] : row["end"]], row["optional"]) == (content, optional)
    assert (TEXT[slice(*row["speaker_span"])] if row["speaker_span"] else None) == speaker


def test_a_paragraph_break_parts_a_content() -> None:
    (first, second) = rows_of(TEXT, marked({"Content": "Lind said.\nOrr hopes", "Cue": "leaks"}))
    assert [TEXT[row["start"] : row["end"]] for row in (first, second)] == ["Lind said.", "Orr hopes"]


def test_another_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"Clone github\.com/networkdynamics/PolNeAR"):
        articles_in(tmp_path, "train")
