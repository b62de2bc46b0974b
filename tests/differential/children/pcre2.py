# Asks PCRE2, the system's library for 8-bit units, about patterns. Run as: python3 -I -S -c "$(cat pcre2.py)"
# A request's body has a line for each pattern, FLAGS TAB BASE64, or for a search FLAGS TAB BASE64 TAB TEXT,TEXT... with
# the texts in base64; so has the answer: see readAnswer in child.go and readFound in search.go.
import ctypes, json, sys
from binascii import a2b_base64, b2a_base64
from ctypes import POINTER, byref, c_char_p, c_int, c_size_t, c_uint32, c_void_p, create_string_buffer, string_at

src, dst = sys.stdin.buffer, sys.stdout.buffer
try:
    pcre2 = ctypes.CDLL("libpcre2-8.so.0")
except OSError as e:
    print(e, file=sys.stderr)
    sys.exit(127)  # as a shell says that there is no such program
# The constants are those of pcre2.h.
letters = {
    "i": 0x8,  # CASELESS
    "m": 0x400,  # MULTILINE
    "n": 0x2000,  # NO_AUTO_CAPTURE
    "s": 0x20,  # DOTALL
    "u": 0x80000 | 0x20000,  # UTF and UCP
    "A": 0x80000000,  # ANCHORED
    "D": 0x10,  # DOLLAR_ENDONLY
    "x": 0x80,  # EXTENDED
    "J": 0x40,  # DUPNAMES
    "U": 0x40000,  # UNGREEDY
}
INFO_CAPTURECOUNT, INFO_NAMECOUNT, INFO_NAMEENTRYSIZE, INFO_NAMETABLE = 4, 17, 18, 19
CONFIG_VERSION = 11
ERROR_TOO_LARGE, ERROR_HEAP_FAILED = 120, 121
ERROR_NOMATCH = -1
UNSET = 2 ** (8 * ctypes.sizeof(c_size_t)) - 1
MATCH_LIMIT = 200000  # steps of backtracking: no search of a test needs more, unless it is exponential

pcre2.pcre2_compile_8.restype = c_void_p
pcre2.pcre2_compile_8.argtypes = [c_char_p, c_size_t, c_uint32, POINTER(c_int), POINTER(c_size_t), c_void_p]
pcre2.pcre2_pattern_info_8.argtypes = [c_void_p, c_uint32, c_void_p]
pcre2.pcre2_match_context_create_8.restype = c_void_p
pcre2.pcre2_match_context_create_8.argtypes = [c_void_p]
pcre2.pcre2_set_match_limit_8.argtypes = [c_void_p, c_uint32]
pcre2.pcre2_match_data_create_from_pattern_8.restype = c_void_p
pcre2.pcre2_match_data_create_from_pattern_8.argtypes = [c_void_p, c_void_p]
pcre2.pcre2_match_data_free_8.argtypes = [c_void_p]
pcre2.pcre2_match_data_free_8.restype = None
pcre2.pcre2_match_8.argtypes = [c_void_p, c_char_p, c_size_t, c_size_t, c_uint32, c_void_p, c_void_p]
pcre2.pcre2_get_ovector_pointer_8.restype = POINTER(c_size_t)
pcre2.pcre2_get_ovector_pointer_8.argtypes = [c_void_p]
pcre2.pcre2_code_free_8.argtypes = [c_void_p]
pcre2.pcre2_code_free_8.restype = None
pcre2.pcre2_get_error_message_8.argtypes = [c_int, c_char_p, c_size_t]


def base64(raw):
    return b2a_base64(raw, newline=False).decode()


def info(code, what, value):
    if pcre2.pcre2_pattern_info_8(code, what, byref(value)) != 0:
        raise RuntimeError("pcre2_pattern_info failed")
    return value.value


def answer(flags, pattern):
    error, offset, options = c_int(), c_size_t(), 0
    for letter in flags:
        options |= letters[letter]
    code = pcre2.pcre2_compile_8(pattern, len(pattern), options, byref(error), byref(offset), None)
    if not code:
        message = create_string_buffer(256)
        pcre2.pcre2_get_error_message_8(error, message, len(message))
        kind = "!" if error.value == ERROR_HEAP_FAILED else "-"
        return "%s\t%d\t%s\t0\t" % (kind, offset.value, base64(b"%d: %s" % (error.value, message.value)))
    groups = info(code, INFO_CAPTURECOUNT, c_uint32())
    names = []
    size, table = info(code, INFO_NAMEENTRYSIZE, c_uint32()), info(code, INFO_NAMETABLE, c_void_p())
    for i in range(info(code, INFO_NAMECOUNT, c_uint32())):
        entry = string_at(table + i * size, size)  # the number in two bytes, the name, zeros
        names.append("%d:%s" % (entry[0] << 8 | entry[1], base64(entry[2:].split(b"\0")[0])))
    pcre2.pcre2_code_free_8(code)
    return "+\t-1\t\t%d\t%s" % (groups, ",".join(names))


def search(flags, pattern, texts):
    error, offset = c_int(), c_size_t()
    options = sum(letters[letter] for letter in flags)
    code = pcre2.pcre2_compile_8(pattern, len(pattern), options, byref(error), byref(offset), None)
    if not code:
        message = create_string_buffer(256)
        pcre2.pcre2_get_error_message_8(error, message, len(message))
        return "%s\t%s" % ("!" if error.value in (ERROR_TOO_LARGE, ERROR_HEAP_FAILED) else "-", base64(message.value))
    data = pcre2.pcre2_match_data_create_from_pattern_8(code, None)
    pairs = info(code, INFO_CAPTURECOUNT, c_uint32()) + 1
    found = ";".join(find(code, data, pairs, text) for text in texts)
    pcre2.pcre2_match_data_free_8(data)
    pcre2.pcre2_code_free_8(code)
    return "+\t" + found


def find(code, data, pairs, text):
    matches, place = [], 0
    while len(matches) < 4:
        result = pcre2.pcre2_match_8(code, text, len(text), place, 0, data, match_context)
        if result < ERROR_NOMATCH:
            return "!"  # a limit, mostly
        if result == ERROR_NOMATCH:
            break
        ends = pcre2.pcre2_get_ovector_pointer_8(data)[: 2 * pairs]
        matches.append(",".join("-1" if end == UNSET else str(end) for end in ends))
        if ends[1] <= ends[0]:
            break
        place = ends[1]
    return " ".join(matches)


def send(body=b"", **header):
    header["bytes"] = len(body)
    dst.write(json.dumps(header).encode() + b"\n" + body)
    dst.flush()


match_context = pcre2.pcre2_match_context_create_8(None)
pcre2.pcre2_set_match_limit_8(match_context, MATCH_LIMIT)
version = create_string_buffer(64)
pcre2.pcre2_config_8(CONFIG_VERSION, version)
send(protocol=1, name="PCRE2", version=version.value.decode())
while line := src.readline():
    request = json.loads(line)
    answers = []
    for row in src.read(request.get("bytes", 0)).decode().splitlines():
        flags, pattern, *texts = row.split("\t")
        if texts:
            answers.append(search(flags, a2b_base64(pattern), [a2b_base64(t) for t in texts[0].split(",")]) + "\n")
        else:
            answers.append(answer(flags, a2b_base64(pattern)) + "\n")
    send("".join(answers).encode(), id=request["id"], done=True)
