#!/usr/bin/env bash
# Makes the base image for machines that reach no container registry: Debian bookworm with its Python 3.11 and git, from
# the mirror that this machine's own apt sources name. It knows nothing of environments.
set -eu -o pipefail

cd "$(dirname "$0")/.."
python="${PIVOTLAB_PYTHON:-.venv/bin/python}"
suite=bookworm
repository=pivotlab/base
tag=bookworm-python3.11-git

main() {
    need_root
    command -v debootstrap >/dev/null || install_debootstrap
    local mirror tree
    mirror=$(find_mirror)
    [ -n "$mirror" ] || fail "the apt sources name no mirror of Debian $suite; set PIVOTLAB_DEBIAN_MIRROR to one"
    tree=$(mktemp --directory)
    # One file system only: a bootstrap that broke off may have left /proc mounted in there.
    trap 'rm -rf --one-file-system "'"$tree"'"' EXIT
    say "bootstrapping Debian $suite, under a minute on a fast line"
    bootstrap "$tree" "$mirror"
    say "importing it"
    pack "$tree" | import_image
    say "made $repository:$tag"
}

say() { echo "base: $*"; }

fail() {
    say "$*" >&2
    exit 1
}

need_root() {
    [ "$(id -u)" = 0 ] || fail "a base image is bootstrapped by root; run \`sudo docker/base.sh\`"
    [ -x "$python" ] || fail "there is no $python to reach the engine with; run \`make .venv/.installed\` first"
    command -v apt-get >/dev/null || fail "this needs Debian or Ubuntu; elsewhere set PIVOTLAB_BASE_IMAGE to an image" \
        "with Python 3.11 and git that your engine can pull"
}

install_debootstrap() {
    say "installing debootstrap from the distribution's packages"
    # One broken third-party source fails the update and says nothing about the distribution's own.
    quietly apt-get update || true
    quietly apt-get install --yes --no-install-recommends debootstrap debian-archive-keyring || exit 1
}

quietly() {
    local output
    output=$(DEBIAN_FRONTEND=noninteractive "$@" 2>&1 </dev/null) && return
    say "\`$*\` failed:" >&2
    tail -n 15 <<<"$output" >&2
    return 1
}

# apt reads its own sources, in whichever of their two formats. A third party may publish a suite of the same name, so
# an archive called debian goes first.
find_mirror() {
    if [ -n "${PIVOTLAB_DEBIAN_MIRROR:-}" ]; then
        echo "$PIVOTLAB_DEBIAN_MIRROR"
        return
    fi
    apt-get indextargets --no-release-info --format '$(RELEASE) $(COMPONENT) $(REPO_URI)' |
        awk -v suite="$suite" '$1 == suite && $2 == "main" { print ($3 !~ /\/debian\/?$/), $3 }' |
        sort -u | awk 'NR == 1 { print $2 }'
}

bootstrap() {
    quietly debootstrap --variant=minbase --include=python3,python3-venv,git "$suite" "$1" "$2" ||
        fail "debootstrap from the first apt mirror of $suite failed; set PIVOTLAB_DEBIAN_MIRROR to another"
}

# The caches, lists and manuals are left out of the archive: the image never runs apt and nobody reads man in it. The
# device nodes are the engine's to make, and debootstrap's copies of this machine's names and of its mirror's address,
# which may hold a password, are nobody else's business.
pack() {
    tar --create --numeric-owner --directory "$1" \
        --exclude='./dev/*' --exclude='./proc/*' --exclude='./sys/*' --exclude='./tmp/*' \
        --exclude='./var/cache/*' --exclude='./var/lib/apt/lists/*' --exclude='./var/log/*' \
        --exclude='./usr/share/doc/*' --exclude='./usr/share/man/*' --exclude='./usr/share/info/*' \
        --exclude='./usr/share/locale/*' \
        --exclude='./etc/hostname' --exclude='./etc/resolv.conf' --exclude='./etc/apt/sources.list' .
}

# Through the SDK, because a machine may have an engine and no docker client.
import_image() {
    "$python" -c '
import sys

import docker

engine = docker.from_env(timeout=600)
answer = engine.api.import_image_from_stream(
    iter(lambda: sys.stdin.buffer.read(1 << 20), b""),
    repository=sys.argv[1],
    tag=sys.argv[2],
    changes=["ENV LANG=C.UTF-8", "CMD [\"python3\"]"],
)
if "\"error\"" in answer:
    sys.exit(answer)
' "$repository" "$tag"
}

main
