.DEFAULT_GOAL := help

help: ## print this
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /	/' | sort

build: ## build the binary
	CGO_ENABLED=0 go build ./cmd/fettle

test: ## run the tests
	go test ./...

golden: ## rewrite every golden file, then read the difference
	UPDATE=1 go test ./generators ./cmd/...
	git diff --stat

golden-diff: ## what the files of all cases would change by, against HEAD (or REV=…)
	DIFF=$${REV:-HEAD} go test ./generators -run TestDigests -count=1 -v

lint: ## gofmt and vet
	@test -z "$$(gofmt -l .)" || { gofmt -l .; exit 1; }
	go vet ./...

e2e: ## every scenario through every target's files, on engines; writes docs/scenarios.md
	. .ci/tools && TMPDIR=$$scenarios_in FETTLE_E2E=yes FETTLE_RESULTS=yes go test ./e2e -count=1 -timeout 25m -parallel 4

nightly: ## a real Gitea, and longer looks at every property
	.ci/nightly

fuzz: ## each quoting function and the parser, for thirty seconds
	go test ./generators/gen -run xxx -fuzz FuzzYAML -fuzztime 30s
	go test ./generators/gen -run xxx -fuzz FuzzShell -fuzztime 30s
	go test ./generators/jenkins -run xxx -fuzz FuzzGroovy -fuzztime 30s
	go test ./generators/github -run xxx -fuzz FuzzExpression -fuzztime 30s
	go test ./generators/gitlab -run xxx -fuzz FuzzPOSIX -fuzztime 30s
	go test ./generators/azure -run xxx -fuzz FuzzValue -fuzztime 30s
	go test ./schema -run xxx -fuzz FuzzParse -fuzztime 30s

bench: ## what everything costs, beside other tools (from Go's proxy and npm); writes docs/performance.md; 40 minutes
	go run ./internal/test/bench compiler --page
	go run ./internal/test/bench functions --page
	go run ./internal/test/bench fleets --page
	go run ./internal/test/bench peers --page
	go run ./internal/test/bench script --page
	go run ./internal/test/bench ledger --page

release-files: # completions and manual pages, for .goreleaser.yaml
	rm -rf build/release
	mkdir -p build/release/completions build/release/man
	go build -tags manual -ldflags "-X main.stamped=$(VERSION)" -o build/release/fettle ./cmd/fettle
	build/release/fettle completion bash > build/release/completions/fettle.bash
	build/release/fettle completion zsh > build/release/completions/_fettle
	build/release/fettle completion fish > build/release/completions/fettle.fish
	build/release/fettle completion powershell > build/release/completions/fettle.ps1
	SOURCE_DATE_EPOCH=$(EPOCH) build/release/fettle manual build/release/man
	rm build/release/fettle

release-snapshot: ## archives, checksums and SBOMs of this commit in dist/; nothing is published
	.ci/release snapshot

release-check: ## the same, built twice and compared, with what is in it
	.ci/release check

speed: ## fettle rehearse beside the engines of the targets, in turn; prints figures for docs/performance.md
	. .ci/tools && TMPDIR=$$scenarios_in FETTLE_SPEED=$${ROUNDS:-3} go test ./e2e -run TestSpeed -count=1 -timeout 30m

check: ## what CI runs
	.ci/run

.PHONY: help build test golden golden-diff lint e2e nightly fuzz bench speed release-files release-snapshot release-check check
