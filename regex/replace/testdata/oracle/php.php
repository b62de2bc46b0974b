// Replaces with preg_replace, for differential_test.go, which says what the lines are.
while (($line = fgets(STDIN)) !== false) {
    [$pattern, $flags, $template, $text] = explode("\t", rtrim($line, "\n"));
    $result = preg_replace("\x01" . hex2bin($pattern) . "\x01" . $flags, hex2bin($template), hex2bin($text));
    echo $result === null ? "error\t" . bin2hex(preg_last_error_msg()) : "ok\t" . bin2hex($result), "\n";
}
