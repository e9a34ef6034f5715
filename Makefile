# Needs python3 (3.11 or newer) and make.   make run: try it   make check: everything that must hold
PYTHON ?= python3
BIN := .venv/bin
export PIP_CONSTRAINT := $(CURDIR)/constraints.txt
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: run test check style types imports prove bench migration keys wheels clean

run: .venv/ready
	$(BIN)/cstui demo

test: .venv/dev
	tests/with_postgres.sh $(BIN)/pytest -n 4 --dist worksteal

check: style types imports test

style: .venv/dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: .venv/dev
	$(BIN)/mypy src plugins

imports: .venv/dev
	$(BIN)/lint-imports

# Switches each rule of the regulations off in turn: a test must go red.
prove: .venv/dev
	$(BIN)/python tools/prove.py

bench: .venv/dev
	$(BIN)/python -m bench

# After a change of records: writes the migration that the models lack.
migration: .venv/dev
	$(BIN)/python tools/migration.py $(AREA)

# After a change of actions, keys or their words: writes docs/keys.md and docs/keys.zh.md.
keys: .venv/dev
	$(BIN)/python tools/cheatsheet.py

# All that an installation without a network needs, for this machine's kind of Python.
wheels: .venv/ready
	$(BIN)/pip wheel -q --wheel-dir wheels '.[postgres]'

clean:
	rm -rf .venv wheels dist build

.venv/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "cstui needs Python 3.11 or newer: name one with  make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "Python's venv module is missing: install it first, on Debian with  apt-get install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv .venv

.venv/ready: .venv/bin/pip pyproject.toml constraints.txt
	$(BIN)/pip install -q -e '.[postgres]'
	@touch $@

.venv/dev: .venv/bin/pip pyproject.toml constraints.txt
	$(BIN)/pip install -q -e '.[dev]'
	@touch $@ .venv/ready
