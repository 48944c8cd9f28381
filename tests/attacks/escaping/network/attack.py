# %%
import socket

PLACES = (
    "169.254.169.254", "fd00:ec2::254",  # where clouds hand out a machine's credentials
    "172.17.0.1", "172.18.0.1", "10.0.2.2", "192.168.65.2", "192.168.1.1",  # the engine's bridges, gateways
    "10.0.0.1", "198.51.100.7", "2001:db8::7", "::ffff:172.17.0.1", "fe80::1", "224.0.0.251", "255.255.255.255",
)  # fmt: skip


def has_route(address):
    """A datagram socket that connects asks the kernel for the way and sends nothing."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as asker:
        asker.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
        try:
            asker.connect((address, 53))
        except OSError:
            return False
    return True


def begins(address):
    """The first packet of a TCP connection, to addresses that the world keeps for examples."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as caller:
        caller.setblocking(False)
        try:
            caller.connect((address, 443))
        except BlockingIOError:
            return True
        except OSError:
            return False
    return True


with open("/etc/resolv.conf") as file:
    servers = [line.split()[1] for line in file if line.startswith("nameserver ")]
for place in (*PLACES, *servers):
    if has_route(place):
        print("ATTACK", "SUCCEEDED: there is a way to", place)
for place in ("192.0.2.1", "2001:db8::1"):
    if begins(place):
        print("ATTACK", "SUCCEEDED: a connection begins to", place)
print("places asked for:", len(PLACES) + 2)

# %%
# Whoever shares the machine's loopback finds its databases, its engine and the next learner's server there.
for table in ("tcp", "tcp6"):
    with open(f"/proc/net/{table}") as file:
        listening = [line for line in file if line.split()[3] == "0A"]
    if listening:
        print("ATTACK", "SUCCEEDED: somebody else listens on this loopback by", table)
with open("/proc/net/unix") as file:
    named = [line for line in file.readlines()[1:] if len(line.split()) > 7]
if named:
    print("ATTACK", "SUCCEEDED: somebody else's Unix sockets are in sight")
with socket.create_server(("127.0.0.1", 0)) as server:
    with socket.create_connection(server.getsockname(), timeout=2) as caller:
        print("its own loopback works:", caller.getpeername() == server.getsockname())
