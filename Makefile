# Two commands matter: `make run` and `make test`. What they need they make themselves.

.PHONY: setup run test bench wheel lock messages clean

setup:
	@scripts/setup

run: setup
	@.venv/bin/meetings serve --demo

test:
	@scripts/setup dev
	@scripts/programs
	@scripts/check

bench:
	@scripts/setup dev
	@.venv/bin/python -m benchmarks

wheel:
	@scripts/setup dev
	@rm -rf dist build && .venv/bin/python -m hatchling build -t wheel

# For developers: pin the newest versions that pyproject.toml and package.json allow.
lock:
	@scripts/setup
	@scripts/lock

# For developers: take the words of code and templates into the catalogues.
messages:
	@scripts/setup dev
	@scripts/messages

clean:
	@rm -rf .venv node_modules static/vendor dist build
