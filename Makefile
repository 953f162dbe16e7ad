# Two commands are enough: `make run` starts the portal, `make test` runs all tests.
# Every path is relative, so that a folder with a space in its name works.
.DEFAULT_GOAL := help
SHELL := /bin/sh
DATA_DIR ?= var
PY := .venv/bin/python
EXEC := $(PY) -m tenants.embedded exec --data-dir "$(DATA_DIR)/test" --
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help run test check prove bench lock messages clean venv base dev browser check-all

help: ## Show this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{printf "%-16s %s\n", $$1, $$2}'
	@echo "Settings of make run: PORT (8000) BIND (127.0.0.1) BASE_DOMAIN (lintas.localhost)"
	@echo "DATA_DIR (var) DATABASE_URL (use that server, launch none), e.g. make run PORT=8001"

run: base ## Start the portal with demo content; Ctrl-C stops it
	@exec $(PY) deploy/run.py

# The demo's settings: plain http on *.localhost, and a throw-away SECRET_KEY.
test prove messages: export DEMO ?= 1
test: dev browser ## Run all tests; ARGS="-k name" narrows them
	@$(EXEC) $(PY) -m pytest $(ARGS)

check: dev ## Lint, types, contracts, migrations, translations, deploy settings
	@$(EXEC) $(MAKE) --no-print-directory check-all

prove: dev browser ## The long proofs: fuzz, chaos, load
	@PROVE=1 $(EXEC) $(PY) -m pytest tests/prove $(ARGS)

bench: base ## Measure requests per second and CPU per request
	@$(PY) deploy/bench/run.py $(ARGS)

lock: dev ## Renew the hashed requirements from the *.in files (needs uv)
	@command -v uv >/dev/null || { echo "make lock needs uv on the PATH." >&2; exit 1; }
	@for name in base dev; do uv pip compile --quiet --generate-hashes --no-header --no-annotate --universal --upgrade \
	  --python-version 3.11 --no-emit-index-url \
	  --output-file "deploy/requirements/$$name.txt" "deploy/requirements/$$name.in" || exit 1; done

messages: dev ## Collect the texts for translation
	@$(EXEC) $(PY) manage.py messages

clean: ## Remove caches and built files; data in DATA_DIR stays
	@rm -rf .pytest_cache .mypy_cache .ruff_cache .import_linter_cache staticfiles
	@find . -name __pycache__ -type d -not -path './.venv/*' -prune -exec rm -rf {} +

# --- Python environment ---------------------------------------------------------------------

venv:
	@if ! $(PY) -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then \
	  python=; \
	  for name in $(PYTHON) python3.13 python3.12 python3.11 python3 python3.14; do \
	    if "$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; \
	    then python="$$name"; break; fi; \
	  done; \
	  if [ -z "$$python" ]; then \
	    echo "Python 3.11 or newer is needed, and none was found on the PATH." >&2; exit 1; fi; \
	  if ! "$$python" -c 'import venv, ensurepip' >/dev/null 2>&1; then \
	    echo "Python's venv module is missing for $$python; on Debian: apt-get install python3-venv" >&2; \
	    exit 1; fi; \
	  if [ ! -w . ] || { [ -e .venv ] && [ ! -w .venv ]; }; then \
	    echo "The current user may not write to this folder's .venv; start as its owner." >&2; \
	    exit 1; fi; \
	  echo "Making .venv with $$("$$python" --version) ..."; \
	  "$$python" -m venv --clear .venv || exit 1; \
	fi

# The installed list is kept in .venv: nothing happens until the file has other content.
define INSTALL
	@if ! cmp -s deploy/requirements/$(1).txt .venv/$(1).installed; then \
	  echo "Installing the packages of deploy/requirements/$(1).txt (only when it has changed) ..."; \
	  $(PY) -m pip install --require-hashes -r deploy/requirements/$(1).txt || { \
	    echo "The packages could not be installed; pip's reason stands above." >&2; exit 1; }; \
	  cp deploy/requirements/$(1).txt .venv/$(1).installed; \
	fi
endef

base: venv
	$(call INSTALL,base)

dev: base
	$(call INSTALL,dev)

# --- What tests need from the system ----------------------------------------------------------

browser:
	@missing=; \
	command -v chromium >/dev/null 2>&1 || missing="$$missing chromium"; \
	command -v pdftotext >/dev/null 2>&1 || missing="$$missing poppler-utils"; \
	ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1 || missing="$$missing postgresql"; \
	[ -n "$$missing" ] || exit 0; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then \
	  echo "Installing for the tests:$$missing ..."; \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
	    apt-get install -y -qq --no-install-recommends $$missing && exit 0; \
	fi; \
	echo "Tests that need these packages are skipped or fail; install them:$$missing" >&2; \
	case "$$CI:$$missing" in true:*chromium*) exit 1;; esac

# --- What `make check` runs; all steps run, then the failed ones are named -----------------------

TEMPLATES := platform shared_apps tenant_apps
check-all: export DEMO = 0
check-all: export BASE_DOMAIN = lintas.example
check-all: export SECRET_KEY = $(shell $(PY) -c 'import secrets; print(secrets.token_urlsafe(50))')
check-all:
	@failed=; \
	step() { name="$$1"; shift; echo "== $$name"; "$$@" || failed="$$failed, $$name"; }; \
	step "ruff check" $(PY) -m ruff check .; \
	step "ruff format" $(PY) -m ruff format --check .; \
	step "mypy" $(PY) -m mypy; \
	step "import contracts" env PYTHONPATH=platform $(PY) -c 'from importlinter.cli import lint_imports_command as f; f()'; \
	step "templates: lint" $(PY) -m djlint --lint $(TEMPLATES); \
	step "templates: form" $(PY) -m djlint --check $(TEMPLATES); \
	step "migrations complete" $(PY) manage.py makemigrations --check --dry-run; \
	step "translations complete" $(PY) manage.py messages --check; \
	step "deploy settings" $(PY) manage.py check --deploy --fail-level WARNING; \
	if [ -n "$$failed" ]; then echo "Failed: $${failed#, }." >&2; exit 1; fi; \
	echo "All checks passed."
