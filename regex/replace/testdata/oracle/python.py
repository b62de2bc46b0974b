# Replaces with python's re.sub, or with the module regex, for differential_test.go, which says what the lines are.
import sys, warnings

warnings.simplefilter("ignore")
if sys.argv[1] == "regex":
    import regex as engine
else:
    import re as engine
for line in sys.stdin:
    pattern, flags, template, text = line.rstrip("\n").split("\t")
    pattern, template, text = (bytes.fromhex(field).decode() for field in (pattern, template, text))
    options = 0
    for letter in flags:
        options |= getattr(engine, letter.upper())
    try:
        print("ok\t" + engine.compile(pattern, options).sub(template, text).encode().hex())
    except (engine.error, IndexError, ValueError, OverflowError) as e:
        print("error\t" + str(e).encode().hex())
