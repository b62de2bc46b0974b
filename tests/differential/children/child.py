# Asks python's re about patterns. Run as: python3 -I -S -c "$(cat child.py)"
# A request's body has a line for each pattern, FLAGS TAB BASE64, or for a search FLAGS TAB BASE64 TAB TEXT,TEXT... with
# the texts in base64; so has the answer: see readAnswer in child.go and readFound in search.go.
import json, re, sys, warnings
from binascii import a2b_base64, b2a_base64

src, dst = sys.stdin.buffer, sys.stdout.buffer
warnings.simplefilter("ignore")  # a warning is not an error
letters = {"a": re.A, "i": re.I, "m": re.M, "s": re.S, "u": re.U, "x": re.X}


def base64(text):
    return b2a_base64(text.encode("utf-8", "surrogateescape"), newline=False).decode()


def answer(flags, pattern):
    try:
        compiled = re.compile(pattern, sum(letters[letter] for letter in flags))
    except re.error as e:
        offset = -1 if e.pos is None else len(pattern[: e.pos].encode("utf-8", "surrogateescape"))
        return "-\t%d\t%s\t0\t" % (offset, base64(e.msg))
    except (RecursionError, MemoryError) as e:
        return "!\t-1\t%s\t0\t" % base64(type(e).__name__)
    except Exception as e:  # such as OverflowError and ValueError: python refuses the pattern too
        return "-\t-1\t%s\t0\t" % base64("%s: %s" % (type(e).__name__, e))
    names = ("%d:%s" % (number, base64(name)) for name, number in compiled.groupindex.items())
    return "+\t-1\t\t%d\t%s" % (compiled.groups, ",".join(names))


def search(flags, pattern, texts):
    try:
        compiled = re.compile(pattern, sum(letters[letter] for letter in flags))
    except Exception as e:
        return "-\t%s" % base64("%s: %s" % (type(e).__name__, e))
    return "+\t" + ";".join(found(compiled, text) for text in texts)


def found(compiled, text):
    try:
        return find(compiled, text)
    except SystemError:  # of a group whose start is behind its end, as possessive repeats can make it
        return "!"


def find(compiled, text):
    at = [0]
    for character in text:
        at.append(at[-1] + len(character.encode()))
    at.append(-1)  # the place of a group that took no part is -1
    matches = []
    for m in compiled.finditer(text):
        matches.append(",".join("%d,%d" % (at[m.start(i)], at[m.end(i)]) for i in range(compiled.groups + 1)))
        if len(matches) == 4 or m.start() == m.end():
            break
    return " ".join(matches)


def text(encoded):
    return a2b_base64(encoded).decode("utf-8", "surrogateescape")


def send(body=b"", **header):
    header["bytes"] = len(body)
    dst.write(json.dumps(header).encode() + b"\n" + body)
    dst.flush()


send(protocol=1, name="python", version="%d.%d.%d" % sys.version_info[:3])
while line := src.readline():
    request = json.loads(line)
    answers = []
    for row in src.read(request.get("bytes", 0)).decode().splitlines():
        flags, pattern, *texts = row.split("\t")
        if texts:
            answers.append(search(flags, text(pattern), [text(t) for t in texts[0].split(",")]) + "\n")
        else:
            answers.append(answer(flags, text(pattern)) + "\n")
    send("".join(answers).encode(), id=request["id"], done=True)
