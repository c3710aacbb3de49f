"""Where things lie: the repository, its seed articles, the tests and their gold rows."""

from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
ROOT = TESTS.parent
SEEDS = ROOT / "seeds"
GOLD = TESTS / "gold"
COUNT_ARTICLES = TESTS / "counts" / "articles"
DRUG_DEATHS = TESTS / "projects" / "drug_deaths" / "codebook"
