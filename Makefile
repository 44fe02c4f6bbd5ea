# make demo       装好并检查 examples/ 里的六份文本样例
# make test       装好并跑测试，kpi/ 的覆盖率不低于 95 %
# make check      ruff、mypy --strict、分层约束
# make benchmark  速度和内存的比值（不属于测试）
# make accuracy   在标注样本上量每条规则的准确率，写 docs/accuracy.md；接着更新 docs/rules.md
# make docs       由规则和程序生成的文件：docs/rules.md、docs/schema/、grammar/value.table.json、两处 kept.json
# make wheelhouse 把程序和它用的库放进 wheelhouse/，拿到不联网的电脑上安装；给 Windows 打包：
#                 make wheelhouse WHEELHOUSE_ARGS="--platform win_amd64 --python-version 3.12 --only-binary=:all:"
# make pictures   重画 docs/pictures/ 里的图（要有 Chromium、LibreOffice、poppler 和中文字体）
#
# 另选 Python：make demo PYTHON=python3.12

PYTHON ?= python3
VENV ?= .venv
PYTEST_ARGS ?=
WHEELHOUSE ?= wheelhouse
WHEELHOUSE_ARGS ?=

ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif
RUN := $(BIN)/python
PIP := $(RUN) -m pip --disable-pip-version-check install --quiet
# pip compiles what it copies; a checkout that is run in place has to be compiled by hand to start as fast
COMPILE := $(RUN) -m compileall -q kpi

.PHONY: demo test check benchmark accuracy docs wheelhouse pictures clean

# Installed in place: what is edited in the checkout (kpi/, grammar/, rulesets/) is what runs.
$(VENV)/.kpi-made:
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "需要 Python 3.11 或更新的版本；可写 make demo PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	touch $@

$(VENV)/.kpi-run: pyproject.toml | $(VENV)/.kpi-made
	$(PIP) -e .
	$(COMPILE)
	touch $@

$(VENV)/.kpi-dev: pyproject.toml | $(VENV)/.kpi-made
	$(PIP) -e '.[dev,fast]'
	$(COMPILE)
	touch $@ $(VENV)/.kpi-run

demo: $(VENV)/.kpi-run
	$(BIN)/kpi lint --fail-on never $(wildcard examples/*.txt)

test: $(VENV)/.kpi-dev
	$(RUN) -m pytest -n auto --cov=kpi --cov-fail-under=95 $(PYTEST_ARGS)

check: $(VENV)/.kpi-dev
	$(RUN) -m ruff check .
	$(RUN) -m mypy --strict
	$(BIN)/lint-imports

# A peer that does not install is skipped with its reason by peers.py; it must not stop the other benchmarks.
$(VENV)/.kpi-bench: pyproject.toml | $(VENV)/.kpi-run
	-$(PIP) -e '.[bench]'
	touch $@

benchmark: $(VENV)/.kpi-bench
	@failed=0; for one in value startup scaling rules projects peers reports annotated jobs recognition readers_docx readers_xlsx readers_pdf; do $(RUN) benchmarks/$$one.py || failed=1; echo; done; exit $$failed

accuracy: $(VENV)/.kpi-dev
	$(RUN) -m tests.corpus.measure --write
	$(MAKE) docs

docs: $(VENV)/.kpi-dev
	$(RUN) -m kpi.rules.keeping
	$(RUN) -m kpi.values.tables
	$(BIN)/kpi rules --ruleset national --format md -o docs/rules.md
	for one in $$($(RUN) -c 'from kpi.commands.schema import NAMES; print(*NAMES)'); do $(BIN)/kpi schema $$one -o docs/schema/$$one.schema.json; done

# First what has to be built (this project, libraries published as sources alone), then the whole set for the machine
# that it is meant for. Without arguments that is a machine like this one, and everything is there already.
wheelhouse: $(VENV)/.kpi-made
	rm -rf $(WHEELHOUSE)/*.whl $(WHEELHOUSE)/.built
	$(RUN) -m pip --disable-pip-version-check wheel --quiet --wheel-dir $(WHEELHOUSE)/.built .
	$(RUN) -m pip --disable-pip-version-check download --quiet --dest $(WHEELHOUSE) --find-links $(WHEELHOUSE)/.built \
	  $(or $(WHEELHOUSE_ARGS),--no-index) $(WHEELHOUSE)/.built/kpi_targets-*.whl
	rm -rf $(WHEELHOUSE)/.built
	cp docs/offline-install.txt $(WHEELHOUSE)/安装说明.txt

pictures: $(VENV)/.kpi-dev
	$(RUN) -m tests.pictures

clean:
	rm -rf $(VENV) wheelhouse build dist .coverage .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
