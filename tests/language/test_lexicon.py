"""Word lists and codebooks: all of them hold, and a bad entry is told with file, entry, value and what is allowed."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

import pytest
from pydantic import BaseModel
from support.paths import ROOT

from stcalib.codebook.codebook import Codebook, load_codebook
from stcalib.core.errors import LexiconError
from stcalib.core.toml_models import members, read_toml
from stcalib.language.lexicon import Lexicon, load_lexicon

PACKAGE = ROOT / "stcalib"
BOOKS = sorted(folder.name for folder in (PACKAGE / "data" / "codebooks").iterdir() if folder.is_dir())
LISTS = sorted((PACKAGE / "data" / "lexicon" / "en").glob("*.toml"))
ALL = [*LISTS, *sorted((PACKAGE / "data" / "codebooks").rglob("*.toml"))]
CASES = tomllib.loads((Path(__file__).parent / "bad_entries.toml").read_text(encoding="utf-8"))["case"]


def model_of(file: Path) -> type[BaseModel]:
    return members(Lexicon if file.parent.name == "en" else Codebook)[file.stem]


def test_every_word_list_is_one_of_the_lexicon() -> None:
    assert {file.stem for file in LISTS} == set(members(Lexicon))
    assert load_lexicon() is load_lexicon()


@pytest.mark.parametrize("name", BOOKS)
def test_every_codebook_loads_by_name_and_by_folder(name: str) -> None:
    assert load_codebook(name) == load_codebook(PACKAGE / "data" / "codebooks" / name)
    assert {file.stem for file in (PACKAGE / "data" / "codebooks" / name).iterdir()} <= set(members(Codebook))


@pytest.mark.parametrize("file", ALL, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_every_file_holds_and_says_where_it_comes_from(file: Path) -> None:
    read_toml(file, model_of(file))
    assert len(tomllib.loads(file.read_text(encoding="utf-8"))["source"]) > 15


@pytest.mark.parametrize("file", ALL, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_no_list_holds_a_blank(file: Path) -> None:
    def lists(where: str, value: object) -> list[str]:
        if isinstance(value, dict):
            return [fault for key, held in value.items() for fault in lists(f"{where}.{key}", held)]
        if not isinstance(value, list):
            return []
        faults = [f"{where}: {held!r}" for held in value if isinstance(held, str) and not held.strip()]
        return faults + [fault for place, held in enumerate(value) for fault in lists(f"{where}.{place}", held)]

    assert lists(file.stem, tomllib.loads(file.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("case", CASES, ids=[f"{case['file']}: {case['said'][-1][:40]}" for case in CASES])
def test_a_bad_entry_is_told(tmp_path: Path, case: dict[str, object]) -> None:
    source = PACKAGE / str(case["file"])
    text, old, new = source.read_text(encoding="utf-8"), str(case["old"]), str(case["new"])
    assert old in text
    changed = text.replace(old, new, 1) if old else text + new
    folder = tmp_path / source.parent.name
    shutil.copytree(source.parent, folder)
    (folder / source.name).write_text(changed, encoding="utf-8")
    with pytest.raises(LexiconError) as caught:
        read_toml(folder / source.name, model_of(folder / source.name)) if folder.name == "en" else load_codebook(folder)
    message = str(caught.value)
    assert message.startswith(f"{source.name}: ")
    for said in case["said"]:  # type: ignore[attr-defined]
        assert said in message


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda folder: folder / "nowhere", "no such codebook. Give a folder, or one of the package's: carbon_price, empty, stca"),
        (lambda folder: folder, "no codebook. It needs at least one of actors.toml, counts.toml, propositions.toml"),
    ],
    ids=["missing", "empty"],
)
def test_a_folder_that_is_no_codebook(tmp_path: Path, make: object, said: str) -> None:
    with pytest.raises(LexiconError, match=said):
        load_codebook(make(tmp_path))  # type: ignore[operator]
