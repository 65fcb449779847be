# What this project can do for you; `make` alone lists it. Everything lives in .venv beside this file.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PORT ?= 8000
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --quiet
export PIP_NO_PYTHON_VERSION_WARNING := 1
# Some images forbid Python to keep what it compiled; the many processes here would each compile it again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run test lint style types format check ready coverage bench lock vendor system

help: ## list these verbs
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: export PORT := $(PORT)
run: export PRACTICE := $(or $(PRACTICE),1)
run: .venv/runtime ## set up, make the database, load the practice data into an empty one, serve on 127.0.0.1 (PORT=8000)
	@$(BIN)/flask --app wsgi db upgrade
	@$(BIN)/flask --app wsgi load-practice
	@$(BIN)/flask --app wsgi recount --when-new
	@exec $(BIN)/gunicorn --config deploy/gunicorn.conf.py wsgi:app

test: .venv/dev system $(READY) ## set up and run the tests; ARGS="tests/domain -k reply" picks some
	@$(BIN)/pytest $(SIDE_BY_SIDE) $(ARGS)
# Each process makes its databases, its PostgreSQL server and its browser for itself, so a file of tests stays with one. It
# waits for them often enough that one process more than there are cores is quicker.
SIDE_BY_SIDE := --numprocesses $(shell expr $$(nproc 2>/dev/null || echo 1) + 1) --maxprocesses 5 --dist loadfile --no-loadscope-reorder

lint: style types ## format, rules of style, direction of imports, types

style: .venv/dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports

types: .venv/dev
	$(BIN)/mypy

format: .venv/dev ## put the code into its format and mend what can be mended by itself
	@$(BIN)/ruff check --fix --exit-zero .
	@$(BIN)/ruff format .

# Types are looked at by one core alone, so the tests begin beside it.
check: style ## everything that must hold before a commit: lint and the tests
	@$(MAKE) --no-print-directory --jobs=2 types test READY=ready

# Each process of the tests would compile all of them for itself; what is wrong with them is said when they run.
ready: .venv/dev
	@$(BIN)/pytest --collect-only >/dev/null || true

coverage: .venv/dev system ## run the tests and name the lines that none of them reached
	@$(BIN)/pytest $(SIDE_BY_SIDE) --cov --cov-report=term $(ARGS)

bench: .venv/dev ## measure; the figures go into docs with commit, machine and date
	@$(BIN)/python -m benchmarks $(ARGS)
	@$(BIN)/python -m benchmarks.lives $(LIVES)
	@$(BIN)/python -m benchmarks.permissions
	@$(BIN)/python -m benchmarks.deadlines

lock: .venv/runtime ## settle every dependency anew, newest that pyproject.toml allows, with hashes
	@$(PIP) uv
	@$(BIN)/uv pip compile $(LOCKING) --upgrade pyproject.toml --output-file requirements.lock
	@$(BIN)/uv pip compile $(LOCKING) --upgrade --extra dev --constraint requirements.lock pyproject.toml \
		--output-file requirements-dev.lock
	@npm install --package-lock-only
# pip 23 looks for the newest of what is asked for with an extra, unless the lock names the extra too.
LOCKING := --quiet --no-strip-extras --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header

# A comment naming a source map would only make browsers ask for a file that is not there.
vendor: ## copy the third-party styles and scripts that package-lock.json settles (needs npm)
	@npm ci --ignore-scripts
	@mkdir -p $(PAGES) $(BROWSER)
	@sed '/sourceMappingURL=/d' node_modules/bootstrap/dist/css/bootstrap.min.css > $(PAGES)/bootstrap.min.css
	@cp node_modules/bootstrap/LICENSE $(PAGES)/bootstrap.LICENSE
	@sed '/sourceMappingURL=/d' node_modules/echarts/dist/echarts.common.min.js > $(PAGES)/echarts.common.min.js
	@cat node_modules/echarts/LICENSE node_modules/echarts/NOTICE > $(PAGES)/echarts.LICENSE
	@sed '/sourceMappingURL=/d' node_modules/axe-core/axe.min.js > $(BROWSER)/axe.min.js
	@cp node_modules/axe-core/LICENSE $(BROWSER)/axe-core.LICENSE
	@cp node_modules/axe-core/LICENSE-3RD-PARTY.txt $(BROWSER)/axe-core.LICENSE-3RD-PARTY
PAGES := suggestions/static/vendor
BROWSER := tests/browser/vendor

# What some tests need beside Python. As root on Debian or Ubuntu it is installed; elsewhere those tests say what is missing.
system:
	@bash .ci/system

.venv/runtime: requirements.lock | .venv/bin/pip
	@echo "Installing what the application needs into .venv …"
	@$(PIP) --require-hashes --requirement requirements.lock
	@touch $@

.venv/dev: requirements-dev.lock | .venv/bin/pip
	@echo "Installing what the tests and checks need into .venv …"
	@$(PIP) --require-hashes --requirement requirements-dev.lock
	@touch $@

.venv/bin/pip:
	@bash .ci/venv
