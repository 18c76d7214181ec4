#!/bin/sh
# Prints a Python that newsweave can be installed with: 3.11 to 3.13, with venv. Exit status 1 and advice if none.
# A command or path given as argument is the only one tried.
check='import ensurepip, sys, venv; sys.exit(not (3, 11) <= sys.version_info < (3, 14))'
for python in ${1:-python3.11 python3.12 python3.13 python3 python}; do
  if "$python" -c "$check" 2>/dev/null; then
    command -v "$python"
    exit 0
  fi
done
exec >&2
echo "newsweave: ${1:-no Python here} cannot be used: it needs Python 3.11, 3.12 or 3.13 with its venv module."
echo "  Debian, Ubuntu:  apt-get install python3 python3-venv"
echo "  macOS:           brew install python@3.13"
echo "  elsewhere:       https://www.python.org/downloads/"
echo "A Python that is not on PATH:  make PYTHON=/path/to/python3.11 ..."
exit 1
