# Every target of docs/contract.md. Needs Python 3.11 or newer and make; brings the rest itself.
PYTHON ?= python3
PORT ?= 8000
SCREENS ?=
MEDSPILLER = .venv/bin/medspiller
PYTEST = .venv/bin/python -m pytest
# The suite on all cores, at most four, a file always whole, the longest first (conftest.py); each process has a
# database of its own. One process more than cores was tried and took longer.
SPREAD = -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

.PHONY: help setup setup-run setup-test run test check soak bench stop reset lock screenshots

help: ## what can be made
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: ## everything that run and test need
	@$(PYTHON) -m bootstrap all

setup-run:
	@$(PYTHON) -m bootstrap run

setup-test:
	@$(PYTHON) -m bootstrap test

run: setup-run ## set up, start the demo municipality and serve it on PORT
	@$(MEDSPILLER) database up --demo
	@MEDSPILLER_DEMO=1 $(MEDSPILLER) content publish --quiet
	@MEDSPILLER_DEMO=1 $(MEDSPILLER) demo load --quiet
	@MEDSPILLER_DEMO=1 $(MEDSPILLER) serve --demo --port $(PORT)

test: setup-test ## set up and run the whole suite
	@$(PYTEST) $(SPREAD)

check: setup-test ## lint, types, import contracts, migration drift, untranslated texts, content
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/djlint --quiet --lint src
	@.venv/bin/lint-imports --no-cache
	@.venv/bin/mypy
	@$(MEDSPILLER) manage makemigrations --check --dry-run
	@$(MEDSPILLER) texts check
	@$(MEDSPILLER) content check
	@$(MEDSPILLER) content check src/medspiller/demo/content/no.medspiller.demo-offers

soak: setup-test ## the long sweeps
	@$(PYTEST) --soak

bench: setup-test ## the benchmarks; writes bench/results/latest.json
	@.venv/bin/python -m bench

screenshots: setup-test ## pictures of every page, into build/screens/; SCREENS="catalogue --widths 360" for some
	@.venv/bin/python -m tests.journeys.screens $(SCREENS)

stop: ## stop what run started
	@$(MEDSPILLER) stop

reset: ## throw the demo's data away (asks first)
	@$(MEDSPILLER) reset

lock: ## make the hashed locks anew (needs uv)
	uv pip compile -q pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate -o requirements/runtime.txt
	uv pip compile -q pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate -c requirements/runtime.txt -o requirements/dev.txt
