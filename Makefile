# Two commands matter: `make run` and `make test`. Both need only Python 3.11, make and a network.
PYTHON := $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
FRONTEND := src/shige/static/.vite/manifest.json
WORDS := .venv/words
NPM := PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/npm --prefix frontend --no-fund --no-audit --loglevel=error

.PHONY: setup run test test-fast pictures attack lint bench bench-division wheel clean

setup: .venv/ready $(FRONTEND) $(WORDS) .venv/compiled

.venv/ready: requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

frontend/node_modules/ready: frontend/package-lock.json .venv/ready
	$(NPM) ci
	touch $@

$(FRONTEND): frontend/node_modules/ready $(shell find frontend -name node_modules -prune -o -type f -print)
	$(NPM) run build
	touch $@

$(WORDS): .venv/ready $(shell find src -name '*.po')
	for folder in src/shige/*/locale; do $(BIN)/pybabel --quiet compile -d $$folder -D django || exit 1; done
	touch $@

# Compiled functions are kept beside their own file, whatever changed in those that they call: begin anew.
.venv/compiled: .venv/ready $(shell find src/shige/division src/shige/walking -name '*.py')
	find src -name '*.nb[ic]' -delete
	$(BIN)/python -m tests.compiled
	touch $@

run: setup
	$(BIN)/shige up

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/djlint --lint --quiet src/shige
	$(NPM) run lint
	$(NPM) run check
	$(NPM) run test

# Tests start a hundred processes of the program: each would compile its modules anew where Python is told to keep none.
test test-fast pictures attack: export PYTHONDONTWRITEBYTECODE =

test: lint
	$(BIN)/pytest -n 2 --dist loadfile

# While one works: without style and types, without a browser, without programs that are killed
# and without the few tests that take as long as all others.
test-fast: setup
	$(BIN)/pytest -n 2 --dist loadfile -m "not browser and not fault and not long and not attack"

# What people see, to be looked at: every page and every way through it, as pictures in screenshots/.
pictures: setup
	SHIGE_PICTURES=1 $(BIN)/pytest -n 2 --dist loadfile -m browser

# The attacks in their long form, against programs that are started afresh.
attack: setup
	$(BIN)/pytest -m attack

bench: setup
	$(BIN)/python -m bench

bench-division: setup
	$(BIN)/python -m bench.division

wheel: setup
	$(BIN)/pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .

clean:
	rm -rf .venv frontend/node_modules src/shige/static dist var
