# Two commands matter to most: `make plan` and `make test`. Each sets up all that it needs.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
SCENARIO ?= scenarios/ggvv scenarios/sundsvall
TIME_LIMIT ?= 50
PICTURE := docs/gantt-lager.png
RIVAL ?= chains
INSTANCE ?= town-scarce-1
PROFILE_LIMIT ?= 60

.PHONY: help plan picture test test-all lint types layers messages format bench bench-all bench-profile clean

help: ## Say what there is
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 15

$(VENV)/.ready: pyproject.toml uv.lock tools/set-up
	@PYTHON=$(PYTHON) tools/set-up $(VENV)

plan: $(VENV)/.ready ## Plan scenarios/ggvv and scenarios/sundsvall (SCENARIO= for another) into out/
	@for scenario in $(SCENARIO); do $(BIN)/python tools/plan_scenario.py $$scenario --time-limit $(TIME_LIMIT) || exit $$?; done

picture: $(VENV)/.ready ## Draw the picture in README.md again
	@mkdir -p out/picture
	$(BIN)/sparplan plan scenarios/ggvv --track lager --work-limit 60 --workers 1 -o out/picture/plan.json
	$(BIN)/python tools/draw_picture.py scenarios/ggvv out/picture/plan.json $(PICTURE)

test: $(VENV)/.ready lint types layers ## Lint, types, layers, and the tests with branch coverage
	$(BIN)/python -m pytest -n auto -m "not slow" --cov --cov-report=term

test-all: $(VENV)/.ready lint types layers ## The same with the slow tests
	$(BIN)/python -m pytest -n auto --cov --cov-report=term

lint: $(VENV)/.ready ## Style
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.ready ## Types, strictly
	$(BIN)/mypy

layers: $(VENV)/.ready ## Which module may import which
	$(BIN)/lint-imports

messages: $(VENV)/.ready ## Compile the message catalogues
	$(BIN)/python -m sparplan.messages

format: $(VENV)/.ready ## Put the code in form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.ready ## Measure and make benchmarks/README.md anew (under 90 minutes, nothing else on the machine)
	$(BIN)/python -m benchmarks run bench

bench-all: $(VENV)/.ready ## Measure everything; goes on where it was stopped
	$(BIN)/python -m benchmarks run all --resume

bench-profile: $(VENV)/.ready ## Where the time of one run goes (RIVAL=, INSTANCE=, PROFILE_LIMIT= seconds)
	$(BIN)/python -m benchmarks profile $(RIVAL) $(INSTANCE) $(PROFILE_LIMIT)

clean: ## Remove what was made
	rm -rf out dist .coverage* htmlcov .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
