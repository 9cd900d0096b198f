# Each target sets up what it needs in .venv; Python 3.11 or later and make are all that must be there.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test test-long check lint-js bench bench-long examples clean

demo: .venv/kg  ## build the example graph and say where the page is
	$(BIN)/kg build examples/dumps --out out

test: check  ## all checks and tests but the long ones
	$(BIN)/pytest -n auto

test-long: .venv/dev  ## fuzzing, large corpora, kill tests
	$(BIN)/pytest -n auto -m long

check: .venv/dev  ## format, lint, types, and who imports whom
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports

lint-js: .venv/dev node_modules  ## the page's script and styles; needs npm, which nothing else does
	npx --no-install biome ci kg/page/static
	$(BIN)/python -c 'from kg.page.write import page_script; print(page_script(), end="")' > out/joined.js
	npx --no-install biome lint --error-on-warnings out/joined.js

node_modules: package.json
	npm install --no-audit --no-fund --no-package-lock
	@touch $@

bench: .venv/dev .venv-bench/ready  ## figures beside their floors and peers
	$(BIN)/python bench/parse.py
	$(BIN)/python bench/triples.py
	$(BIN)/python bench/recognizer.py
	$(BIN)/python bench/names.py
	$(BIN)/python bench/page.py
	.venv-bench/bin/python -m bench.build --sizes 1000 10000 100000
	.venv-bench/bin/python -m bench.workers
	.venv-bench/bin/python -m bench.peers

bench-long: .venv/dev .venv-bench/ready  ## the whole build at sizes that take hours
	.venv-bench/bin/python -m bench.incremental --articles 100000
	.venv-bench/bin/python -m bench.workers --articles 100000
	.venv-bench/bin/python -m bench.build --sizes 100000 300000 1000000

examples: .venv/dev  ## write the example dumps and what is expected of them anew
	$(BIN)/python examples/make.py

.venv/kg: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

.venv/dev: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@ .venv/kg

.venv-bench/ready: bench/requirements.txt
	$(PYTHON) -m venv .venv-bench
	.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check -r bench/requirements.txt
	@touch $@

clean:
	rm -rf .venv .venv-bench .bench out/.kg-* out/graph.* out/store out/tables out/void.ttl out/evidence.nt out/report.json out/findings.jsonl
