#!/usr/bin/env bash
# Writes deploy/locks/*.txt from pyproject.toml: every package that an extra brings, pinned and with its hashes.
#
#   deploy/lock.sh              takes up what changed in pyproject.toml, keeps all other versions
#   deploy/lock.sh --upgrade    moves everything to the newest versions that pyproject.toml allows
#
# Needs uv (part of the dev extra). The lists are complete, so they are installed with `pip install --no-deps
# --require-hashes -r`: what a package asks for but must not have (pyproject.toml, [tool.uv]) stays out.
# They hold no address: they install from PyPI or from any mirror alike.
# torch has a list of its own, pinned but without a hash: its builds (CPU, CUDA) differ under one version.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
uv=${UV:-uv}
locks=deploy/locks

# What torch itself needs from Python. The rest that it asks for on Linux is CUDA.
torch_needs=("filelock" "fsspec>=0.8.5" "jinja2" "networkx>=2.5.1" "setuptools>=77.0.3" "sympy>=1.13.3")

# compile NAME INPUT... OPTION...: writes deploy/locks/NAME.txt; the input - is standard input.
compile() {
  local list=$locks/$1.txt
  shift
  "$uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
    --no-emit-find-links --no-emit-package torch --annotation-style line --custom-compile-command "make lock" \
    --output-file "$list" "$@"
  echo "$list: $(grep -c '^[a-z0-9].*==' "$list") packages"
}

# One resolution with everything in it; the others are cut out of it, so that tests run what images run.
compile dev pyproject.toml --extra dev "$@"
as_in_dev=(--constraint "$locks/dev.txt" "$@")
printf '%s\n' "${torch_needs[@]}" |
  compile sentence-transformers pyproject.toml - --extra sentence-transformers "${as_in_dev[@]}"
compile local pyproject.toml --extra local "${as_in_dev[@]}"
for service in ingest extract dedupe api; do
  compile "$service" pyproject.toml --extra "$service" "${as_in_dev[@]}"
done
compile model pyproject.toml --extra dedupe --extra model "${as_in_dev[@]}"
echo hatchling | compile build - "${as_in_dev[@]}"
