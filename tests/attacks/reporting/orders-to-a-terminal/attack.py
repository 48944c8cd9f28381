# %%
import os
import sys

from IPython.display import display

ESC, BEL, ST = "\x1b", "\x07", "\x1b\\"
ORDERS = {
    "title": f"{ESC}]0;10 of 10{BEL}{ESC}]2;10 of 10{ST}{ESC}]l10 of 10{ST}",
    "link": f"{ESC}]8;;https://reader.invalid/{ST}report{ESC}]8;;{ST}{ESC}]8;id=x;file:///etc/passwd{BEL}x{ESC}]8;;{BEL}",
    "clipboard": f"{ESC}]52;c;Y3VybCByZWFkZXIuaW52YWxpZA=={BEL}{ESC}]52;c;?{BEL}",
    "file": f"{ESC}]1337;File=name=eA==;inline=1:eA=={BEL}{ESC}]50;x{BEL}{ESC}]9;4;1;100{BEL}{ESC}]777;notify;a;b{BEL}",
    "screen": f"{ESC}[2J{ESC}[3J{ESC}[H{ESC}[?1049h10 of 10{ESC}[?1049l{ESC}c{ESC}[!p{ESC}#8",
    "cursor": f"{ESC}[9A{ESC}[2K{ESC}[1G10 / 10  graded{ESC}[9B{ESC}[s{ESC}[u{ESC}7{ESC}8{ESC}M{ESC}D{ESC}E",
    "look": f"{ESC}[8mhidden{ESC}[0m{ESC}[30;40mhidden{ESC}[?25l{ESC}[5m{ESC}(0qqq{ESC}(B\x0eqqq\x0f{ESC}%@",
    "answer": f"{ESC}[c{ESC}[6n{ESC}[21t{ESC}[>q{ESC}P$qm{ST}{ESC}]10;?{BEL}{ESC}]4;1;?{BEL}\x05{ESC}[?1000h{ESC}[?2004h",
    "strings": f"{ESC}P+q544e{ST}{ESC}_Gf=32,s=1,v=1;AAAA{ST}{ESC}^pm{ST}{ESC}Xsos{ST}{ESC}Pq#0;2;0;0;0~~{ST}{ESC}k10{ST}",
    "without end": f"{ESC}]0;never {ESC}P never {ESC}[ {ESC}[99999999999999999999999999m {ESC}",
    "8 bits": "\x9b2J\x9d0;10 of 10\x9c\x90$qm\x9c\x9fG\x9c\x9e\x9c\x98\x9c\x8d\x84\x85\x88",
    "again": "0 of 10\r10 of 10\x1b[K\n0" + "\b10 of 10\n\x0b\x0c\x7f\x00\x04\x1a",
    "bell": BEL * 2_000,
    "order": "\u202e01 fo 01\u202c \u2066x\u2069 \u200e\u200f\u061c a\u200bb\u200cc\u200dd\u2060e\ufefff \u2028\u2029\x85 \U000e0041\ufff9",
}

# %%
for name, order in ORDERS.items():
    print(name, order)
    print(name, order, file=sys.stderr)
    display({"text/plain": order, order: order}, raw=True)
    display({"text/html": f"<b>{order}</b>{name}", "text/plain": order}, raw=True)
    os.write(1, f"{name} {order}\n".encode())
    os.write(2, f"{name} {order}\n".encode("latin-1", errors="ignore"))

# %%
# What it says went wrong, and where.
raise type("".join(ORDERS.values())[:900], (Exception,), {})("".join(ORDERS.values()))

# %%
print("kinds of orders:", len(ORDERS))
