# %%
import base64
import struct
import zlib

from IPython.display import HTML, display

DEED = "<script>window.pwned=1;document.title='pwned';alert(1)</script>"
PAGE = f"<!doctype html><html><body onload=alert(1)>{DEED}</body></html>".encode()
SVG = f"<svg xmlns='http://www.w3.org/2000/svg'>{DEED}</svg>".encode()


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width, height, *, bits=1, text=b"", packed=None):
    """A PNG of one colour; a row of it is packed once and counted, so that a huge one costs nothing to make."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, bits, 0, 0, 0, 0))
    if packed is None:
        packed = zlib.compress(bytes((1 + (width * bits + 7) // 8) * height), 9)
    return (
        b"\x89PNG\r\n\x1a\n"
        + head
        + (chunk(b"tEXt", text) if text else b"")
        + chunk(b"IDAT", packed)
        + chunk(b"IEND", b"")
    )


def jpeg(width, height, text=b""):
    comment = b"\xff\xfe" + struct.pack(">H", 2 + len(text)) + text if text else b""
    frame = b"\xff\xc0" + struct.pack(">HBHHBBBB", 11, 8, height, width, 1, 1, 0x11, 0)
    return b"\xff\xd8" + comment + frame + b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00\x7f\xff\xd9"


def bomb(side):
    """Black rows that unpack to a thousand times their size; 12,000 a side is 576 MB in a browser and 18 kB here."""
    row, packer = bytes(1 + side // 8), zlib.compressobj(9)
    return png(side, side, packed=b"".join(packer.compress(row) for _ in range(side)) + packer.flush())


def show(kind, data):
    text = base64.b64encode(data).decode()
    display({kind: text, "text/plain": f"a picture of {len(data)} bytes"}, raw=True)
    display(HTML(f'<p>x <img src="data:{kind};base64,{text}" onerror="window.pwned=1;alert(1)"></p>'))


# %%
FALSE = (PAGE, SVG, b"GIF89a/*" + PAGE, b"%PDF-1.4\n", b"RIFF\0\0\0\0WEBPVP8 ", b"\0\0\0\x0cjP  ", b"\x89PNG\r\n\x1a\n" + PAGE,
         b"\x89PNG" + SVG, b"\xff\xd8\xff" + PAGE, b"\xff\xd8\xff\xe0/*" + SVG, b"BM" + PAGE, b"\x89PNG\r\n\x1a\n")  # fmt: skip
for data in FALSE:
    for kind in ("image/png", "image/jpeg", "image/svg+xml"):
        show(kind, data)

# %%
# Sound pictures, that are pages or scripts to a reader who does not care about the kind.
SOUND = (
    png(4, 4, text=b"Comment\0" + PAGE),
    png(4, 4) + PAGE,
    png(4, 4, text=b"x\0*/=alert(1)/*"),
    jpeg(4, 4, PAGE),
    jpeg(4, 4) + SVG,
)
for data in SOUND:
    show("image/png" if data.startswith(b"\x89") else "image/jpeg", data)

# %%
CLAIMS = ((2**31 - 1, 2**31 - 1), (60_000, 60_000), (2**31 - 1, 1), (1, 2**31 - 1), (0, 0))
for width, height in CLAIMS:
    show("image/png", png(width, height, packed=zlib.compress(b"")))
for width, height in ((65_535, 65_535), (0, 0), (1, 65_535)):
    show("image/jpeg", jpeg(width, height))
show("image/png", bomb(12_000))

# %%
# The data URIs that a page of its own makes: too many, too long, of another kind, with a fragment, in capitals.
LONG = base64.b64encode(png(4, 4) + bytes(30_000)).decode()
SMALL = base64.b64encode(png(4, 4)).decode()
URIS = (
    f"data:image/png;base64,{LONG}", f"data:image/png,{SMALL}", f"data:image/png;charset=utf-7;base64,{SMALL}", f"DATA:IMAGE/PNG;BASE64,{SMALL}",
    f"data:image/png;base64,{SMALL}#x", f"data:text/html;base64,{base64.b64encode(PAGE).decode()}", f"data:;base64,{SMALL}", "blob:x", "about:blank",
    f"data:image/svg+xml;base64,{base64.b64encode(SVG).decode()}", f"data:image/png;base64,{SMALL}\" onload=\"alert(1)", "filesystem:x", "file:///etc/passwd",
)  # fmt: skip
for address in URIS:
    display(HTML(f'<p>x <img src="{address}" srcset="{address} 2x"></p>'))
print("pictures:", len(FALSE), len(SOUND), len(CLAIMS), len(URIS))
