#!/usr/bin/env bash
# Sees to a Docker engine, a line a step: one that answers is used as it is; on Debian or Ubuntu, as root, one is
# installed and started. It knows nothing of images.
set -eu

cd "$(dirname "$0")/.."
python="${PIVOTLAB_PYTHON:-.venv/bin/python}"
log=/var/log/pivotlab-dockerd.log
patience_seconds=60

main() {
    need_python
    if answers; then
        say "the engine answers: $(engine_version)"
        return
    fi
    need_no_other_cause
    command -v dockerd >/dev/null || install_engine
    start_engine
    wait_for_engine
    say "the engine answers: $(engine_version)"
}

say() { echo "engine: $*"; }

fail() {
    say "$*" >&2
    exit 1
}

need_python() {
    [ -x "$python" ] || fail "there is no $python to ask the engine with; run \`make .venv/.installed\` first"
}

# Asked through the SDK that the grader uses, so an answer here is an answer there. A docker client on the PATH says
# nothing: it is there on machines that have no engine.
answers() { "$python" -c 'import docker; docker.from_env(timeout=10).ping()' >/dev/null 2>&1; }

engine_version() {
    "$python" -c 'import docker; v = docker.from_env().version(); print("Docker", v["Version"], v["Os"] + "/" + v["Arch"])'
}

need_no_other_cause() {
    [ -z "${DOCKER_HOST:-}" ] || fail "DOCKER_HOST is $DOCKER_HOST and nothing answers there; mend or unset it"
    if [ -S /var/run/docker.sock ] && [ ! -w /var/run/docker.sock ]; then
        fail "an engine is here and $(id -un) may not use it; run \`sudo usermod -aG docker $(id -un)\`, then log in again"
    fi
    if ! command -v apt-get >/dev/null || [ "$(id -u)" != 0 ]; then
        fail "no Docker engine answers; install Docker Engine or Docker Desktop and start it" \
            "(on Debian and Ubuntu: \`sudo apt-get install docker.io\`), then run this again"
    fi
}

install_engine() {
    say "installing docker.io from the distribution's packages"
    [ -d /run/systemd/system ] || forbid_service_starts
    # One broken third-party source fails the update and says nothing about the distribution's own.
    quietly apt-get update || true
    quietly apt-get install --yes --no-install-recommends docker.io || exit 1
}

# Without an init the package's post-install would run the old init script, which fails in a container and leaves the
# package half-configured. Somebody else's policy stays as it is.
forbid_service_starts() {
    [ ! -e /usr/sbin/policy-rc.d ] || return 0
    trap 'rm -f /usr/sbin/policy-rc.d' EXIT
    printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d
    chmod +x /usr/sbin/policy-rc.d
}

quietly() {
    local output
    output=$(DEBIAN_FRONTEND=noninteractive "$@" 2>&1 </dev/null) && return
    say "\`$*\` failed:" >&2
    tail -n 15 <<<"$output" >&2
    return 1
}

start_engine() {
    if [ -d /run/systemd/system ]; then
        log="journalctl -u docker"
        say "starting the docker service"
        quietly systemctl start docker || exit 1
        return
    fi
    forget_dead dockerd /var/run/docker.pid
    forget_dead containerd /var/run/docker/containerd/containerd.pid
    say "starting dockerd in the background, its log in $log"
    # A session of its own, so that it outlives the terminal and a Ctrl-C at make does not reach it.
    setsid nohup dockerd >>"$log" 2>&1 </dev/null &
}

# dockerd refuses to start while there is a process of the number in its pid file, and waits for a containerd of that
# number. In a restarted container the number belongs to somebody else by now; and a killed process that nobody has
# reaped yet is there still, but has no command line.
forget_dead() {
    local pid
    pid=$(cat "$2" 2>/dev/null) || return 0
    grep -qsa "$1" "/proc/$pid/cmdline" || rm -f "$2"
}

wait_for_engine() {
    local deadline=$((SECONDS + patience_seconds))
    until answers; do
        [ "$SECONDS" -lt "$deadline" ] || fail "no answer from the engine after $patience_seconds seconds; why is in: $log"
        sleep 0.5
    done
}

main
