#!/usr/bin/env bash
# Sees to what a CI job grades with: Pivotlab in an environment of its own, and the image of the lab; what is there is
# used as it is. It needs no secret.
set -euo pipefail

here=$PWD
cd "$(dirname "${BASH_SOURCE[0]}")/.."

main() {
    install_pivotlab
    .venv/bin/pivotlab images build "$(find_lab)"
}

# From this folder, never from the learner's: `python -m venv` there would run a file of theirs called venv.py.
install_pivotlab() {
    python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || fail "Python 3.11 or newer is needed as python3"
    if [ ! .venv/.ci -nt pyproject.toml ]; then
        echo "pivotlab: installing it into $PWD/.venv"
        python3 -m venv .venv
        .venv/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[ci]'
        touch .venv/.ci
    fi
    .venv/bin/pivotlab --version
}

find_lab() {
    case "${PIVOTLAB_BUNDLE:-}" in
        "") echo "${PIVOTLAB_LAB:?say which lab: PATH/LAB}" ;;
        /*) echo "$PIVOTLAB_BUNDLE" ;;
        *) echo "$here/$PIVOTLAB_BUNDLE" ;;
    esac
}

fail() {
    echo "pivotlab: $*" >&2
    exit 2
}

main
