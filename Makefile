# make run: the dashboard on http://localhost:8501. make test: the tests.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: run test lint speed records pages pictures accuracy neck wrist forearm people blur lifter samples

run: $(VENV)/run.done
	$(BIN)/rom-vision model
	$(BIN)/python app.py

test: $(VENV)/test.done
	$(BIN)/rom-vision model
	$(BIN)/python -m pytest -n 2

lint: $(VENV)/test.done
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# frames a second against the plain loop, on one clip, in one run
speed: $(VENV)/run.done
	$(BIN)/python benchmarks/speed.py

# opening a client in a record of thousands, in milliseconds and queries; fills it in a minute or two
records: $(VENV)/run.done
	$(BIN)/python -m benchmarks.records

# a page's time in chromium, in a record of 500 clients
pages: $(VENV)/test.done
	$(BIN)/python -m benchmarks.pages

# of every page, on a phone and a laptop, in light and dark; in a few minutes, into benchmarks/cache/pictures
pictures: $(VENV)/test.done
	$(BIN)/rom-vision model
	$(BIN)/python -m benchmarks.pictures

# errors against exact truth; `make accuracy SET="--size whole"` for releases, which renders for hours the first time
accuracy: $(VENV)/studio.done
	$(BIN)/python -m benchmarks.accuracy $(SET)

# the same of the neck by the face, wrist and forearm by the hand, who is measured among several people, and how much
# of covered faces is left
neck wrist forearm people blur: $(VENV)/studio.done
	$(BIN)/python -m benchmarks.$@

# makes the lifter's weights anew, in an hour or two
lifter: $(VENV)/studio.done
	$(BIN)/python -m benchmarks.lifter

# renders sample_videos/ anew
samples: $(VENV)/studio.done
	$(BIN)/python -m benchmarks.studio samples

$(VENV)/run.done: requirements.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("ROM Vision needs Python 3.11 or newer: make run PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --editable .
	touch $@

$(VENV)/test.done: tests/requirements.txt $(VENV)/run.done
	$(BIN)/pip install --quiet --requirement tests/requirements.txt
	touch $@

$(VENV)/studio.done: benchmarks/requirements.txt $(VENV)/run.done
	$(BIN)/pip install --quiet --requirement benchmarks/requirements.txt
	touch $@
