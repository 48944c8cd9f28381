# The whole set-up as targets: each makes what it needs and leaves alone what is there.
PYTHON ?= python3
PIVOTLAB := .venv/bin/pivotlab
DEMO_LAB := analyst-to-ml/02-ramadan-encoding
LOCK_OPTIONS ?=

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test verify lock bench schema soak clean engine image images browser postgres

help: ## List these targets
	@awk -F ':.*## ' '/^[a-z.\/]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile

# Code 1 says that some sample is below full marks, which two of them are meant to be.
demo: image ## Grade the sample submissions of one lab and say where the reports are
	$(PIVOTLAB) notebook $(DEMO_LAB) --samples build/demo
	$(PIVOTLAB) grade build/demo --out build/demo-reports || [ $$? -eq 1 ]

test: images browser postgres .venv/.dev ## Lint, types and every test, those with real containers too
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/mypy
	$(PIVOTLAB) verify --turn 2
	.venv/bin/pytest -n 2 -m "not alone"
	.venv/bin/pytest -m alone

verify: images .venv/.dev ## Prove every lab sound, and write the table of them
	$(PIVOTLAB) verify --table docs/labs.md

# The pins hold for the Python of the image, so no other may resolve them. What is pinned stays, unless asked:
# make lock LOCK_OPTIONS='--upgrade-package duckdb'
lock: .venv/.dev ## Pin again what environments/*.in ask for
	@.venv/bin/python -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || \
		{ echo "the pins are for Python 3.11; remove .venv and run: make lock PYTHON=python3.11" >&2; exit 1; }
	cd environments && set -e && for environment in *.in; do \
		CUSTOM_COMPILE_COMMAND="make lock" ../.venv/bin/pip-compile --quiet --strip-extras --allow-unsafe \
			--annotation-style=line --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options \
			$(LOCK_OPTIONS) --output-file="$${environment%.in}.txt" "$$environment"; \
	done

schema: .venv/.installed ## Write the JSON Schema of a report, which docs/ publishes
	.venv/bin/python -m grader.formats.schema docs/report.schema.json

bench: images .venv/.dev ## Measure what a grading costs beside what one would pick instead; wants an idle machine
	set -e; for figure in latency throughput growth parts capacity memory; do .venv/bin/python -m benchmarks.$$figure; done

soak: image .venv/.dev ## Grade 300 submissions in a row, every third hostile, started cold and warm, and show what the grader came to
	set -e; for start in pool warm; do .venv/bin/python tests/soak.py --start $$start; done

clean: ## Remove what was built and every cache; .venv and the images stay
	rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -path ./.venv -prune -o -name __pycache__ -type d -exec rm -rf {} +

engine: .venv/.installed ## See to a Docker engine
	docker/engine.sh

browser: ## See to a Chromium, in which the tests open reports
	tests/browser.sh

postgres: ## See to PostgreSQL's server programs, which a test keeps a gradebook in
	tests/postgres.sh

image: engine ## Build the image of the environment core, if it is not current
	$(PIVOTLAB) images build core

images: image ## Build the images of all environments
	$(PIVOTLAB) images build nlpcv

.venv/.installed: pyproject.toml | .venv/bin/python
	.venv/bin/python -m pip install --quiet --editable .
	touch $@

# torch comes with this one; the demo does without.
.venv/.dev: pyproject.toml | .venv/bin/python
	.venv/bin/python -m pip install --quiet --editable '.[dev]'
	touch $@

# Debian's python3 comes without ensurepip, and then a venv has no pip.
.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Pivotlab needs Python 3.11 or newer; name one: make PYTHON=python3.11" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || \
		{ [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && { apt-get update -qq; \
			DEBIAN_FRONTEND=noninteractive apt-get install -qq --yes --no-install-recommends python3-venv >/dev/null; }; } || \
		{ echo "$(PYTHON) cannot make a venv; install its venv module (Debian: apt-get install python3-venv)" >&2; exit 1; }
	$(PYTHON) -m venv .venv
