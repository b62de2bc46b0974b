# Prints what CPython's test_re.py asserts of patterns and texts that it has as literals, as JSON: a list of rows. Run as:
# python3 -I -c "$(cat testre.py)" FILE
import ast, json, sys

LETTERS = {"I": "i", "IGNORECASE": "i", "M": "m", "MULTILINE": "m", "S": "s", "DOTALL": "s", "X": "x", "VERBOSE": "x",
           "A": "a", "ASCII": "a", "U": "", "UNICODE": ""}


class Other(Exception):
    """What is asserted is something else."""


def literal(node):
    try:
        return ast.literal_eval(node)
    except (ValueError, SyntaxError, TypeError):
        raise Other


def text(node):
    value = literal(node)
    if not isinstance(value, str):
        raise Other
    value.encode()  # no halves of surrogates
    return value


def flags(node):
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        return flags(node.left) + flags(node.right)
    if isinstance(node, ast.Attribute) and node.attr in LETTERS:
        return LETTERS[node.attr]
    raise Other


def named(node, *names):
    """The name and the arguments of a call of one of some functions, and whose method it is."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in names:
        return node.func.attr, node.args, node.func.value
    raise Other


def search(node):
    """A row of a call of re's functions."""
    name, args, module = named(node, "match", "search", "fullmatch", "findall")
    if not (isinstance(module, ast.Name) and module.id == "re") or not 2 <= len(args) <= 3 or len(args) == 3 and node.keywords:
        raise Other
    letters = "".join(flags(arg) for arg in args[2:])
    for keyword in node.keywords:
        if keyword.arg != "flags":
            raise Other
        letters += flags(keyword.value)
    pattern = text(args[0])
    if name in ("match", "fullmatch"):
        # Flags have to stay at the start, and the end must not become part of a comment.
        if pattern.startswith("(?") and pattern[2:3] not in (":", "P", "=", "!", "<", ">", "(") or "x" in letters:
            raise Other
        pattern = r"\A(?:" + pattern + (r")\Z" if name == "fullmatch" else ")")
    return {"Pattern": pattern, "Text": text(args[1]), "Flags": letters, "All": name == "findall"}


def result(node):
    """A row of a value that is compared: which value of which groups it is."""
    if isinstance(node, ast.Subscript):
        return search(node.value) | {"Kind": "group", "Groups": [literal(node.slice)], "One": True}
    name, args, match = named(node, "group", "groups", "span", "findall")
    if name == "findall":
        return search(node) | {"Kind": "findall"}
    if node.keywords or name == "groups" and args or name == "span" and len(args) > 1:
        raise Other
    groups = [literal(arg) for arg in args]
    if name != "groups":
        groups = groups or [0]
    return search(match) | {"Kind": name, "Groups": groups, "One": name == "group" and len(groups) == 1}


def row(node):
    name, args, _ = named(node, "assertEqual", "assertIsNone", "assertTrue", "assertIsNotNone", "assertFalse", "checkPatternError")
    if name == "checkPatternError":
        found = {"Pattern": text(args[0]), "Text": "", "Flags": "", "Kind": "refused", "Message": text(args[1]), "Place": -1}
        if len(args) > 2:
            found["Place"] = len(found["Pattern"][:literal(args[2])].encode())
        return found
    if name == "assertEqual":
        found = result(args[0])
        value = literal(args[1])
        return found | {"Want": [value] if found["One"] else value} if "One" in found else found | {"Want": value}
    found = search(args[0])
    if found["All"]:
        raise Other
    return found | {"Kind": "match" if name in ("assertTrue", "assertIsNotNone") else "no match"}


with open(sys.argv[1], encoding="utf-8") as file:
    tree = ast.parse(file.read())
rows = []
left = 0
for node in ast.walk(tree):
    if not isinstance(node, ast.Call):
        continue
    try:
        rows.append({"Line": node.lineno} | row(node))
        json.dumps(rows[-1])
    except (Other, IndexError, UnicodeEncodeError):
        name = getattr(node.func, "attr", "")
        left += name.startswith("assert") or name == "checkPatternError"
    except TypeError:
        rows.pop()  # bytes are compared
        left += 1
print(json.dumps({"Rows": rows, "Left": left}))
