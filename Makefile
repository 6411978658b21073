PY := .venv/bin/python
.PHONY: run test check fix serve bench up down baseline venv

run: venv
	@$(PY) -W ignore -m dags.run

# In the order of the folders: what takes longest, whole plants, is not left for one worker at the end.
test: venv
	@$(PY) -m pytest -n 2 --dist loadfile --no-loadscope-reorder

check: venv
	@$(PY) -m ruff format --check .
	@$(PY) -m ruff check .
	@$(PY) -m mypy

fix: venv
	@$(PY) -m ruff check --fix .
	@$(PY) -m ruff format .

up down: venv
	@$(PY) -m lots.command.cli $@

serve: up
	@$(PY) -m lots.command.cli serve

# make bench WHICH='questions --rows 100000'
bench: venv
	@$(PY) -m benchmarks $(WHICH)

# The tables as they are declared now, and a dump of them: only while nothing is released.
baseline: venv
	@$(PY) -m lots.store.schema.draft --baseline
	@$(PY) -m tests.filled

venv:
	@bootstrap/venv
