"""`make first-reading BATCH=name`: scores articles that the rules have never seen, once, and writes the figures down.

A batch is a folder `tests/gold/first_reading/NAME` with gold files and `text/`, written and annotated by somebody who knows
the annotation guide and not the rules. Its gold is committed first; then it is read, with the package as it stood at that
commit. The figures go to `first_readings.toml` with the digest of the package, and a batch is never read a second time:
from then on it is material to learn from.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

from stcalib import Corpus
from tests.gold import score

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
BATCHES = HERE / "first_reading"
RECORD = HERE / "first_readings.toml"
FIGURES = {
    "quotes": ("f1_iou80", "speaker_acc", "actor_acc"),
    "counts": ("f1_value", "f1_full", "place_acc", "period_acc"),
    "positions": ("p_stance", "r_stance", "f1_stance", "turned"),
}
"""What is written down, by table."""
BY_GENRE = ("f1_iou80", "speaker_acc", "actor_acc", "rows")
"""What is written down of the quotes of each genre."""


def readings() -> list[dict[str, object]]:
    """The readings so far, in order."""
    found: list[dict[str, object]] = tomllib.loads(RECORD.read_text(encoding="utf-8")).get("reading", [])
    return found


def git(*arguments: str) -> str:
    """What git says, run at the root of the repository."""
    return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()


def gold_commit(batch: str) -> str:
    """The commit that last touched a batch's gold."""
    return git("log", "-1", "--format=%H", "--", str((BATCHES / batch).relative_to(ROOT)))


def refusal(batch: str) -> str | None:
    """Why a batch may not be read now, if so."""
    if not list((BATCHES / batch).glob("*.json")):
        return f"{batch}: no such batch. There are: {', '.join(sorted(path.name for path in BATCHES.iterdir() if path.is_dir()))}"
    if any(one["batch"] == batch for one in readings()):
        return f"{batch}: has been read. A batch is read once"
    if git("status", "--porcelain", "--", "stcalib", str((BATCHES / batch).relative_to(ROOT))):
        return f"{batch}: the package or the gold holds changes that are not committed. Commit the gold first, and nothing of the package with it"
    if git("rev-parse", f"{gold_commit(batch)}:stcalib") != git("rev-parse", "HEAD:stcalib"):
        return f"{batch}: stcalib/ has changed since its gold was committed. Only articles annotated after the last change are unseen"
    return None


def figures(batch: str) -> dict[str, dict[str, float]]:
    """The scorer's figures for a batch, by table."""
    with redirect_stdout(StringIO()) as said:
        score.main(["--gold", str(BATCHES / batch), "--texts", str(BATCHES / batch / "text"), "--json"])
    found: dict[str, dict[str, float]] = json.loads(said.getvalue())
    return found


def quotes_by_genre(batch: str) -> dict[str, dict[str, float]]:
    """The scorer's figures for the quotes of each genre of a batch, and the number of rows that they rest on."""
    genres = tomllib.loads((BATCHES / "genres.toml").read_text(encoding="utf-8"))[batch]
    docs = {doc["article"]: doc for doc in score.load_dir(BATCHES / batch, BATCHES / batch / "text")}
    told = {name: doc["published"] for name, doc in docs.items() if doc["published"].get("basis") != "inferred"}
    days = {name: published["earliest"] for name, published in told.items() if published.get("earliest")}
    quotes = Corpus.from_texts({name: doc["text"] for name, doc in docs.items()}, published=days).quotes
    return {genre: score.score_quotes([docs[name] for name in names], quotes, 0)[0] for genre, names in genres.items()}


def line(name: str, found: dict[str, float], figures: tuple[str, ...]) -> str:
    """One line of the record."""
    told = (f"{figure} = {found[figure]:.0f}" if figure == "rows" else f"{figure} = {found[figure]:.3f}" for figure in figures)
    return f"{name} = {{ {', '.join(told)} }}\n"


def main() -> int:
    """Reads the batch named on the command line; 1 where it may not be read."""
    if len(sys.argv) != 2:
        print("name a batch: make first-reading BATCH=name", file=sys.stderr)
        return 2
    batch = sys.argv[1]
    if why := refusal(batch):
        print(why, file=sys.stderr)
        return 1
    found = figures(batch)
    lines = [f'\n[[reading]]\nbatch = "{batch}"\ngold = "{gold_commit(batch)}"\nstcalib = "{git("rev-parse", "HEAD:stcalib")}"\n']
    lines += [line(table, found[table], names) for table, names in FIGURES.items()]
    lines += [line(f"genre.{genre}", told, BY_GENRE) for genre, told in quotes_by_genre(batch).items()]
    with RECORD.open("a", encoding="utf-8") as record:
        record.writelines(lines)
    print("".join(lines).strip())
    return 0


if __name__ == "__main__":
    sys.exit(main())
