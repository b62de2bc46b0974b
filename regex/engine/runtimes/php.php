// Runs patterns on PHP's preg functions for regex/engine/runtime.go, which says what the messages mean.
// Run as: php -d memory_limit=-1 -d display_errors=stderr -r "$(cat php.php)"
error_reporting(E_ALL);

class Refused extends Exception {
    public $kind, $offset;

    function __construct($kind, $message, $offset = -1) {
        parent::__construct($message);
        $this->kind = $kind;
        $this->offset = $offset;
    }
}

function send($header, $body = "") {
    if ($body !== "") $header["bytes"] = strlen($body);
    write(json_encode($header, JSON_INVALID_UTF8_SUBSTITUTE) . "\n" . $body);
}

function write($bytes) {
    for ($sent = 0; $sent < strlen($bytes);) {
        $more = fwrite(STDOUT, $sent == 0 ? $bytes : substr($bytes, $sent));
        if ($more === false) exit(1);
        $sent += $more;
    }
}

// delimited returns a pattern between delimiters, which it must not contain, with modifiers after it.
function delimited($pattern, $modifiers) {
    foreach (str_split("/#~%!,;:@&=\x01\x02\x03\x04\x05\x06\x07\x0e\x0f") as $delimiter) {
        if (strpos($pattern, $delimiter) === false) return $delimiter . $pattern . $delimiter . $modifiers;
    }
    throw new Refused("pattern", "PHP needs a delimiter that the pattern does not contain, and this one has all");
}

// JIT is whether this PHP is set to make machine code of patterns.
define("JIT", ini_get("pcre.jit"));

// check compiles a pattern, and says what PHP says of one that is refused.
function check($delimited) {
    $said = null;
    set_error_handler(function ($number, $message) use (&$said) {
        // PHP says so of a pattern that its PCRE2 has no machine code for, such as \C with u, and matches it without.
        if (strpos($message, "Allocation of JIT memory failed") === false) $said = $said ?? $message;
        return true;
    });
    $found = preg_match($delimited, "", $groups, PREG_UNMATCHED_AS_NULL);
    restore_error_handler();
    // Behind that warning it has none made for later patterns either, unless it is told to.
    ini_set("pcre.jit", JIT);
    if ($said === null) return $groups;
    $said = preg_replace('/^preg_match\(\): /', "", $said);
    if (preg_match('/^Compilation failed: (.*) at offset (\d+)$/s', $said, $parts)) {
        throw new Refused("pattern", $parts[1], (int) $parts[2]);
    }
    throw new Refused("pattern", $said);
}

// SETTINGS are those at the start of a pattern.
const SETTINGS = '/^(?:\(\*(?:UTF|UCP|NO_JIT|NO_START_OPT|NO_AUTO_POSSESS|NO_DOTSTAR_ANCHOR|NOTEMPTY|NOTEMPTY_ATSTART'
    . '|LIMIT_(?:DEPTH|HEAP|MATCH|RECURSION)=\d+|CR|LF|CRLF|ANY|ANYCRLF|NUL|BSR_ANYCRLF|BSR_UNICODE)\))*/';

$key = $text_id = null;
$text = "";

function compile($request) {
    global $key, $program, $nonempty, $groups, $verbs;
    $wanted = $request->flags . "/" . $request->pattern;
    if ($key === $wanted) return;
    $key = null;
    $pattern = hex2bin($request->pattern);
    $program = delimited($pattern, $request->flags);
    check($program);
    // What PHP tries at the place of an empty match before it goes on. PCRE2's JIT compiler does not know this setting.
    $nonempty = delimited("(*NO_JIT)(*NOTEMPTY_ATSTART)" . $pattern, $request->flags . "A");
    // The empty alternative matches, whatever the pattern is, and the result has all groups. It comes behind settings such
    // as (*UTF), without those that could keep it from matching.
    preg_match(SETTINGS, $pattern, $start);
    $settings = preg_replace('/\(\*(?:NOTEMPTY|LIMIT)[^)]*\)/', "", $start[0]);
    $all = check(delimited($settings . "|" . substr($pattern, strlen($start[0])), $request->flags));
    $groups = max(array_filter(array_keys($all), "is_int"));
    $verbs = strpos($pattern, "(*") !== false;
    $key = $wanted;
}

// search goes on as preg_match_all does: after an empty match with one that is not empty at the same place, or else a
// character further. What it does for each match counts: a function call takes as long as a third of a match.
function search($id, $request) {
    global $program, $nonempty, $groups, $verbs, $text;
    $unicode = strpos($request->flags, "u") !== false;
    $offset = $request->start;
    $skip = $request->skip;
    $max = $request->max;
    $places = $marks = [];
    $early = 64;
    $count = $first = $next = 0;
    $again = false;
    $looked = $flushed = hrtime(true);
    for (;;) {
        $found = preg_match($again ? $nonempty : $program, $text, $match, PREG_OFFSET_CAPTURE | PREG_UNMATCHED_AS_NULL, $offset);
        if ($found === false) {
            if ($places) send(marked(["id" => $id], $marks), pack("V*", ...$places));
            $limit = preg_last_error() == PREG_BACKTRACK_LIMIT_ERROR ? " (pcre.backtrack_limit=" . ini_get("pcre.backtrack_limit") . ")" : "";
            throw new Refused("limit", preg_last_error_msg() . $limit);
        }
        if ($found === 0) {
            if (!$again || $offset >= strlen($text)) break;
            $again = false;
            do $offset++; while ($unicode && $offset < strlen($text) && (ord($text[$offset]) & 0xC0) == 0x80);
            continue;
        }
        $start = $match[0][1];
        $offset = $start + strlen($match[0][0]);
        $again = $offset == $start;
        if ($skip > 0) {
            $skip--;
            continue;
        }
        $places[] = $start;
        $places[] = $offset;
        for ($i = 1; $i <= $groups; $i++) {
            [$value, $at] = $match[$i];
            $places[] = $value === null ? -1 : $at;
            $places[] = $value === null ? -1 : $at + strlen($value);
        }
        if ($verbs && is_string($match["MARK"] ?? null)) $marks[] = [$count - $first, $match["MARK"]];
        if (++$count == $max) break;
        // The first ones at once, then after a millisecond each. While matches take less than 6 microseconds, the clock is
        // looked at after 16.
        if ($count < $next) continue;
        $now = hrtime(true);
        if ($early > 0 || $now - $flushed > 1000000) {
            $early--;
            send(marked(["id" => $id], $marks), pack("V*", ...$places));
            $places = $marks = [];
            $first = $count;
            $flushed = hrtime(true);
        }
        if ($early <= 0 && $now - $looked < 100000) $next = $count + 16;
        $looked = $now;
    }
    send(marked(["id" => $id, "done" => true], $marks), $places ? pack("V*", ...$places) : "");
}

// marked adds the names that (*MARK) gave to matches. A group can have the name as well: its value is an array.
function marked($header, $marks) {
    if ($marks) $header["data"] = ["marks" => $marks];
    return $header;
}

// measure is what a user of the engine writes, with nothing of ours in it.
function measure($id, $repeat) {
    global $program, $text;
    $start = hrtime(true);
    for ($i = 0; $i < $repeat; $i++) $count = preg_match_all($program, $text, $matches, PREG_SET_ORDER);
    $seconds = (hrtime(true) - $start) / 1e9;
    if ($count === false) throw new Refused("limit", preg_last_error_msg());
    send(["id" => $id, "done" => true, "data" => ["count" => $count, "seconds" => $seconds]]);
}

function answer($id, $request, $body) {
    global $text, $text_id, $groups;
    if ($request->op === "compile") {
        compile($request);
        send(["id" => $id, "done" => true, "data" => ["groups" => $groups]]);
        return;
    }
    if ($request->sent) {
        $text = $body;
        $text_id = $request->text;
    } elseif ($text_id !== $request->text) {
        send(["id" => $id, "done" => true, "data" => ["resend" => true]]);
        return;
    }
    compile($request);
    if ($request->op === "measure") measure($id, $request->repeat);
    else search($id, $request);
}

send(["protocol" => 1, "name" => "php", "version" => PHP_VERSION, "data" => ["program" => PHP_BINARY, "note" => "PCRE2 " . PCRE_VERSION]]);
while (($line = fgets(STDIN)) !== false) {
    $header = json_decode($line);
    $body = "";
    while (strlen($body) < ($header->bytes ?? 0)) {
        $part = fread(STDIN, $header->bytes - strlen($body));
        if ($part === false || $part === "") exit;
        $body .= $part;
    }
    try {
        answer($header->id, $header->data, $body);
    } catch (Refused $e) {
        send(["id" => $header->id, "error" => $e->getMessage(), "data" => ["kind" => $e->kind, "offset" => $e->offset]]);
    } catch (Throwable $e) {
        send(["id" => $header->id, "error" => $e->getMessage(), "data" => ["kind" => "failed", "offset" => -1]]);
    }
}
