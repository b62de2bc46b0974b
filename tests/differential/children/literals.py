# Prints the patterns of CPython's tests of re in base64, a line each. Run as: python3 -I -c "$(cat literals.py)" FOLDER
import ast, sys
from base64 import b64encode

# The functions of re, of which the tests use the short names too, and test_re.py's own that take a pattern first.
functions = {
    "compile", "match", "search", "fullmatch", "sub", "subn", "split", "findall", "finditer", "template",
    "checkPatternError", "check_en_US_iso88591", "assertTypedEqual", "assertMatch", "assertEqual", "assertRaises",
}


def strings(node):
    """The string that a node is, if it is one made of constants."""
    try:
        value = ast.literal_eval(node)
    except ValueError:
        return []
    return [value] if isinstance(value, str) else []


patterns = []
for name in "test_re.py", "re_tests.py":
    with open(sys.argv[1] + "/" + name, encoding="utf-8") as file:
        tree = ast.parse(file.read())
    for node in ast.walk(tree):
        if name == "test_re.py" and isinstance(node, ast.Call) and node.args:
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            first = node.args[0]
            if called == "assertRaises" and len(node.args) > 2:
                first = node.args[2]
            if called in functions:
                patterns += strings(first)
        if name == "re_tests.py" and isinstance(node, ast.Tuple) and len(node.elts) >= 3:
            patterns += strings(node.elts[0])
for pattern in patterns:
    print(b64encode(pattern.encode("utf-8", "surrogatepass")).decode())
