# Replaces with s///g, for differential_test.go, which says what the lines are. It runs templates as code, as Perl
# does: they are the test's own.
use utf8;
no warnings;
binmode STDIN;
while (my $line = <STDIN>) {
    chomp $line;
    my ($pattern, $flags, $template, $text) = split /\t/, $line, -1;
    for ($pattern, $template, $text) { $_ = pack("H*", $_); utf8::decode($_); utf8::upgrade($_); }
    utf8::downgrade($text, 1); # as the engine holds it: what some patterns mean depends on that
    my $re = eval { $flags eq "" ? qr/$pattern/u : qr/(?$flags)$pattern/u };
    my $code = "use utf8; use feature 'unicode_strings'; \$text =~ s\x01\$re\x01$template\x01g; 1";
    if (eval $code) {
        utf8::encode($text);
        print "ok\t", unpack("H*", $text), "\n";
    } else {
        my $error = $@;
        utf8::encode($error);
        print "error\t", unpack("H*", $error), "\n";
    }
}
