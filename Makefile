# The commands of the project; `make` lists them. They need Python 3.11 or newer with its pip, and make.
# PYTHON=python3.12 chooses the interpreter, ARGS="..." passes options on.

PYTHON ?= python3
PERIOD = 2010-Q2
ARGS =

ENV = .venv/bin
LOG = .venv/install.log
PIP = $(PYTHON) -m pip --python $(ENV)/python install -qq --no-input --no-warn-script-location --no-deps
UV = $(ENV)/uv pip install --quiet --python $(ENV)/python --no-deps --compile-bytecode
COMPILE = $(ENV)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 \
	--custom-compile-command "make lock" --extra build
PYTEST = $(ENV)/python -m pytest -n 2 --dist loadfile
STYLE = $(ENV)/ruff check --quiet --output-format concise && \
	$(ENV)/ruff format --check --quiet --output-format concise && \
	$(ENV)/mypy --no-error-summary

# Split a lock into the installer, uv, and all the rest: the rest must install where there is no uv.
only_uv = sed -n '/^uv==/,/[^\\]$$/p' $(1) >.venv/uv-$(1)
all_but_uv = sed '/^uv==/,/[^\\]$$/d' $(1) >.venv/$(1)
install_runtime = $(1) --require-hashes -r .venv/requirements.lock && $(1) --no-build-isolation -e .
install_tests = $(1) --require-hashes -r .venv/requirements-test.lock

.PHONY: help report demo quick test proof notebooks sentences bench lab lock clean

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-9s %s\n", $$1, $$2}' Makefile

report: $(ENV)/ready ## write a report into reports/ (PERIOD=2010-Q2, 2010-H1 or 2010)
	@$(ENV)/ccpcr report $(PERIOD) $(ARGS)

demo: $(ENV)/ready ## try it on a made-up history of twelve quarters: the report of the last into reports/demo/
	@$(ENV)/ccpcr demo
	@$(ENV)/ccpcr report 2011-Q4 --data data/demo --out reports/demo $(ARGS)

quick: $(ENV)/ready-to-test ## a look while working: what needs no office program, browser or whole report
	@$(PYTEST) --extent quick tests ccpcr_lib $(ARGS)
	@$(STYLE)

test: $(ENV)/ready-to-test ## run all tests, of long proofs a sample; check the notebooks' outputs, style and types
	@$(PYTEST) --nbval tests ccpcr_lib notebooks $(ARGS)
	@$(STYLE)

proof: $(ENV)/ready-to-test ## run every long proof whole: layouts, planted faults, random quarters, kills
	@$(PYTEST) --extent whole tests $(ARGS)

notebooks: $(ENV)/ready ## run the notebooks anew and store their results, after a change that is meant to show
	@$(ENV)/python -c "from ccpcr_lib.publish.pages.notebooks import store_results; store_results()"

sentences: $(ENV)/ready ## write docs/sentences.md anew, after a change of a sentence
	@$(ENV)/python docs/sentences.py

bench: $(ENV)/ready-to-test ## measure: speed against named peers, wrong figures found, false alarms
	@$(ENV)/python -m pytest -q -s tests/benchmarks/test_reading_speed.py tests/benchmarks/test_speed.py $(ARGS)
	@$(ENV)/python -m pytest -q -s tests/benchmarks/test_detection.py
	@$(ENV)/python -m pytest -q -s tests/benchmarks/test_redraw.py

lab: $(ENV)/ready ## open the notebooks in JupyterLab, on this computer only
	@$(ENV)/ccpcr lab $(ARGS)

lock: $(ENV)/ready ## pin what pyproject.toml asks for (ARGS=--upgrade takes newer versions)
	@test -x $(ENV)/uv || { echo "This needs uv, which could not be installed here: see $(LOG)."; exit 1; }
	@echo "Writing requirements.lock and requirements-test.lock ..."
	@$(COMPILE) $(ARGS) -o requirements.lock pyproject.toml >/dev/null
	@$(COMPILE) $(ARGS) --extra test -c requirements.lock -o requirements-test.lock pyproject.toml >/dev/null

clean: ## remove the environment and caches; reports stay
	@rm -rf .venv .screenshots .pytest_cache .ruff_cache .mypy_cache .hypothesis .benchmarks
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(ENV)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Python 3.11 or newer is needed. If it has another name here: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m pip --version >/dev/null || { \
		echo "Python's pip is needed. On Debian: apt install python3-pip"; exit 1; }
	@$(PYTHON) -m venv --without-pip --clear .venv

$(ENV)/ready: $(ENV)/python requirements.lock pyproject.toml
	@echo "Installing (once, about a minute) ..."
	@$(call only_uv,requirements.lock) && $(call all_but_uv,requirements.lock)
	@$(PIP) --only-binary :all: --require-hashes -r .venv/uv-requirements.lock 2>$(LOG) || true
	@{ $(call install_runtime,$(UV)); } 2>>$(LOG) || { \
		echo "  uv does not work here ($(LOG) says why): taking pip, one minute more ..."; \
		$(call install_runtime,$(PIP)); }
	@$(ENV)/python -m compileall -q ccpcr_lib
	@touch $@

$(ENV)/ready-to-test: $(ENV)/ready requirements-test.lock
	@echo "Installing what the tests need (once) ..."
	@$(call all_but_uv,requirements-test.lock)
	@$(call install_tests,$(UV)) 2>>$(LOG) || $(call install_tests,$(PIP))
	@touch $@
