# %%
import ctypes
import errno
import fcntl
import socket
import struct

REFUSED = {
    errno.EPERM,
    errno.EACCES,
    errno.EAFNOSUPPORT,
    errno.EPROTONOSUPPORT,
    errno.ESOCKTNOSUPPORT,
    errno.EOPNOTSUPP,
}
# No machine has an interface of this number or name, so nothing changes even where the change is allowed.
NOWHERE, NOBODY = 0x7FFFFFF0, b"pivotlab-none"
tried = 0
room = ctypes.create_string_buffer(65536)
# What listens is then gVisor's own network, which has no way out; it says in its log that it is gVisor.
gvisor = ctypes.CDLL(None).klogctl(3, room, len(room)) > 0 and b"gVisor" in room.raw


def attempt(what, act):
    global tried
    tried += 1
    try:
        act()
    except OSError as error:
        if error.errno in REFUSED:
            return
    if not gvisor:
        print("ATTACK", "SUCCEEDED: the kernel listens to", what)


def open_socket(*kind):
    socket.socket(*kind).close()


def ask_netlink(kind, body):
    """Send one request to change the network; the kernel's refusal comes as an OSError."""
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, socket.NETLINK_ROUTE) as kernel:
        kernel.settimeout(2)
        kernel.bind((0, 0))
        kernel.send(struct.pack("=IHHII", 16 + len(body), kind, 5, 1, 0) + body)
        answer = kernel.recv(4096)
    code = -struct.unpack_from("=i", answer, 16)[0]
    if code:
        raise OSError(code, "refused")


def ask_ioctl(request):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, request, struct.pack("16sH22x", NOBODY, 1))


def mark_packets():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        any_socket.setsockopt(socket.SOL_SOCKET, socket.SO_MARK, 7)


attempt("raw IPv4", lambda: open_socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP))
attempt("raw IPv6", lambda: open_socket(socket.AF_INET6, socket.SOCK_RAW, socket.IPPROTO_ICMPV6))
attempt("packets of any kind", lambda: open_socket(socket.AF_PACKET, socket.SOCK_RAW, 0))
attempt("a change of an interface", lambda: ask_netlink(16, struct.pack("=BxHiII", 0, 0, NOWHERE, 1, 1)))
attempt(
    "a new address", lambda: ask_netlink(20, struct.pack("=BBBBIHH4s", 2, 24, 0, 0, NOWHERE, 8, 2, b"\x0a\x09\x08\x07"))
)
attempt(
    "a new route", lambda: ask_netlink(24, struct.pack("=BBBBBBBBIHHI", 2, 0, 0, 0, 254, 4, 0, 1, 0, 8, 4, NOWHERE))
)
attempt(
    "a new neighbour",
    lambda: ask_netlink(28, struct.pack("=BxxxiHBBHH4s", 2, NOWHERE, 0x80, 0, 1, 8, 1, b"\x0a\x09\x08\x07")),
)
attempt("flags of an interface", lambda: ask_ioctl(0x8914))
attempt("marks on packets", mark_packets)
print("changes asked for:", tried)
