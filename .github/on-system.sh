#!/bin/sh
# One system of the matrix: installs the packed tarball with the engine that is there, and writes the reports.
#
#   on-system.sh NAME TARBALL REPORTS [NODE]
#
# NODE is the engine, node if it is left out; bun does as well. A report that tells of broken promises or of a program
# that fails is a report: what counts is that there is one. Where koffi has no binary for the system (NetBSD), only what
# needs none of it is tried.
set -eu

name=$1
tarball=$2
reports=$3
node=${4:-node}

mkdir -p "$reports"
run=$(mktemp -d)
trap 'rm -rf "$run"' EXIT
cp "$tarball" "$run/package.tgz"
cd "$run"
printf '{ "private": true }\n' > package.json
npm install --ignore-scripts --no-audit --no-fund ./package.tgz
package=node_modules/daemon-conformance
cli=$package/harness/bin.cjs

"$node" "$cli" --version
"$node" "$cli" list > /dev/null
"$node" "$cli" suite --dry-run | tail -n 1

if ! "$node" -e 'require("koffi")' 2> /dev/null; then
  echo "koffi has no binary for $name: nothing can be observed or launched there"
  exit 0
fi

"$node" "$cli" doctor

# 1: a promise is broken; 3: one was not resolved.
"$node" "$cli" suite -f "json=$reports/suite-$name.json" || [ -s "$reports/suite-$name.json" ]

# Fixtures, right ones and spoiled ones: the exact failures are told by the reports.
for fixture in recipes/sysv recipes/daemon3-00 defects/stays-session-leader defects/stays-in-directory; do
  report=$reports/check-$name-$(basename "$fixture").json
  "$node" "$cli" --quick -f "json=$report" -- "$node" --single-threaded "$package/dist/examples/$fixture.js" ||
    [ -s "$report" ]
done
