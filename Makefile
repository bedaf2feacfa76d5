# make lab      set up, build, verify the event-driven lesson in a lab of its own
# make test     set up, run every test
# make images   build the container images of docker/compose.offline.yaml, without a registry
# make dist     make a Debian package and an archive of the programs
# The rest: setup build check fmt messages bench soak man clean; CONTRIBUTING.md says what each is for.

SHELL := /bin/bash
.DEFAULT_GOAL := lab
.PHONY: setup build lab images dist test check fmt messages bench soak man clean

PARTS ?= $(or $(LECTERN_PARTS),$(or $(XDG_DATA_HOME),$(HOME)/.local/share)/lectern)
LESSON ?= scenarios/cqrs-event-driven
SWIFT_BUILD := swift build --explicit-target-dependency-import-check error
# The standard library goes into the programs, so that they also run where no Swift is: in a lab's sandbox, in a container.
RELEASE := -c release --static-swift-stdlib
SOURCES := Package.swift Sources Tests

setup:
	@.ci/setup

build: setup
	@echo "build: release, $(shell nproc) cores; the first time takes several minutes, most of it for the packages"
	LECTERN_BUILD=programs $(SWIFT_BUILD) $(RELEASE)

lab: build
	.build/release/lectern verify $(LESSON)

images: build
	@LECTERN_PARTS='$(PARTS)' docker/build-images

# Debian's librdkafka cannot talk to the broker; the one that setup installs can.
test: export LD_LIBRARY_PATH := $(PARTS)/lib$(if $(LD_LIBRARY_PATH),:$(LD_LIBRARY_PATH))
test: setup
	$(SWIFT_BUILD) --build-tests
ifdef FILTER
	swift test --skip-build --disable-xctest --no-parallel --filter '$(FILTER)'
else
	@# One after the other: long computations of some would starve others of their time, and real programs are what the
	@# integration tests test, not each other's load.
	swift test --skip-build --disable-xctest --no-parallel --skip 'IntegrationTests\.'
	swift test --skip-build --disable-xctest --no-parallel --filter 'IntegrationTests\.'
endif

check: setup
	.ci/messages --check
	swift format lint --strict --recursive --parallel $(SOURCES)
	LECTERN_STRICT=1 $(SWIFT_BUILD) --build-tests

fmt:
	swift format --in-place --recursive --parallel $(SOURCES)

# Every text that a user may read, with its place, for a review of the wording.
messages:
	@.ci/messages

bench: setup
	$(SWIFT_BUILD) $(RELEASE)
	.ci/bench

# ROUNDS=1000 takes about half an hour.
soak: build
	.ci/soak

# One page a command, from what the argument parser knows of it.
man: build
	.ci/man .build/release/lectern .build/man

dist: man
	.ci/dist/build .build/release .build/man .build/dist

clean:
	rm -rf .build
