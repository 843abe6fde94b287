# The doors: make run, make verify, make test, make check, make bench. All set up what is missing.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: run verify test check lint bench docs screenshot lock

run: $(READY)
	@$(BIN)/crossframe run

# Is what is committed what a new run makes, and do the claims hold?
verify: $(READY)
	@$(BIN)/crossframe verify

test: $(READY)
	@$(BIN)/python -m pytest -q -n auto --dist loadfile

check: lint test

lint: $(READY)
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache

bench: $(READY)
	@$(BIN)/python bench/bench.py

# Rewrite what is generated in README.md and docs/.
docs: $(READY)
	@$(BIN)/python docs/generate.py

# The picture of the report in the README; needs Chromium.
screenshot: $(READY)
	@$(BIN)/python docs/screenshot.py

# Libraries with versions and hashes, for every platform and Python 3.11 or newer; needs uv.
lock:
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
	    --no-emit-index-url --no-emit-find-links --no-header --quiet -o requirements.lock

# Bytecode is compiled here, for a container may forbid to write it later: it makes every start quick.
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	    { echo "Python 3.11 or newer is needed: make PYTHON=python3.12 ..."; exit 2; }
	@echo "Setting up $(VENV) (once, about a minute)"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q nlp
	@touch $@
