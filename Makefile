# Two commands are enough: "make run" to see it, "make test" to prove it.
# Settings go along as variables: make run PORT=8001 VJB_HOME=/tmp/second

BOOTSTRAP = PYTHON="$$(sh .ci/find-python.sh)" && "$$PYTHON" .ci/bootstrap.py
BIN = .venv/bin
PYTEST = pytest -n logical --maxprocesses 4 --dist worksteal
ARGS ?=
UPGRADE = --upgrade
COMPILE = uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header \
	--no-emit-index-url --no-emit-find-links $(UPGRADE)

.DEFAULT_GOAL := help
.PHONY: help run setup test test-deep operating mutants bench-matching bench-figures bench-pages screenshots check format clean distclean wheel sbom lock

help: ## Show this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1\t\2/p' Makefile | expand -t 22

run: ## Install if need be, and serve the site on http://localhost:8000 (PORT=…)
	@$(BOOTSTRAP) runtime && exec $(BIN)/python -m voorjebuurt run

setup: ## Install everything that the tests need
	@$(BOOTSTRAP) dev && $(BIN)/python -m tests.support.chromium && $(BIN)/python -m tests.support.nginx

test: setup ## Run every test (ARGS="-k money" for some; COVERAGE=1 measures all of them)
ifdef COVERAGE
	@rm -rf var/coverage && mkdir -p var/coverage
	@$(BIN)/python -m coverage run -m $(PYTEST) $(ARGS)
	@exec $(BIN)/python .ci/covered.py
else
	@exec $(BIN)/python -m $(PYTEST) $(ARGS)
endif

test-deep: setup ## Run the tests with 2,000 random examples instead of 60 (ARGS=tests/unit)
	@exec $(BIN)/python -m $(PYTEST) --hypothesis-profile=deep $(ARGS)

operating: setup ## Begin a new deployment from the wheel, as operating.md tells, and print the times
	@exec $(BIN)/python -m tests.support.new_deployment

mutants: ## Change the ledger and the rules in small ways, and see which change no test notices
	@$(BOOTSTRAP) mutants && exec $(BIN)/python .ci/mutants.py $(ARGS)

bench-matching: ## Time a closing of 2,000 applications and 1,000,000 gifts (ARGS="--runs 3")
	@$(BOOTSTRAP) dev && exec $(BIN)/python -m tests.bench.matching $(ARGS)

bench-figures: ## Time the figures of 2,000 applications, 200 funds and 10 years (ARGS="--runs 3")
	@$(BOOTSTRAP) dev && exec $(BIN)/python -m tests.bench.figures $(ARGS)

bench-pages: ## Weigh and time the key pages, in a small town and a large one (ARGS="--runs 5")
	@$(BOOTSTRAP) dev && exec $(BIN)/python -m tests.bench.pages $(ARGS)

screenshots: setup ## Draw the key pages of the demo at 390 and 1280 pixels into var/screenshots
	@exec $(BIN)/python -m tests.support.gallery $(ARGS)

check: ## Format, lint, types, import contracts, migrations, translations (ARGS=--fast for some)
	@$(BOOTSTRAP) dev && exec $(BIN)/python .ci/check.py $(ARGS)

format: ## Put the code in the house's format
	@$(BOOTSTRAP) dev && $(BIN)/ruff check --fix-only --quiet . && $(BIN)/ruff format .

wheel: ## Build the packages into dist/: the site, and what runs it on one machine
	@$(BOOTSTRAP) dev && $(BIN)/python -m hatchling build --target wheel
	@cd voorjebuurt/local && ../../$(BIN)/python -m hatchling build --target wheel -d ../../dist

sbom: ## List what the site is made of in dist/, as CycloneDX
	@$(BOOTSTRAP) dev && exec $(BIN)/python .ci/sbom.py

lock: ## Pin the dependencies anew (maintainers; needs uv; UPGRADE= keeps what is pinned)
	$(COMPILE) -o config/requirements.lock
	$(COMPILE) --extra local -c config/requirements.lock -o config/requirements-run.lock
	$(COMPILE) --extra local --extra dev --extra sbom -c config/requirements-run.lock \
		-o config/requirements-dev.lock
	$(COMPILE) --extra local --extra dev --extra sbom --extra mutants -c config/requirements-dev.lock \
		-o config/requirements-mutants.lock

clean: ## Remove what was built (not the data)
	rm -rf dist build mutants voorjebuurt/static/dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find voorjebuurt tests -name __pycache__ -prune -exec rm -rf {} +
	find voorjebuurt/translations -name '*.mo' -delete

distclean: clean ## Remove the installation too (not the data in var/)
	rm -rf .venv
