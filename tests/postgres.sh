#!/usr/bin/env bash
# Sees to PostgreSQL's server programs for the tests of a course whose gradebook is there: those of the PATH or of a
# distribution's folder are used as they are; on Debian, as root, the distribution's are installed. It starts no server.
set -eu

main() {
    if found=$(find_server); then
        say "$found"
        return
    fi
    need_no_other_cause
    say "installing postgresql from the distribution's packages"
    # One broken third-party source fails the update and says nothing about the distribution's own.
    quietly apt-get update || true
    quietly apt-get install --yes --no-install-recommends postgresql || exit 1
    found=$(find_server) || fail "the package postgresql brought no initdb and postgres"
    say "$found"
}

say() { echo "postgres: $*"; }

fail() {
    say "$*" >&2
    exit 1
}

# As tests/test_course_postgres.py looks for them: Debian keeps them off the PATH, in a folder for each version.
find_server() {
    local folder
    for folder in $(tr : ' ' <<<"$PATH") /usr/lib/postgresql/*/bin; do
        [ -x "$folder/initdb" ] && "$folder/postgres" --version 2>/dev/null && return
    done
    return 1
}

need_no_other_cause() {
    if ! command -v apt-get >/dev/null || [ "$(id -u)" != 0 ]; then
        fail "no PostgreSQL server is here (initdb, postgres); install it (on Debian: \`sudo apt-get install" \
            "postgresql\`), then run this again"
    fi
}

quietly() {
    local output
    output=$(DEBIAN_FRONTEND=noninteractive "$@" 2>&1 </dev/null) && return
    say "\`$*\` failed:" >&2
    tail -n 15 <<<"$output" >&2
    return 1
}

main
