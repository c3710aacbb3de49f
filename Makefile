# make figures   notebooks -> figures/          make test   every check
# make lab       JupyterLab at the notebooks    make bench  speed of the extraction
# make check     style, types and the fast tests
# make model     the learned reader anew from its sentences
# make bench-scale   growth of each step with the number of articles
# make docs      the documents as a site, in build/site
# make fuzz      200,000 mutated texts          (TEXTS=2000: fewer)
# make wheel-check   each command of the built wheel in clean environments
# make qda-check SCHEMAS=folder   exported projects against the schema of REFI-QDA, which the folder holds
# make lock      requirements.lock anew         make clean  leave nothing but what git knows
# Needs Python 3.11 or newer and make; another interpreter: make PYTHON=python3.12 …

SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.made-from-lock
UV_VERSION := 0.13.9

export PYTHONHASHSEED := 0
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# compiled modules are kept, whatever the surroundings say: ten processes of a run would each compile the package anew
unexport PYTHONDONTWRITEBYTECODE

.PHONY: docs wheel-check qda-check fuzz help env figures check test first-reading lab bench bench-scale lock clean lint unit notebooks-test model
.DEFAULT_GOAL := help

help:
	@sed -n 's/^# //p' Makefile

env: $(STAMP)

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "stcalib needs Python 3.11 or newer, and '$(PYTHON)' is none. Name one: make PYTHON=python3.12 …" >&2; exit 1; }
	@echo "Making $(VENV) from requirements.lock (about a minute, once)"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@set -o pipefail; total=$$(grep -c '==' requirements.lock); \
	$(BIN)/python -m pip install --require-hashes --no-deps --progress-bar off -r requirements.lock 2> $(VENV)/install.log \
	  | awk -v total=$$total '/^(Collecting|Requirement already)/ { n++; if (n % 20 == 0) { print "  " n " of at most " total " packages"; fflush() } } \
	      /^Installing collected/ { print "  installing"; fflush() }' \
	  || { cat $(VENV)/install.log >&2; exit 1; }
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

figures: $(STAMP)
	@$(BIN)/stca figures

lab: $(STAMP)
	@$(BIN)/stca lab

# Fails at a link that leads nowhere, at anything that a page would load from elsewhere, and at any warning.
docs: $(STAMP)
	@NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --quiet --strict --config-file stcalib/docs/site/mkdocs.yml
	@echo "The documents: build/site/index.html"

fuzz: $(STAMP)
	@$(BIN)/python -m tests.fuzz $(TEXTS)

bench: $(STAMP)
	@$(BIN)/python -m tests.bench

bench-scale: $(STAMP)
	@$(BIN)/python -m tests.bench.scale

# Teaches the learned reader of positions anew from data/training, some minutes; the readers of each fold are kept in build/.
model: $(STAMP)
	@$(BIN)/python -m stcalib.learning.training
	@$(BIN)/python -m stcalib.learning.calibration tests/gold/first_reading build/folds

# The quick loop: what fails in seconds first, no test that starts processes, and of each property a quarter of its examples.
check: lint
	@echo "== fast tests (pytest)"
	@$(BIN)/python -m pytest -n 2 --dist loadfile -m "not slow" --hypothesis-profile quick

# Each step says in one line what it checks; the last line sums up. The first failure stops the run.
test: lint unit notebooks-test
	@echo "make test: every check passed"

lint: $(STAMP)
	@echo "== style and types (ruff, mypy)"
	@$(BIN)/ruff check stcalib tests
	@$(BIN)/mypy

unit: $(STAMP)
	@echo "== tests (pytest)"
	@$(BIN)/python -m pytest -n 2 --dist loadfile

notebooks-test: $(STAMP)
	@echo "== notebooks against their stored outputs (nbval)"
	@$(BIN)/stca verify notebooks

first-reading: $(STAMP)
	@$(BIN)/python -m tests.gold.first_reading $(BATCH)

qda-check: $(STAMP)
	@$(BIN)/python -m tests.release.qda_schema $(SCHEMAS)

wheel-check: $(STAMP)
	@$(BIN)/python -m tests.release $(PYTHONS)

lock: $(STAMP)
	@$(BIN)/python -m pip install --quiet uv==$(UV_VERSION)
	@$(BIN)/uv pip compile pyproject.toml --extra test --universal --python-version 3.11 --generate-hashes --upgrade --quiet \
	  --custom-compile-command "make lock" --output-file requirements.lock

clean:
	rm -rf $(VENV) build dist failed tables .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
