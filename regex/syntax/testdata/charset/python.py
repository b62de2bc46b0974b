import re
import sys

sys.stdin.reconfigure(encoding="utf-8")
lines = [line for line in sys.stdin.read().split("\n") if line]
tried = [tuple(int(end, 16) for end in text.split("-")) for text in lines.pop(0).split(" ")]
for line in lines:
    flags, pattern = line.split(" ", 1)
    try:
        matches = re.compile(pattern, sum(getattr(re, c.upper()) for c in flags.replace("-", ""))).fullmatch
    except re.error as e:
        print("!", e)
        continue
    found = (r for a, b in tried for r in range(a, b + 1) if not 0xD800 <= r < 0xE000 and matches(chr(r)))
    print(" ".join("%x-%x" % (r, r) for r in found))
