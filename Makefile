.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin

chat: .venv/.runtime  ## set up and talk to the assistant over demo data
	@$(BIN)/kam chat --demo

test: .venv/.dev  ## set up and run the tests
	@$(BIN)/pytest -n 2 --dist worksteal

long: .venv/.dev  ## run the tests that take minutes: faults, bad input
	@$(BIN)/pytest -n 2 -m long

check: .venv/.dev vulnerabilities  ## format, lint, types, import contracts, tests, packages
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n 2 --dist worksteal

vulnerabilities: .venv/.dev  ## look up the locked packages among known vulnerabilities
	@if $(BIN)/python -c 'import urllib.request as r; r.urlopen("https://pypi.org/pypi/pip/24.0/json", timeout=10)' 2>/dev/null; \
	then $(BIN)/pip-audit --disable-pip --require-hashes -r requirements.lock --progress-spinner off; \
	else echo "The advisories of pypi.org cannot be reached from here: packages were NOT looked up among known vulnerabilities."; fi

format: .venv/.dev  ## put the code in the project's format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: .venv/.dev  ## measure speed; prints figures, asserts none
	@$(BIN)/pytest tests/bench -m bench -s

soak: .venv/.dev  ## half an hour at the load of 1,000 people; KAM_SOAK_DEPLOYMENT=team for two replicas
	@KAM_SOAK_MINUTES=$${KAM_SOAK_MINUTES:-30} $(BIN)/pytest tests/bench/test_soak.py -m bench -s

learn: .venv/.dev  ## learn anew what people say for each tool, after its phrases changed
	@$(BIN)/python -m bot.agent.builtin.learning

docs: .venv/.dev  ## write the README's table of tools from the docstrings
	@$(BIN)/python -m bot.docs README.md

lock: .venv/.dev  ## compile the locks from pyproject.toml (needs uv)
	$(LOCK) --group build -o requirements.lock
	$(LOCK) --group dev -o requirements-dev.lock

help:  ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

LOCK = uv pip compile --universal --generate-hashes --no-annotate --no-header --no-emit-index-url \
	--python-version 3.11 --quiet pyproject.toml

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; set PYTHON to one: make PYTHON=python3.12 …" or 0)'
	@$(PYTHON) -m venv .venv

.venv/.runtime: .venv/bin/python requirements.lock pyproject.toml
	@echo "Installing packages into .venv …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.dev: .venv/.runtime requirements-dev.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

.PHONY: chat test long check vulnerabilities format bench soak learn docs lock help
