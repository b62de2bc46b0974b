use utf8;
no warnings;
binmode STDIN, ':utf8';
my @tried = map { [map { hex } split /-/] } split / /, <STDIN>;
while (<STDIN>) {
    chomp;
    my ($flags, $pattern) = split / /, $_, 2;
    $flags =~ s/-//;
    my $re = eval { qr/^(?$flags:$pattern)\z/ };
    if (!$re) { my $e = $@; $e =~ s/\n.*//s; print "! $e\n"; next }
    my @found;
    for my $range (@tried) {
        for my $r ($range->[0] .. $range->[1]) {
            next if $r >= 0xD800 && $r < 0xE000;
            push @found, sprintf('%x-%x', $r, $r) if chr($r) =~ $re;
        }
    }
    print join(' ', @found), "\n";
}
