<?php
ini_set('pcre.jit', '0');
function text($r, $unicode) {
    if (!$unicode || $r < 0x80) return chr($r);
    if ($r < 0x800) return chr(0xC0 | $r >> 6) . chr(0x80 | $r & 63);
    if ($r < 0x10000) return chr(0xE0 | $r >> 12) . chr(0x80 | $r >> 6 & 63) . chr(0x80 | $r & 63);
    return chr(0xF0 | $r >> 18) . chr(0x80 | $r >> 12 & 63) . chr(0x80 | $r >> 6 & 63) . chr(0x80 | $r & 63);
}
$tried = array_map(fn($range) => array_map('hexdec', explode('-', $range)), explode(' ', rtrim(fgets(STDIN), "\n")));
while (($line = fgets(STDIN)) !== false) {
    [$flags, $pattern] = explode(' ', rtrim($line, "\n"), 2);
    $flags = str_replace('-', '', $flags);
    preg_match('/^(\(\*[A-Z]+\))*/', $pattern, $options);
    $re = "\x01" . $options[0] . '^(?:' . substr($pattern, strlen($options[0])) . ')\z' . "\x01" . $flags;
    if (@preg_match($re, '') === false) {
        echo '! ', error_get_last()['message'] ?? '', "\n";
        continue;
    }
    $unicode = strpos($flags, 'u') !== false || strpos($options[0], 'UTF') !== false;
    $found = [];
    foreach ($tried as [$from, $to]) {
        for ($r = $from; $r <= $to && $r <= ($unicode ? 0x10FFFF : 0xFF); $r++) {
            if (($r < 0xD800 || $r >= 0xE000) && preg_match($re, text($r, $unicode)) === 1) $found[] = dechex($r) . '-' . dechex($r);
        }
    }
    echo implode(' ', $found), "\n";
}
