# make run    set up and open the studio with a sample picture
# make demo   set up and restore the sample pictures into demo-output/, without a display
# make test   set up and run every check and test

# The first of these that runs and is new enough; `make PYTHON=/path/to/python` overrides it.
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3.14 python3; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready-with-dev
BUNDLE := dist/aestudio/_internal/contents.json
DEMO := demo-output
PIP_FLAGS := --quiet --disable-pip-version-check -c constraints.txt

.PHONY: run demo test lint format bench scores screenshots translations samples bundle installer deb \
	portable test-bundle wheel clean
.DEFAULT_GOAL := run

$(READY): pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "aestudio needs Python 3.11 or newer: sudo apt-get install python3 python3-venv" >&2; exit 1; }
	@test -x $(BIN)/python || { echo "Making $(VENV) with $(PYTHON) ..."; $(PYTHON) -m venv $(VENV) || \
		{ rm -rf $(VENV); echo "Python cannot make a virtual environment: sudo apt-get install python3-venv" >&2; exit 1; }; }
	@echo "Installing what aestudio needs (a few minutes the first time) ..."
	@$(BIN)/python -m pip install $(PIP_FLAGS) -e '.[dev]'
	@touch $@

run: $(READY)
	@$(BIN)/python tools/check_system.py --display
	@$(BIN)/python -m aestudio resources/samples/noisy-house.jpg

demo: $(READY)
	$(BIN)/python -m aestudio denoise resources/samples/noisy-* -o $(DEMO) --overwrite
	$(BIN)/python -m aestudio upscale resources/samples/small-* -o $(DEMO) --scale 4 --overwrite
	$(BIN)/python -m aestudio generate -o $(DEMO)/digits.png --count 64 --seed 1 --grid --overwrite
	@echo "The results are in $(DEMO)/. “make run” opens the same pictures in a window."

test: lint
	@$(BIN)/python tools/check_system.py
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(READY)
	$(BIN)/python -m benchmarks.speed $(ARGS)

# Needs the test pictures: make scores ARGS="--data FOLDER"
scores: $(READY)
	$(BIN)/python -m benchmarks.scores $(ARGS)

screenshots: $(READY)
	@$(BIN)/python tools/check_system.py
	$(BIN)/python tools/screenshots.py
	$(BIN)/python tools/screenshots.py --all

# Needs the folder of pictures that the samples are made from: make samples PICTURES=FOLDER
# Collects what the window says into resources/translations/*.ts and compiles them
translations: $(READY)
	$(BIN)/python tools/translations.py

samples: $(READY)
	$(BIN)/python tools/make_samples.py $(PICTURES)

wheel: $(READY)
	$(BIN)/python -m pip wheel $(PIP_FLAGS) --no-deps --wheel-dir dist .

# A folder that runs without Python: dist/aestudio/. Made anew where something in it has changed.
bundle: $(BUNDLE)

$(BUNDLE): $(READY) build.spec $(shell git ls-files aestudio weights resources packaging 2>/dev/null)
	$(BIN)/python -m pip install $(PIP_FLAGS) -e '.[bundle]'
	$(BIN)/pyinstaller --noconfirm --log-level WARN --distpath dist --workpath build build.spec
	$(BIN)/python packaging/sizes.py dist/aestudio

# What people install: a Debian package, and an archive with a script of its own.
installer: deb portable

deb: $(BUNDLE)
	$(BIN)/python packaging/deb.py dist/aestudio dist

portable: $(BUNDLE)
	$(BIN)/python packaging/archive.py dist/aestudio dist

# The bundle and the Debian package as people meet them; installs and removes the package, so it wants root.
test-bundle: deb
	$(BIN)/python -m pytest -m bundle tests/packaging

clean:
	rm -rf $(DEMO) build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
