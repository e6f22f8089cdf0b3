# gig-kiosk: one target for each thing a person does here. `make help` lists them.
# Needs only Python 3.11 or newer and make; `make run` and `make test` bring the rest.

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; raise SystemExit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done || true)
ifeq ($(strip $(PYTHON)),)
PYTHON := python3
endif

VENV := .venv/bin/
OUT ?= shots
SEEDS ?= 200
ORIENTATION ?= landscape
SIZE ?=
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help setup setup-test setup-build run test shots bench sim dist lint types contracts lock clean distclean

help: ## this list
	@echo "gig-kiosk - make targets:"
	@sed -n 's/^\([a-z-]*\):[^#]*## /\1\t/p' $(MAKEFILE_LIST) | while IFS="$$(printf '\t')" read -r n t; do \
		printf '  %-12s %s\n' "$$n" "$$t"; done

setup: ## environment, locked packages, system libraries (install as root, else named)
	@$(PYTHON) -m tools.setup run

setup-test: ## the same, and what the tests and checks need
	@$(PYTHON) -m tools.setup test

setup-build: ## the same, and what packing and locking need
	@$(PYTHON) -m tools.setup build

run: setup ## set up and open the demo; ORIENTATION=portrait SIZE=1280x800 ARGS="..." (Ctrl-C ends it)
	@exec $(PYTHON) -m tools.run_demo --orientation "$(ORIENTATION)" --size "$(SIZE)" -- $(ARGS)

# Files stay together (loadscope): what a file's tests share is made once. `-n 0` in ARGS runs all in one process.
# The files that take longest begin (tests/conftest.py), or one processor waits for the other at the end.
# A process that breaks off is not replaced: with loadscope, xdist then waits for ever; without, the rest is run and it fails.
test: setup-test ## set up and run all tests, on up to 4 processors; ARGS="tests/domain -x"
	@QT_QPA_PLATFORM=offscreen $(VENV)python -m pytest -n logical --maxprocesses 4 --dist loadscope --no-loadscope-reorder \
		--max-worker-restart 0 $(ARGS)

shots: setup-test ## pictures of every screen into OUT=shots
	@QT_QPA_PLATFORM=offscreen $(VENV)python -m tests.e2e.shots --out "$(OUT)" $(ARGS)

bench: setup-test ## measure, with the raw limit in the same run
	@QT_QPA_PLATFORM=offscreen $(VENV)python -m tests.benchmarks $(ARGS)

sim: setup-test ## simulate kiosks and city with faults, SEEDS=200
	@$(VENV)python -m tests.simulation --seeds $(SEEDS) $(ARGS)

dist: setup-build ## pack a onedir into dist/ and let its doctor look at it
	@$(VENV)python -m PyInstaller --noconfirm --log-level WARN --distpath dist --workpath build build.spec
	@QT_QPA_PLATFORM=offscreen dist/gig-kiosk/gig-kiosk doctor

lint: setup-test ## ruff: rules and format
	@$(VENV)ruff check .
	@$(VENV)ruff format --check .

types: setup-test ## mypy --strict
	@$(VENV)mypy

contracts: setup-test ## import-linter: arrows between the rooms point one way
	@$(VENV)lint-imports

lock: setup-build ## make requirements/*.txt anew from *.in
	@$(VENV)python -m tools.lock $(ARGS)

clean: ## remove what the tools wrote (not the environment)
	@rm -rf build dist shots .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .setup
	@find kiosk tests tools -name __pycache__ -type d -prune -exec rm -rf {} +

distclean: clean ## the same, and the environment
	@rm -rf .venv gig_kiosk.egg-info
