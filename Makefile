# Every command of this house. `make help` lists them; each step is done again only when it must be.
PYTHON ?= python3
PORT ?= 5000
BIN := .venv/bin
DONE := .venv/done
FLASK := $(BIN)/flask --app app
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard budgeting/translations/*/LC_MESSAGES/messages.po))
PURE_TESTS := $(wildcard tests/tally tests/rulebook tests/ballotbox)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo demo-reset demo-database ready test check format bench load soak translations requirements clean

help: ## List what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' Makefile

demo: demo-database ## Set everything up and serve the demo on http://127.0.0.1:5000 (PORT=... for another)
	@$(FLASK) demo serve --port $(PORT)

demo-reset: ready ## Throw the demo's data away and fill it anew
	@rm -rf instance/demo.sqlite* instance/demo-*
	@$(MAKE) --no-print-directory demo-database

demo-database: ready
	@$(FLASK) demo fill

ready: $(DONE)/app $(DONE)/front-end $(CATALOGUES) ## Install what the app needs: .venv, packages, front end, English
	@:

test: $(DONE)/tests ready ## Run everything: unit, both databases, browser journeys, conventions
	@$(BIN)/python -m tools.browser
	@$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder -q

check: $(DONE)/tests ready ## The quick look: format, ruff, mypy, import contracts, templates, unit tests
	@$(BIN)/ruff format --check --quiet . || (echo "Run: make format"; exit 1)
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/lint-imports --no-logo --no-cache
	@$(BIN)/djlint --quiet --lint templates
	@$(BIN)/pytest -q $(PURE_TESTS) tests/conventions

format: $(DONE)/tests ## Lay out the code as the house does
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix --quiet .

bench: $(DONE)/tests ## Time the count against pabutools on real and made-up elections (PABULIB_DIR=... for more)
	@$(BIN)/python -m tests.load.bench_tally $(BENCH)

load: $(DONE)/tests demo-database ## Let many read the demo at once, and many hand in votes at once (LOAD=...), and time the answers
	@$(BIN)/python -m tests.load.readers
	@$(BIN)/python -m tests.load.casting $(LOAD)
	@$(BIN)/python -m tests.load.memory

soak: $(DONE)/tests ready ## Try the count and the rulebook with very many made-up cases, and to break the ballot box (SOAK=...)
	@HYPOTHESIS_PROFILE=soak $(BIN)/pytest -n 2 -q $(PURE_TESTS)
	@$(BIN)/python -m tests.soak $(SOAK)

translations: $(DONE)/tests ## Gather every text and bring the English catalogue up to date
	@$(BIN)/python -m tools.translations

requirements: ## Pin anew after a change in requirements.in or requirements-dev.in
	@$(BIN)/python -m tools.pins

clean: ## Remove what the tools made; instance/ stays
	@rm -rf .venv node_modules static/vendor test-results .hypothesis .mypy_cache .pytest_cache .ruff_cache
	@find budgeting tests tools migrations -name __pycache__ -prune -exec rm -rf {} +
	@find budgeting/translations -name '*.mo' -delete

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Borgerbudget needs Python 3.11 or newer; name it with PYTHON=...")'
	@echo "Making .venv"
	@$(PYTHON) -m venv .venv || (rm -rf .venv; echo "Install what makes virtual environments: sudo apt-get install python3-venv"; exit 1)

$(DONE)/app: requirements.txt | $(BIN)/python
	@echo "Installing the Python packages"
	@$(BIN)/pip install -qq --disable-pip-version-check --no-deps -r $<
	@mkdir -p $(DONE) && touch $@

$(DONE)/tests: requirements-dev.txt requirements.txt | $(BIN)/python
	@echo "Installing the Python packages of the tests"
	@$(BIN)/pip install -qq --disable-pip-version-check --no-deps -r $<
	@mkdir -p $(DONE) && touch $@ $(DONE)/app

$(DONE)/front-end: package-lock.json tools/front_end.py | $(BIN)/python
	@echo "Installing the front-end packages"
	@$(BIN)/python -m tools.front_end
	@mkdir -p $(DONE) && touch $@

%.mo: %.po | $(DONE)/app
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@
