# %%
import glob
import socket

PLACES = [
    place + end
    for place in ("/var/run", "/run", "/host/var/run", "/rootfs/run", "/mnt/run", "/tmp")
    for end in ("/docker.sock", "/containerd/containerd.sock", "/docker/containerd/containerd.sock", "/podman/podman.sock", "/crio/crio.sock", "/buildkit/buildkitd.sock", "/user/*/docker.sock", "/user/*/podman/podman.sock")
]  # fmt: skip


def answers(address):
    """Whether somebody takes a connection there; an engine is asked for nothing but a ping."""
    with socket.socket(socket.AF_UNIX) as caller:
        caller.settimeout(2)
        try:
            caller.connect(address)
            caller.sendall(b"GET /_ping HTTP/1.0\r\n\r\n")
        except OSError:
            return False
    return True


for pattern in PLACES:
    for place in glob.glob(pattern):
        if answers(place):
            print("ATTACK", "SUCCEEDED: an engine answers at", place)
# A container's keeper listens on an abstract socket, which a shared network namespace puts in everybody's reach.
with open("/proc/net/unix") as file:
    keepers = [line.split()[7] for line in file.readlines()[1:] if "containerd-shim" in line]
for keeper in keepers:
    if keeper.startswith("@") and answers("\0" + keeper[1:]):
        print("ATTACK", "SUCCEEDED: a container's keeper answers")
for variable in ("DOCKER_HOST", "DOCKER_CERT_PATH", "KUBERNETES_SERVICE_HOST", "CONTAINER_HOST"):
    if variable in __import__("os").environ:
        print("ATTACK", "SUCCEEDED: it is told where the engine is:", variable)
for file in glob.glob("/var/run/secrets/kubernetes.io/serviceaccount/*") + glob.glob("/run/secrets/*"):
    print("ATTACK", "SUCCEEDED: a secret of the cluster:", file)
print("places of engines looked at:", len(PLACES))
