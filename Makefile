.POSIX:

VENV ?= .venv
PYTHON ?= python3
WORKERS ?= 2

BIN = $(VENV)/bin
PEERS = build/peers
INSTALLED = $(VENV)/.installed
INSTALLED_DOCS = $(VENV)/.installed-docs
INSTALLED_PEERS = $(PEERS)/.installed
LOG = $(VENV)/install.log
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
QUIETLY = > $(LOG) 2>&1 || { cat $(LOG) >&2; exit 1; }
PYTEST = $(BIN)/python -m pytest -n $(WORKERS)

.PHONY: help setup demo test nightly release bench performance docs odd golden catalogue clean

help:
	@echo "make demo      compare a permit, a pay rise and a merger with the district as it was"
	@echo "make test      format, lint, import contracts, types, tests"
	@echo "make nightly   every test but those of a release, also with bounds checks and for a generic processor"
	@echo "make bench     speed and memory, beside peers, as one table and build/bench.json"
	@echo "make performance  the tables and curves of docs/performance.md, written anew from build/bench.json"
	@echo "make docs      the documentation as HTML, in build/docs"
	@echo "make catalogue bring the Chinese catalogue up to the sentences in the code, and compile it"
	@echo "make odd       the tables of the ODD page, written anew from the model"
	@echo "make golden    write the golden numbers anew, after a change of results"
	@echo "make release   everything, then a wheel tried in an environment of its own"
	@echo "make clean     remove what was made, except $(VENV)"

setup: $(INSTALLED)
	@:

$(INSTALLED): pyproject.toml constraints.txt
	@test -x $(BIN)/pip || $(PYTHON) -m venv $(VENV) || { \
	    echo "No virtual environment could be made in $(VENV)." >&2; \
	    echo "Debian and Ubuntu keep what is needed in a package of its own: apt install python3-venv" >&2; \
	    exit 1; }
	@$(INSTALL) --editable ".[dev]" $(QUIETLY)
	@touch $(INSTALLED)

$(INSTALLED_DOCS): $(INSTALLED)
	@$(INSTALL) --editable ".[docs]" $(QUIETLY)
	@touch $(INSTALLED_DOCS)

demo: setup
	@$(BIN)/govsim demo --out demo

test: setup
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/codespell
	@$(BIN)/lint-imports
	@$(BIN)/mypy
	@$(PYTEST) -m "not nightly"

nightly: setup
	@$(PYTEST) -m "not release"
	@NUMBA_BOUNDSCHECK=1 $(PYTEST) -m "not nightly"
	@NUMBA_CPU_NAME=generic $(PYTEST) -m "not nightly"

release: test nightly docs
	@test -z "`git status --porcelain`" || { echo "Commit or remove what git status shows first." >&2; exit 1; }
	@$(PYTEST) -m release
	@rm -rf dist build/release
	@$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps --wheel-dir dist .
	@$(PYTHON) -m venv build/release
	@build/release/bin/python -m pip install --quiet --disable-pip-version-check \
	    --constraint constraints.txt dist/govsim-*.whl
	@build/release/bin/govsim run scenarios/liandu/baseline.yaml --set horizon.years=1
	@ls dist

# A peer that cannot be installed is named in the table, and the next make bench tries again.
$(INSTALLED_PEERS): benchmarks/peers/requirements.txt constraints.txt
	@mkdir -p build
	@$(PYTHON) -m venv $(PEERS) || echo "No environment could be made for the peers." >&2
	@for each in `grep -v '^#' benchmarks/peers/requirements.txt`; do \
	    $(PEERS)/bin/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt \
	        "$$each" > $(PEERS).log 2>&1 || { failed=yes; echo "$$each could not be installed, see $(PEERS).log" >&2; }; \
	done; test -n "$$failed" || touch $@

bench: setup $(INSTALLED_PEERS)
	@$(BIN)/python benchmarks/bench.py

performance: setup
	@$(BIN)/python benchmarks/page.py

docs: $(INSTALLED_DOCS)
	@$(BIN)/python -m sphinx --builder html --fail-on-warning --keep-going --quiet docs build/docs
	@echo "Written to build/docs/index.html"

odd: setup
	@$(BIN)/govsim odd --lang en --out docs/odd --quiet

golden: setup
	@$(BIN)/python tests/golden/refresh.py

CATALOGUE = src/govsim/locale/zh/LC_MESSAGES/govsim
BABEL = $(BIN)/pybabel --quiet
# pybabel compile would take "95 % interval" for a sentence with a value after the percent sign.
COMPILE = "import sys; from pathlib import Path; from babel.messages import mofile, pofile; \
    mofile.write_mo(Path(sys.argv[2]).open('wb'), pofile.read_po(Path(sys.argv[1]).open('rb')))"

catalogue: setup
	@mkdir -p build
	@$(BABEL) extract --no-default-keywords --keyword Message --keyword marked --no-location --sort-output --project govsim \
	    --output-file build/govsim.pot src/govsim
	@$(BABEL) update --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --no-wrap --locale zh \
	    --input-file build/govsim.pot --output-file $(CATALOGUE).po
	@$(BIN)/python -c $(COMPILE) $(CATALOGUE).po $(CATALOGUE).mo

clean:
	@rm -rf build dist demo .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	@find src tests docs -type d -name __pycache__ -prune -exec rm -rf {} +
