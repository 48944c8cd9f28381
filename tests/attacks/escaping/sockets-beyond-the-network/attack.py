# %%
import socket

# No network namespace holds these: vsock talks to the hypervisor and to other virtual machines by the machine's own
# address, and the others put rarely used parts of the kernel in reach. Nothing is sent.
FAMILIES = {
    "vsock": (40, socket.SOCK_STREAM),
    "vsock datagrams": (40, socket.SOCK_DGRAM),
    "the kernel's ciphers": (38, socket.SOCK_SEQPACKET),
    "XDP": (44, socket.SOCK_RAW),
}

for name, (family, kind) in FAMILIES.items():
    try:
        opened = socket.socket(family, kind)
    except OSError:
        continue
    print("ATTACK", "SUCCEEDED: it may speak", name)
    if name == "vsock":
        try:
            opened.bind((socket.VMADDR_CID_ANY, socket.VMADDR_PORT_ANY))
            opened.listen()
            print("and listens on a port of the machine's own")
        except OSError:
            pass
    opened.close()
print("families asked for:", len(FAMILIES))
