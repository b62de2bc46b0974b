# Prints CPython's re_tests.py as JSON: a list of rows. Run as: python3 -I -c "$(cat retests.py)" FILE
import json, runpy, sys

module = runpy.run_path(sys.argv[1])
outcomes = {module[name]: name for name in ("SUCCEED", "FAIL", "SYNTAX_ERROR")}
rows = []
for pattern, text, outcome, *rest in module["tests"]:
    expression, want = rest or ("", "")
    rows.append({"Pattern": pattern, "Text": text, "Outcome": outcomes[outcome], "Expression": expression, "Want": want})
print(json.dumps(rows))
