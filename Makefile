# The emscripten link step looks for acorn, which a Node from elsewhere does not find.
export NODE_PATH := $(NODE_PATH):/usr/share/nodejs

NPM := web/node_modules/.package-lock.json
BENCH_NPM := web/bench/node_modules/.package-lock.json
CORE := build/wasm/modules.txt
PROGRAM := build/native/descent
SITE := build/site/index.html
CXX_FILES = $(shell find cpp tests -name '*.h' -o -name '*.cpp')
WEB_FILES := $(shell find web \( -name node_modules -o -path web/bench \) -prune -o -type f -print)
WEB_TESTS = $(sort $(wildcard tests/web/*.test.mjs))

.PHONY: help setup build serve site test check bench format clean native tools always

help: ## This list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | expand -t 10

setup: tools $(NPM) ## Install what is missing: Debian packages, npm packages

build: $(PROGRAM) $(CORE) ## Compile natively and to WebAssembly

serve: build site ## Build everything and serve it (PORT=8000)
	node web/tools/serve.mjs build/site

site: $(SITE) ## Make the static site in build/site, and a standalone file for each lab

test: build site ## Run every test: native, sanitized, WebAssembly, browser
	@bash cpp/cmake/setup.sh test
	cmake --build --preset tests
	ctest --preset tests --parallel 2 --verbose
	node --test --test-reporter=./tests/web/reporter.mjs $(WEB_TESTS)

check: $(NPM) ## Types of the JavaScript, format of the C++
	web/node_modules/.bin/tsc -p web
	web/node_modules/.bin/tsc -p web/tools
	@if command -v clang-format >/dev/null; then clang-format --dry-run --Werror $(CXX_FILES); else echo "clang-format is not here: format not checked"; fi

bench: site $(BENCH_NPM) ## Measure the optimizers, and network training beside other libraries
	cmake --build --preset bench
	cmake --build --preset wasm --target descent_bench_js
	build/native/descent_bench
	node web/bench/networks.mjs

format: ## Format the C++
	clang-format -i $(CXX_FILES)

clean: ## Remove what was built
	rm -rf build web/node_modules web/bench/node_modules

tools:
	@bash cpp/cmake/setup.sh

%/node_modules/.package-lock.json: %/package-lock.json | tools
	npm --prefix $* ci --ignore-scripts --no-audit --no-fund
	@touch $@

build/%/.configured: CMakePresets.json | tools
	cmake --preset $*
	@touch $@

native: $(PROGRAM)

# Ninja decides whether anything is to be done; make then looks at the file's time.
$(PROGRAM): build/native/.configured always
	cmake --build --preset native

$(CORE): build/wasm/.configured always
	cmake --build --preset wasm

# The program's catalogue fills the reference.
$(SITE): $(CORE) $(PROGRAM) $(NPM) $(WEB_FILES) LICENSE
	node web/tools/build-site.mjs
