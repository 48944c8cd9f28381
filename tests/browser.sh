#!/usr/bin/env bash
# Sees to a Chromium for the tests that open reports: one on the PATH is used as it is; on Debian, as root, the
# distribution's is installed. It knows nothing of the tests.
set -eu

# As tests/test_browser.py looks for them.
names=(chromium chromium-browser google-chrome chrome)

main() {
    if found=$(find_browser); then
        say "$found"
        return
    fi
    need_no_other_cause
    say "installing chromium from the distribution's packages"
    # One broken third-party source fails the update and says nothing about the distribution's own.
    quietly apt-get update || true
    quietly apt-get install --yes --no-install-recommends chromium || exit 1
    found=$(find_browser) || fail "the package chromium brought none of: ${names[*]}"
    say "$found"
}

say() { echo "browser: $*"; }

fail() {
    say "$*" >&2
    exit 1
}

# A launcher that only tells to install something else, as Ubuntu's package has, does not answer.
find_browser() {
    local name
    for name in "${names[@]}"; do
        command -v "$name" >/dev/null && "$name" --version 2>/dev/null && return
    done
    return 1
}

need_no_other_cause() {
    if ! command -v apt-get >/dev/null || [ "$(id -u)" != 0 ]; then
        fail "no Chromium is here (${names[*]}); install it (on Debian: \`sudo apt-get install chromium\`;" \
            "on Ubuntu: Google's package of Chrome), then run this again"
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
