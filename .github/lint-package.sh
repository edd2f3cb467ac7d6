#!/bin/sh
# Has the packed tarball linted by what others have written for that; neither is a dependency.
#
#   lint-package.sh TARBALL
#
# attw: no entry is for Node 10's resolution, which knows no "exports", as all Nodes that are supported do; and vitest is an
# ES module alone, as is the entry for it. No rule is left out.
set -eu

npx --yes publint@0.3.25 --strict "$1"
attw() {
  npx --yes --package=@arethetypeswrong/cli@0.18.5 -- attw "$@"
}
attw "$1" --profile node16 --exclude-entrypoints vitest
attw "$1" --profile esm-only --entrypoints vitest
