# Asks perl about patterns. Run as: perl -e "$(cat child.pl)"
# A request's body has a line for each pattern, FLAGS TAB BASE64, or for a search FLAGS TAB BASE64 TAB TEXT,TEXT... with
# the texts in base64; so has the answer: see readAnswer in child.go and readFound in search.go.
# A pattern is never part of the program's text: it is a variable's value. Perl refuses code in such patterns.
use strict;
use B ();
use Devel::Peek ();
use Encode ();
use JSON::PP ();
use MIME::Base64 ();
binmode STDIN;
binmode STDOUT;
$| = 1;
my $json = JSON::PP->new->utf8;
open my $real_stderr, ">&", \*STDERR or die $!;
open my $dump, "+>", undef or die $!;

sub base64 {
    my ($text) = @_;
    utf8::encode($text) if utf8::is_utf8($text);
    return MIME::Base64::encode_base64($text, "");
}

# compiler returns functions that compile a pattern, and that match it as the second alternative after an empty one.
my %compilers;
sub compilers {
    my ($flags) = @_;
    die "bad flags" if $flags !~ /\A[a-zA-Z]*\z/;
    return $compilers{$flags} //= [
        eval "use feature 'unicode_strings'; no warnings; sub { my \$p = shift; qr/\$p/$flags }",
        eval "no warnings; sub { my \$p = shift; '' =~ /|\$p/$flags; (\$#+, scalar(keys %-)) }",
    ];
}

# names returns the group names of a compiled pattern with their numbers. Perl tells only whether a name has taken
# part in a match; so this looks into the compiled pattern: a hash of names, whose values are lists of C integers.
sub names {
    my ($compiled) = @_;
    seek $dump, 0, 0;
    truncate $dump, 0;
    open STDERR, ">&", $dump or die $!;
    Devel::Peek::Dump($compiled);
    open STDERR, ">&", $real_stderr or die $!;
    seek $dump, 0, 0;
    local $/;
    my ($address) = <$dump> =~ /PAREN_NAMES = 0x([0-9a-f]+)/ or die "no names in the dump of a pattern";
    my $table = bless(\(my $pointer = hex $address), "B::HV")->object_2svref;
    my @names;
    for my $name (sort keys %$table) {
        push @names, map { "$_:" . base64($name) } unpack "i*", ${\ "$table->{$name}"};
    }
    return join ",", @names;
}

sub text {
    my ($bytes) = @_;
    return eval { Encode::decode("UTF-8", my $copy = $bytes, Encode::FB_CROAK) } // $bytes;
}

sub answer {
    my ($flags, $pattern) = @_;
    my ($compile, $match) = @{compilers($flags)};
    my $decoded = utf8::is_utf8($pattern);
    my $compiled = eval { $compile->($pattern) };
    if (!defined $compiled) {
        my ($error, $offset) = ($@, -1);
        if ($error =~ m{in m/(.*?) <-- HERE }s && substr($pattern, 0, length $1) eq $1) {
            my $before = $1;
            utf8::encode($before) if $decoded; # otherwise characters are bytes, also where the message is UTF-8
            $offset = length $before;
        }
        $error =~ s/(?: in regex)?;? marked by <-- HERE in m.*//s or $error =~ s{ in regex m/.*}{}s or $error =~ s/ at -e line \d+\.\n\z//;
        return join "\t", "-", $offset, base64($error), 0, "";
    }
    my ($groups, $named) = eval { $match->($pattern) };
    return join "\t", "!", -1, base64("accepted, but: $@"), 0, "" if !defined $groups;
    return join "\t", "+", -1, "", $groups, $named ? names($compiled) : "";
}

sub search {
    my ($flags, $pattern, @texts) = @_;
    # The empty pattern would be the one that matched last.
    my $compiled = eval { compilers($flags)->[0]->($pattern eq "" ? "(?:)" : $pattern) };
    return "-\t" . base64($@) if !defined $compiled;
    return "+\t" . join ";", map { find($compiled, $_) } @texts;
}

sub find {
    my ($compiled, $text) = @_;
    utf8::downgrade($text, 1); # where all characters fit into a byte, as the engine of the flavor is given them
    my @at = (0);
    push @at, $at[-1] + ($_ < 0x80 ? 1 : $_ < 0x800 ? 2 : $_ < 0x10000 ? 3 : 4) for unpack "W*", $text;
    my @matches;
    no warnings;
    while (@matches < 4 && $text =~ /$compiled/g) {
        push @matches, join ",", map { defined $-[$_] && defined $+[$_] ? ($at[$-[$_]], $at[$+[$_]]) : (-1, -1) } 0 .. $#+;
        last if $-[0] == $+[0];
    }
    return join " ", @matches;
}

print $json->encode({protocol => 1, name => "perl", version => sprintf "%vd", $^V}), "\n";
while (defined(my $line = <STDIN>)) {
    my $request = $json->decode($line);
    my ($body, $answers) = ("", "");
    read STDIN, $body, $request->{bytes} if $request->{bytes};
    for my $row (split /\n/, $body) {
        my ($flags, $pattern, $texts) = split /\t/, $row, -1;
        my @texts = map { text(MIME::Base64::decode_base64($_)) } $pattern, split /,/, $texts // "", -1;
        $answers .= (defined $texts ? search($flags, @texts) : answer($flags, @texts)) . "\n";
    }
    print $json->encode({id => $request->{id}, done => JSON::PP::true, bytes => length $answers}), "\n", $answers;
}
