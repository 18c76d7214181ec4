# Run `make` to see what there is to run.

PYTHON ?=
PYTEST_OPTIONS ?=
LOCK_OPTIONS ?=
# A worker for each core and one more (tests/conftest.py), up to four; tests of one file stay together, since they share servers.
PYTEST_WORKERS ?= --numprocesses auto --maxprocesses 4 --dist loadfile
TORCH_OPTIONS ?=

VENV := .venv
# Tests have an environment of their own: it carries torch, which `make demo` must never do, and so one run of
# `make test` checks both the environment that users get and the code in it.
TEST_VENV := .venv-test
LOCKS := deploy/locks

# Lists are complete and hashed: nothing is resolved, and nothing that is not in them comes along.
# A progress bar for people, one line for logs.
INSTALL := -m pip install --disable-pip-version-check --no-input $(shell [ -t 2 ] || echo --quiet) --no-deps

MODEL_SOURCES := $(LOCKS)/local.txt services/dedupe/data/calibration.jsonl \
	$(wildcard services/dedupe/embedding/build_model.py services/dedupe/embedding/quantise.py \
	services/dedupe/embedding/bert_graph.py services/dedupe/embedding/model_files.py \
	services/dedupe/embedding/cpu_instructions.py)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup setup-dev demo test lint lock clean

help:
	@echo 'Newsweave: one merged view of each news event. Start with:'
	@echo
	@echo '  make demo        sample articles through the whole pipeline, then one merged event and its page'
	@echo
	@echo 'It needs Python 3.11 to 3.13 and make, no Docker, no root. The first time takes a minute or two.'
	@echo
	@echo '  make setup       $(VENV) with the newsweave command and the embedding model ($(VENV)/bin/newsweave --help)'
	@echo '  make test        lint and all tests, the reference model on torch included (in $(TEST_VENV))'
	@echo '  make lint        ruff, mypy, import directions, generated files up to date'
	@echo '  make setup-dev   $(TEST_VENV): everything that lint and tests need'
	@echo '  make lock        $(LOCKS)/*.txt from pyproject.toml; newest versions: LOCK_OPTIONS=--upgrade'
	@echo '  make clean       removes both environments and all caches; data of `newsweave up` stays'
	@echo
	@echo 'Variables: PYTHON=/path/to/python3.11   PYTEST_OPTIONS="-k reprint -x"   PYTEST_WORKERS= for one process'
	@echo '           TORCH_OPTIONS="--index-url ADDRESS"  where pip finds a CPU build of torch, if not in its own index'
	@echo '           KAFKA_HOME=FOLDER  an Apache Kafka 4: the demo runs on it, and tests also run against it'
	@echo 'To operate it rather than try it: docker compose up -d --build --wait'

# -- .venv: what users get ---------------------------------------------------------------------------------------------

setup: $(VENV)/.newsweave $(VENV)/.model

$(VENV)/.packages: $(LOCKS)/local.txt deploy/find-python.sh
	@python=$$(deploy/find-python.sh $(PYTHON)) && echo "Creating $(VENV) with $$python" && "$$python" -m venv $(VENV)
	@echo 'Installing packages into $(VENV), about a minute'
	@$(VENV)/bin/python $(INSTALL) --require-hashes -r $(LOCKS)/local.txt
	@touch $@

$(VENV)/.newsweave: $(VENV)/.packages pyproject.toml
	@$(VENV)/bin/python $(INSTALL) --no-build-isolation --editable .
	@touch $@

$(VENV)/.model: $(VENV)/.newsweave $(MODEL_SOURCES)
	@echo 'Building the embedding model, about half a minute'
	@$(VENV)/bin/python -m services.dedupe.embedding.build_model
	@touch $@

demo: setup
	@$(VENV)/bin/newsweave demo

# -- .venv-test: what developers and CI use ----------------------------------------------------------------------------

setup-dev: $(TEST_VENV)/.newsweave $(TEST_VENV)/.model $(TEST_VENV)/.torch

$(TEST_VENV)/.packages: $(LOCKS)/dev.txt deploy/find-python.sh
	@python=$$(deploy/find-python.sh $(PYTHON)) && echo "Creating $(TEST_VENV) with $$python" && "$$python" -m venv $(TEST_VENV)
	@echo 'Installing packages into $(TEST_VENV), about a minute'
	@$(TEST_VENV)/bin/python $(INSTALL) --require-hashes -r $(LOCKS)/dev.txt
	@touch $@

$(TEST_VENV)/.newsweave: $(TEST_VENV)/.packages pyproject.toml
	@$(TEST_VENV)/bin/python $(INSTALL) --no-build-isolation --editable .
	@touch $@

# The model that users get is the one that is tested.
$(TEST_VENV)/.model: $(TEST_VENV)/.newsweave $(VENV)/.model
	@mkdir -p $(TEST_VENV)/share
	@rm -rf $(TEST_VENV)/share/newsweave
	@cp -R $(VENV)/share/newsweave $(TEST_VENV)/share/
	@touch $@

$(TEST_VENV)/.torch: $(TEST_VENV)/.packages $(LOCKS)/sentence-transformers.txt $(LOCKS)/torch.txt
	@echo 'Installing sentence-transformers and torch into $(TEST_VENV), about a minute'
	@$(TEST_VENV)/bin/python $(INSTALL) --require-hashes -r $(LOCKS)/sentence-transformers.txt
	@$(TEST_VENV)/bin/python $(INSTALL) $(TORCH_OPTIONS) -r $(LOCKS)/torch.txt
	@$(TEST_VENV)/bin/python -c 'import torch' || { echo 'This build of torch needs CUDA libraries. Take a CPU build:' \
	  'make setup-dev TORCH_OPTIONS="--force-reinstall --index-url ADDRESS"' >&2; exit 1; }
	@touch $@

test: setup setup-dev lint
	$(TEST_VENV)/bin/python -m pytest $(PYTEST_WORKERS) $(PYTEST_OPTIONS)

lint: $(TEST_VENV)/.newsweave
	$(TEST_VENV)/bin/ruff check
	$(TEST_VENV)/bin/ruff format --check
	$(TEST_VENV)/bin/mypy
	$(TEST_VENV)/bin/lint-imports
	$(TEST_VENV)/bin/python -m services.contracts.generate --check

# Needs no more of the old lists than uv itself.
lock: $(TEST_VENV)/.packages
	@UV=$(TEST_VENV)/bin/uv deploy/lock.sh $(LOCK_OPTIONS)

clean:
	rm -rf $(VENV) $(TEST_VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist
	find newsweave services lab tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +
