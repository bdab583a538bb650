# Two commands matter: `make run` and `make test`. Both bring what they need.
# `make` alone lists the others.

PORT ?= 8000
DATA_DIR ?= $(CURDIR)/.data
WORKERS ?= $(shell echo $$(($$(nproc 2>/dev/null || echo 2) + 1)))  # tests wait for servers now and then
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)

BIN := .venv/bin
MANAGE = DEMONSTRATION=1 PORT='$(PORT)' DATA_DIR='$(DATA_DIR)' $(BIN)/python manage.py
# Tests and checks bring an environment of their own: a developer's settings never reach them.
ALONE := env -u PORT -u DATA_DIR -u SECRET_KEY -u PUBLIC_ORIGIN -u DEBUG -u EMAIL_URL
SUDO := $(if $(filter 0,$(shell id -u)),,sudo )
# The lock files are complete. Left to follow extras itself, pip takes the newest release for an unlocked one.
PIP := $(BIN)/pip install --quiet --disable-pip-version-check --no-input --require-hashes --no-deps
PEERS := tests/webinars/calendars
CATALOGS = $(wildcard i18n/locale/*/LC_MESSAGES/*.po)
STATIC = $(shell find community/static forums/static webinars/static -type f 2>/dev/null)
MAKEFLAGS += --no-print-directory

.DEFAULT_GOAL := help
.PHONY: help run prepare semantic peers test test-house test-browser check lint format types floors migrations catalogs templates \
	production messages bench lock clean
.DELETE_ON_ERROR:

help:  ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' Makefile

# --- Living in it ---

run: prepare  ## set everything up and serve it on localhost (PORT, DATA_DIR)
	@exec env $(MANAGE) serve

prepare: .venv/installed .venv/catalogs $(DATA_DIR)/static-made
	@$(MANAGE) prepare

.venv/bin/python:
	@[ -n "$(PYTHON)" ] || { echo 'Frontline needs Python 3.11 or newer. Type: $(SUDO)apt-get install python3 python3-venv'; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
		|| { echo 'Python cannot make environments yet. Type: $(SUDO)apt-get install $(notdir $(PYTHON))-venv'; exit 1; }
	@echo 'Making the environment (once) …'
	@$(PYTHON) -m venv --clear .venv

.venv/installed: requirements.txt | .venv/bin/python
	@echo 'Installing what Frontline needs (once) …'
	@$(PIP) -r requirements.txt
	@touch $@

.venv/installed-care: requirements-dev.txt .venv/installed
	@echo 'Installing what its tests need (once) …'
	@$(PIP) -r requirements-dev.txt
	@touch $@

.venv/catalogs: $(CATALOGS) | .venv/installed
	@$(MANAGE) catalogs
	@touch $@

$(DATA_DIR)/static-made: .venv/installed $(STATIC)
	@$(MANAGE) collectstatic --noinput --verbosity 0
	@touch '$@'

semantic: .venv/installed  ## let the search find across languages too: 110 MB more
	@$(PIP) -r requirements-semantic.txt
	@$(MANAGE) search meanings

# --- Trying it ---

test:  ## every test, in a browser too (ARGS="-k words" for some)
	@$(MAKE) --keep-going test-house test-browser

# Playwright's event loop and asynchronous tests do not share a process: two runs.
test-house: .venv/installed-care .venv/catalogs
	@$(ALONE) $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -m 'not browser' $(ARGS)

# Calendar programs are written in JavaScript too: their parsers read our feeds where npm is on this machine.
peers:
	@command -v npm >/dev/null || { echo 'npm is not on this machine: its calendar parsers are not asked.'; exit 0; } && \
		mkdir -p .node && cp $(PEERS)/package.json $(PEERS)/package-lock.json .node/ && \
		cd .node && npm ci --silent --no-audit --no-fund --ignore-scripts

test-browser: .venv/installed-care .venv/catalogs
	@CHROMIUM="$$($(BIN)/python -m tests.browsers)" $(ALONE) $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -m browser $(ARGS) \
		|| { code=$$?; [ $$code = 5 ] && echo 'No browser test was chosen.' || exit $$code; }

check:  ## lint, format, types, floors, migrations, catalogs, templates, production's settings
	@$(MAKE) --keep-going lint format types floors migrations catalogs templates production

lint: .venv/installed-care
	@$(BIN)/ruff check .

format: .venv/installed-care
	@$(BIN)/ruff format --check .

types: .venv/installed-care
	@$(ALONE) DEMONSTRATION=1 $(BIN)/mypy

floors: .venv/installed-care
	@$(BIN)/lint-imports

migrations: .venv/installed-care
	@$(ALONE) DEMONSTRATION=1 $(BIN)/python manage.py makemigrations --check --dry-run

catalogs: .venv/installed-care
	@$(ALONE) DEMONSTRATION=1 $(BIN)/python manage.py catalogs --check
	@$(ALONE) DEMONSTRATION=1 $(BIN)/python manage.py messages --check

templates: .venv/installed-care
	@$(BIN)/djlint --lint --quiet templates

production: .venv/installed-care
	@data=$$(mktemp -d) && trap 'rm -r "$$data"' EXIT && \
		env -i PATH="$$PATH" DATA_DIR="$$data" PUBLIC_ORIGIN=https://frontline.example \
		SECRET_KEY="$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(64))')" \
		$(BIN)/python manage.py check --deploy --fail-level WARNING

# --- Working on it ---

messages: .venv/installed-care  ## bring the catalogs up to what the pages say
	@$(MANAGE) messages
	@$(MANAGE) catalogs

bench: $(patsubst benchmarks/bench_%.py,bench-%,$(wildcard benchmarks/bench_*.py))  ## every benchmark, one line of key=value each

bench-%: .venv/installed-care .venv/catalogs
	@$(ALONE) $(BIN)/python -m benchmarks.bench_$*

COMPILE = $(abspath .venv-lock)/bin/pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe --no-annotate \
	--no-header --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options --no-config

lock: .venv-lock/bin/pip-compile  ## lock what pyproject.toml names (UPGRADE=--upgrade for the newest)
	$(COMPILE) $(UPGRADE) -o requirements.txt pyproject.toml
	$(COMPILE) $(UPGRADE) --extra care -c requirements.txt -o requirements-dev.txt pyproject.toml
	$(COMPILE) $(UPGRADE) --extra semantic -c requirements.txt -o requirements-semantic.txt pyproject.toml

.venv-lock/bin/pip-compile:
	@$(PYTHON) -m venv .venv-lock && .venv-lock/bin/pip install --quiet --disable-pip-version-check pip-tools

clean:  ## take away what was installed and compiled; data stay
	rm -rf .venv .venv-lock .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
	find . -name '*.mo' -not -path './.venv/*' -delete
