#!/bin/sh
# Prints the first Python that is new enough. PYTHON names one to use.
for python in "${PYTHON:-}" .venv/bin/python python3 python3.14 python3.13 python3.12 python3.11; do
    [ -n "$python" ] || continue
    if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
        command -v "$python"
        exit 0
    fi
done
echo "Python 3.11 or newer is needed; none was found (PYTHON=/path/to/python names one)." >&2
exit 1
