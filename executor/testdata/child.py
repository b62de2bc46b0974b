# The protocol in python: a child that the tests use. Run as: python3 -I -S -c "$(cat child.py)"
import json, os, sys
src, dst = sys.stdin.buffer, sys.stdout.buffer

def send(body=b"", **header):
    if body:
        header["bytes"] = len(body)
    dst.write(json.dumps(header).encode() + b"\n" + body)
    dst.flush()

send(protocol=1, name="python", version="%d.%d.%d" % sys.version_info[:3])
while line := src.readline():
    request = json.loads(line)
    body = src.read(request.get("bytes", 0))
    id, data = request["id"], request.get("data") or {}
    try:
        op = data.get("op", "echo")
        if op == "echo":
            send(body, id=id, done=True, data=data.get("data"))
        elif op == "count":
            for i in range(data["n"]):
                send(body, id=id, data=i)
            send(id=id, done=True)
        elif op == "pid":
            send(id=id, done=True, data=os.getpid())
        elif op == "spin":
            while True:
                pass
        elif op == "alloc":
            block = b"x" * data["n"]
            send(id=id, done=True, data=len(block))
        else:
            raise ValueError("no such op: " + op)
    except Exception as e:
        send(id=id, error="%s: %s" % (type(e).__name__, e))
