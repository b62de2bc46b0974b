# Runs patterns on python's re, or on the module regex, for regex/engine/runtime.go, which says what the messages mean.
# Run as: python3 -I -S -c "$(cat python.py)" re
import json, os, sys
from array import array
from itertools import islice
from time import perf_counter

source, sink = sys.stdin.buffer, sys.stdout.buffer


def send(header, body=b""):
    if body:
        header["bytes"] = len(body)
    sink.write(json.dumps(header).encode() + b"\n" + body)
    sink.flush()


version = "%d.%d.%d" % sys.version_info[:3]
if sys.argv[1] == "regex":
    import regex as engine

    unicode = ""  # it has data of its own, and does not tell
    engine.compile  # or it is some other folder of this name
    version, note = engine.__version__, "the regex module of Python %s, which takes more than re" % version
    letters = {"a": engine.A, "i": engine.I, "m": engine.M, "s": engine.S, "x": engine.X}
else:
    import re as engine
    import unicodedata

    note, unicode = "", unicodedata.unidata_version
    letters = {"a": engine.A, "i": engine.I, "m": engine.M, "s": engine.S, "x": engine.X}
if sys.version_info < (3, 7):
    send({"protocol": 1, "error": "Python %s is too old: 3.7 is the first that is supported" % version})
    sys.exit()

import warnings

warnings.simplefilter("ignore")  # a warning is not an error
program = key = text = text_id = None


def compile(request):
    global program, key
    wanted = request["flags"], request["pattern"]
    if key != wanted:
        flags = 0
        for letter in request["flags"]:
            flags |= letters[letter]
        compiled = engine.compile(bytes.fromhex(request["pattern"]).decode(), flags)
        if compiled.flags & getattr(engine, "REVERSE", 0):
            raise ValueError("(?r) searches from the end of the text backwards, which cannot be shown here")
        program, key = compiled, wanted


def search(id, request):
    matches = program.finditer(text, request["start"])
    most = request["max"] or None
    stop = most and request["skip"] + most
    found, early, flushed = array("i"), 64, perf_counter()
    for match in islice(matches, request["skip"], stop):
        for span in match.regs:
            found.extend(span)
        # The first ones at once, then after a millisecond each.
        if early or perf_counter() - flushed > 0.001:
            early = early and early - 1
            body = found.tobytes()
            sink.write(b'{"id":%d,"bytes":%d}\n' % (id, len(body)) + body)
            sink.flush()
            del found[:]
            flushed = perf_counter()
    send({"id": id, "done": True}, found.tobytes())


# measure is the loop that a user of the engine writes, with nothing of ours in it.
def measure(id, repeat):
    start = perf_counter()
    for _ in range(repeat):
        count = 0
        for match in program.finditer(text):
            count += 1
    send({"id": id, "done": True, "data": {"count": count, "seconds": perf_counter() - start}})


def answer(id, request, body):
    global text, text_id
    if request["op"] == "compile":
        compile(request)
        names = sorted((number, name) for name, number in program.groupindex.items())
        send({"id": id, "done": True, "data": {"groups": program.groups, "names": names}})
        return
    if request["sent"]:
        text = text_id = None  # before there are two
        text, text_id = body.decode(), request["text"]
    elif text_id != request["text"]:
        send({"id": id, "done": True, "data": {"resend": True}})
        return
    compile(request)
    if request["op"] == "measure":
        measure(id, request["repeat"])
    else:
        search(id, request)


def fail(id, kind, message, offset=-1):
    send({"id": id, "error": message, "data": {"kind": kind, "offset": offset}})


send({"protocol": 1, "name": "python", "version": version, "data": {"program": sys.executable, "prefix": sys.prefix, "note": note, "unicode": unicode}})
while True:
    line = source.readline()
    if not line:
        break
    header = json.loads(line)
    body = source.read(header.get("bytes", 0))
    try:
        answer(header["id"], header["data"], body)
    except engine.error as e:
        fail(header["id"], "pattern", e.msg, -1 if e.pos is None else e.pos)
    except MemoryError:
        fail(header["id"], "limit", "python has no memory left")
    except RecursionError:
        fail(header["id"], "limit", "the pattern is nested too deeply for python")
    except (OverflowError, ValueError) as e:
        fail(header["id"], "pattern", str(e))
    except Exception as e:
        fail(header["id"], "failed", "%s: %s" % (type(e).__name__, e))
    del body
