# Each target sets up its own .venv first, so that every one works right after a clone.
# The first of these that runs and can make a venv: a name on PATH may be a shim without a Python behind it.
PYTHONS := python3.11 python3.12 python3.13 python3.14 python3
FITS := import ensurepip, sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))
PYTHON ?= $(shell for each in $(PYTHONS); do $$each -c '$(FITS)' 2>/dev/null && echo $$each && break; done)
BIN := .venv/bin
LOCK := requirements.lock
DEV_LOCK := requirements-dev.lock

.PHONY: demo chat test test-fast check types rules bench soak hostile lock audit pythons sbom format clean

demo: .venv/.run ## the main job from upload to result file, on this machine alone
	$(BIN)/numberdesk demo $(ARGS)

chat: .venv/.run ## the bot in a browser, on this machine alone
	$(BIN)/numberdesk chat $(ARGS)

# One worker more than CI has cores: a story waits for a good part of its time.
test: .venv/.dev ## every test (ARGS=--thorough: all engines, and all examples)
	$(BIN)/python -m pytest -n 3 --dist worksteal $(ARGS)

test-fast: .venv/.dev ## for the daily loop: a story of each file, SQLite alone, few examples, no processes
	$(BIN)/python -m pytest -n 3 --dist worksteal --fast $(ARGS)

check: .venv/.dev ## style, types, the direction of imports, and how the house stands
	@$(MAKE) --no-print-directory -j 2 --output-sync=target types rules

types:
	$(BIN)/mypy

rules:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-cache
	$(BIN)/python -m scripts.house

bench: .venv/.dev ## speed, as ratios against a peer in the same run
	$(BIN)/python -m bench $(ARGS)

soak: .venv/.dev ## people, faults and deaths for two minutes, and an audit (ARGS="--seconds 600")
	$(BIN)/python -m soak $(ARGS)

format: .venv/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: .venv/.dev ## pins and hashes without index addresses
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet --upgrade pyproject.toml --extra build -o $(LOCK)
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet --upgrade pyproject.toml --extra build --extra dev -c $(LOCK) -o $(DEV_LOCK)

hostile: .venv/.dev ## files that mean harm, against the real bot (ARGS="fuzz --count 5000")
	$(BIN)/python -m scripts.hostile $(ARGS)

audit: .venv/.dev ## known weaknesses in what is shipped; needs the network
	$(BIN)/python -m scripts.audit $(ARGS)

pythons: ## the main job on each Python from 3.11 to 3.14 that is there, from the lock on
	$(PYTHON) -m scripts.pythons $(PYTHONS)

sbom: .venv/.dev ## what is shipped, as CycloneDX, into dist/
	$(BIN)/python -m scripts.sbom $(ARGS)

# The package is installed by its own lock's hatchling, without build isolation, so that nothing unpinned runs.
.venv/.run: $(LOCK) pyproject.toml
	@test -x $(BIN)/python || test -n "$(PYTHON)" || { echo "Python 3.11, 3.12, 3.13 or 3.14 is needed (on Debian with python3-venv); PYTHON=… names another" >&2; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(LOCK)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

.venv/.dev: $(DEV_LOCK) .venv/.run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(DEV_LOCK)
	touch $@

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis
