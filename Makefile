PY := .venv/bin/python
.PHONY: run test check fix serve bench up down venv

run: venv
	@$(PY) -W ignore -m dags.run

test: venv
	@$(PY) -m pytest

check: venv
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check --quiet .
	@$(PY) -m mypy

fix: venv
	@$(PY) -m ruff check --fix .
	@$(PY) -m ruff format .

serve up down: venv
	@$(PY) -m lots.cli $@

bench: venv
	@$(PY) -m benchmarks

venv:
	@bootstrap/venv
