# chancery: what people do, one word each; Meson (meson.build) does the work.
#
#   B=DIR         another build folder                 PREFIX=/usr  DESTDIR=/tmp/x   for `make install`
#   FUZZ_SECONDS=60   for each target of `make fuzz`   SHARED=../shared   the scorers and gold of `make eval`
B ?= build
PREFIX ?= /usr/local
DESTDIR ?=
FUZZ_SECONDS ?= 60
EVENTS ?= 100000
SHARED ?= ../shared
CHANCERY = $(B)/chancery

.PHONY: all deps deps-test demo web test browser faults eval bench stats install fuzz asan golden readme clean help
.NOTPARALLEL:

all: $(B)/build.ninja ## build build/chancery (the default)
	@meson compile -C $(B)

$(B)/build.ninja:
	@command -v meson >/dev/null || { echo "make: Meson is not installed: run 'make deps'" >&2; exit 1; }
	meson setup $(B) --prefix $(PREFIX)

deps: ## install what is missing of the Debian packages (tools/deps.sh; says so where you are not root)
	@sh tools/deps.sh

demo: deps all ## take in the sample pages of demo/pages and show what a record looks like
	@sh tools/demo.sh $(CHANCERY)

deps-test: ## the same, and the servers that tests start (PostgreSQL, NATS)
	@sh tools/deps.sh --test

test: deps-test all ## all tests; the last line is "N passed, N failed"
	@sh tools/test.sh $(B)

web: ## build the web page's files, web/dist, from web/src (wants npm; they are checked in, so that nothing else does)
	@sh tools/web.sh web/dist

browser: deps-test all ## the tests of the web page in a browser alone (test/browser); REWRITE=--rewrite writes what they expect anew
	@sh tools/browser.sh $(REWRITE) $(B)

faults: deps-test all ## three times: workers, servers, networks and disks fail (test/fault/cluster.sh; root)
	@for round in 1 2 3; do echo "round $$round"; \
		sh test/fault/cluster.sh $(CHANCERY) $(B)/test/work/work-dump . || exit 1; done

eval: all ## the scorers of ../shared/score over ../shared
	@sh tools/eval.sh $(CHANCERY) $(SHARED)

bench: all ## words a second, memory, start-up time; questions of a store of EVENTS events (100000)
	@sh bench/bench.sh $(B)
	@sh bench/scale/scale.sh $(B) $(EVENTS)
	@sh bench/serve.sh $(B) $(EVENTS)

stats: all ## how many people, offices, organisations, names there are; fails with fewer than 5,000 dated holders
	@$(CHANCERY) version --stats
	@$(CHANCERY) version --json | sed 's/.*"dated holders":\([0-9]*\).*/\1/' | { read n; [ "$$n" -ge 5000 ] || \
		{ echo "make stats: $$n dated holders; 5000 are wanted" >&2; exit 1; }; }

install: all ## install under PREFIX (default /usr/local), below DESTDIR
	@meson configure $(B) --prefix $(abspath $(PREFIX))
	DESTDIR=$(DESTDIR) meson install -C $(B)

fuzz: ## each libFuzzer target for FUZZ_SECONDS, from test/fuzz/corpus (clang)
	@sh tools/deps.sh --dev
	@sh tools/fuzz.sh build-fuzz $(FUZZ_SECONDS)

asan: deps-test ## all tests under AddressSanitizer and UndefinedBehaviorSanitizer, in build-asan
	@[ -f build-asan/build.ninja ] || meson setup build-asan -Dbuildtype=debugoptimized -Db_ndebug=false \
		-Db_sanitize=address,undefined -Db_lundef=false
	@meson compile -C build-asan
	@sh tools/test.sh build-asan --timeout-multiplier 5

golden: all ## rewrite the expected output of test/golden; `git diff` is the review
	@sh test/golden/run.sh --rewrite $(CHANCERY)

readme: all ## write the session of README.md anew
	@sh tools/readme.sh $(CHANCERY)

clean: ## remove the build folders
	rm -rf $(B) build-asan build-fuzz

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{ printf "%-16s %s\n", $$1, $$2 }'
