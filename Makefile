# Everything one does here. On a bare machine: Python 3.11 or later, Node 20 or later, and make.

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
SOURCES := $(shell find frontend -type f -not -path '*/dist/*' 2>/dev/null)

LIGHTHOUSE := tests/bench/lighthouse/node_modules/.package-lock.json

MAKEFLAGS += --jobs=2 # Python's packages and Node's are fetched together

.PHONY: help run test dev check bench client release lock format browser

help: ## Say what there is
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1	/' | expand -t 16

run: .venv/run.stamp frontend/dist/index.html ## Run Étape, with its database and its demo
	@$(BIN)/etape serve

test: .venv/dev.stamp frontend/dist/index.html browser ## Pass every test: back, front and browser
	npm run --silent test
	$(BIN)/pytest -n auto

dev: .venv/dev.stamp node_modules/.package-lock.json ## Run both sides; each reloads when it changes
	@trap "trap '' TERM; kill 0; wait" INT TERM; $(BIN)/etape serve --reload & npm run dev & wait

check: .venv/dev.stamp node_modules/.package-lock.json ## Lint, types, walls, formats, drift: in seconds
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/etape doctor --scratch
	$(BIN)/etape openapi | diff -u openapi.json - || (echo "The contract changed: run make client"; false)
	npm run --silent format:check
	npm run --silent lint
	npm run --silent typecheck
	npm run --silent walls
	npm run --silent generate:client -- --check
	npm run --silent lint:contract
	npm run --silent compare:contract || (echo "Clients of the last release would break: docs/contract/README.md"; false)

bench: .venv/dev.stamp frontend/dist/index.html browser $(LIGHTHOUSE) ## Measure search, registration and pages
	$(BIN)/python -m tests.bench

client: .venv/dev.stamp node_modules/.package-lock.json ## Write the contract, its examples and the client made from it
	$(BIN)/python -m tests.contract
	$(BIN)/etape openapi openapi.json
	npm run --silent generate:client

release: ## Hold the next changes to the contract as it is now
	cp openapi.json docs/contract/released.json

lock: .venv/dev.stamp ## Pin the newest dependencies by their hashes
	$(BIN)/uv pip compile --quiet pyproject.toml --group dev --upgrade --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --output-file requirements-dev.lock
	$(BIN)/uv pip compile --quiet pyproject.toml --group build --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --constraint requirements-dev.lock --output-file requirements.lock

format: .venv/dev.stamp node_modules/.package-lock.json ## Format everything
	$(BIN)/ruff format
	npm run --silent format

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	{ echo "Étape needs Python 3.11 or later. Name yours: make run PYTHON=python3.13"; exit 1; }
	@$(PYTHON) -m venv .venv || \
	{ rm -rf .venv; echo "Étape needs Python's venv. On Debian and Ubuntu: apt install python3-venv"; exit 1; }

.venv/run.stamp: requirements.lock | $(BIN)/python
	$(PIP) --require-hashes -r requirements.lock
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(LIGHTHOUSE): tests/bench/lighthouse/package-lock.json
	npm ci --silent --prefix tests/bench/lighthouse

.venv/dev.stamp: requirements-dev.lock .venv/run.stamp
	$(PIP) --require-hashes -r requirements-dev.lock
	@touch $@

node_modules/.package-lock.json: package-lock.json
	@node -e 'const [a, b] = process.versions.node.split("."); process.exit(a * 100 + +b < 2019 ? 1 : 0)' || \
	{ echo "Étape needs Node 20.19 or later, and npm: https://nodejs.org"; exit 1; }
	npm ci --loglevel=error --ignore-scripts --no-audit --no-fund
	@touch $@

frontend/dist/index.html: node_modules/.package-lock.json $(SOURCES)
	npm run --silent build -- --logLevel=warn
	@touch $@

browser: .venv/dev.stamp
	@command -v chromium chromium-browser google-chrome >/dev/null || \
	if [ "$$(id -u)" = 0 ]; then apt-get update -qq && apt-get install -y -qq chromium; \
	else $(BIN)/playwright install chromium; fi
