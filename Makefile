PY := .venv/bin/python
# With HOSTS=1 `test` and `bench` run in .venv/hosts, which has an object store, executors of several hosts
# and what questions are timed beside; `test` then runs what needs them alone.
WITH := $(if $(HOSTS),.venv/hosts/bin/python,$(PY))
.PHONY: run test check fix serve bench up down worlds baseline venv hosts

run: venv
	@$(PY) -W ignore -m dags.run

# In the order of the folders: what takes longest, whole plants, is not left for one worker at the end.
test: $(if $(HOSTS),hosts,venv)
	@$(WITH) -m pytest $(if $(HOSTS),tests/hosts tests/integration/test_object_stores.py,-n 2 --dist loadfile --no-loadscope-reorder)

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
bench: $(if $(HOSTS),hosts,venv)
	@$(WITH) -m benchmarks $(WHICH)

# make worlds N=2000 [SEED=7] [QUESTIONS=60] [PAGE=1]: of drawn worlds whose answers are complete that many
# things are changed, one by one, and so many questions asked after each; PAGE=1 writes
# docs/certificate-tables.md
worlds: venv
	@$(PY) -W ignore -m tests.worlds $(N) $(if $(SEED),--seed $(SEED)) \
		$(if $(QUESTIONS),--questions $(QUESTIONS)) $(if $(PAGE),--page)

# The tables as they are declared now, and a dump of them: only while nothing is released.
baseline: venv
	@$(PY) -m lots.store.schema.draft --baseline
	@$(PY) -m tests.filled

venv:
	@bootstrap/venv

hosts: venv
	@$(PY) -m tests.hosts.environment
