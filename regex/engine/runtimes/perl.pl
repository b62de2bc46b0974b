# Runs patterns on perl for regex/engine/runtime.go, which says what the messages mean.
# Run as: perl -e "$(cat perl.pl)"
# A pattern is never part of the program's text: it is a variable's value. Perl runs no code in such patterns, and puts
# no variables into them. No module is needed but those that every perl has: requests are simple enough for that.
use strict;
use utf8;
binmode STDIN;
binmode STDOUT;
$| = 1;
# Without it, a clock of seconds: matches come later then.
my $clock = eval { require Time::HiRes; \&Time::HiRes::time } || sub { time };

sub quoted {
    my ($text) = @_;
    utf8::encode($text) if utf8::is_utf8($text);
    $text =~ s/(["\\\x00-\x1f])/sprintf "\\u%04x", ord $1/ge;
    return "\"$text\"";
}

sub fail {
    my ($id, $kind, $message, $offset) = @_;
    print qq({"id":$id,"error":) . quoted($message) . qq(,"data":{"kind":"$kind","offset":$offset}}\n);
}

# done ends an answer. What is in its body are 32-bit numbers.
sub done {
    my ($id, $data, $body) = @_;
    print qq({"id":$id,"done":true,"bytes":) . length($body) . qq(,"data":$data}\n) . $body;
}

# compiler returns a function that compiles a pattern, and one that says how many groups it has: by matching it as the
# second alternative after an empty one. The rules are Unicode's, whatever perl's internal form of a text is.
my %compilers;

sub compilers {
    my ($flags) = @_;
    die "bad flags" if $flags !~ /\A[a-z]*\z/;
    return $compilers{$flags} //= [
        eval "use feature 'unicode_strings'; no warnings; sub { my \$p = shift; qr/\$p/$flags }",
        eval "use feature 'unicode_strings'; no warnings; sub { my \$p = shift; '' =~ /|\$p/$flags; \$#+ }",
    ];
}

# Where perl puts the name of the last (*MARK) of a match.
our $REGMARK;

my ($program, $key, $groups, $rewinds, $text, $text_id) = (undef, "", 0, 0, "", "");

# compile makes $program and $groups, or tells what is wrong with the pattern.
sub compile {
    my ($id, $flags, $hex) = @_;
    return 1 if $key eq "$flags/$hex";
    my $pattern = pack "H*", $hex;
    utf8::decode($pattern);
    my ($compile, $count) = @{compilers($flags)};
    # The empty pattern would be the one that matched last.
    $program = eval { $compile->($pattern eq "" ? "(?:)" : $pattern) };
    if (!defined $program) {
        my ($error, $offset) = ($@, -1);
        if ($error =~ m{in m/(.*?) <-- HERE }s && substr($pattern, 0, length $1) eq $1) {
            $offset = length $1;
        }
        $error =~ s/(?: in regex)?;? marked by <-- HERE in m.*//s
            or $error =~ s{ in regex m/.*}{}s
            or $error =~ s/ at (?:-e|\(eval \d+\)) line \d+\.\n\z//;
        $key = "";
        fail($id, "pattern", $error, $offset);
        return 0;
    }
    $groups = eval { $count->($pattern) };
    if (!defined $groups) {
        $key = "";
        fail($id, "failed", "the pattern's groups cannot be counted: $@", -1);
        return 0;
    }
    ($key, $rewinds) = ("$flags/$hex", $pattern =~ /\\K/ ? 1 : 0);
    return 1;
}

# truth tells the true that perl puts into $REGMARK where a match has no mark from one that is called 1: it is a number as
# well, of which the bits are taken.
sub truth { $_[0] eq "1" && ($_[0] ^ $_[0]) eq "0" }

sub search {
    my ($id, $start, $skip, $max) = @_;
    no warnings;
    my ($body, $marks, $early, $count, $flushed, $first) = ("", "", 64, 0, $clock->(), 0);
    # In a text of wide characters perl counts from the text's start for each place in @- and @+. What pos and a length
    # can say of the whole match they say faster.
    my $wide = utf8::is_utf8($text) && !$rewinds;
    pos($text) = $start;
    while ($text =~ /$program/g) {
        next if $skip-- > 0;
        my $end = $wide ? pos $text : $+[0];
        $body .= pack "l<*", $wide ? $end - length $& : $-[0], $end,
            map { defined $-[$_] && defined $+[$_] ? ($-[$_], $+[$_]) : (-1, -1) } 1 .. $groups;
        $marks .= ($marks eq "" ? "[" : ",[") . ($count - $first) . "," . quoted($REGMARK) . "]"
            if $REGMARK ne "" && !truth($REGMARK);
        last if ++$count == $max;
        # The first ones at once, then after a millisecond each.
        if ($early > 0 || $clock->() - $flushed > 0.001) {
            $early-- if $early > 0;
            my $data = $marks eq "" ? "" : qq(,"data":{"marks":[$marks]});
            print qq({"id":$id,"bytes":) . length($body) . "$data}\n" . $body;
            ($body, $marks, $flushed, $first) = ("", "", $clock->(), $count);
        }
    }
    done($id, $marks eq "" ? "{}" : qq({"marks":[$marks]}), $body);
}

# measure is the loop that a user of the engine writes, with nothing of ours in it.
sub measure {
    my ($id, $repeat) = @_;
    no warnings;
    pos($text) = 0;
    my ($count, $start) = (0, $clock->());
    for (1 .. $repeat) {
        $count = 0;
        $count++ while $text =~ /$program/g;
    }
    done($id, sprintf(qq({"count":%d,"seconds":%.9f}), $count, $clock->() - $start), "");
}

my $version = sprintf "v%vd", $^V;
print qq({"protocol":1,"name":"perl","version":"$version","data":{"program":) . quoted($^X) . qq(,"prefix":) . quoted(join ":", @INC) . qq(}}\n);
while (defined(my $line = <STDIN>)) {
    my ($id) = $line =~ /"id":(\d+)/;
    my ($bytes) = $line =~ /"bytes":(\d+)/;
    my %request = $line =~ /"(op|flags|pattern|text|sent|start|skip|max|repeat)":"?(\w*)/g;
    my $body = "";
    read STDIN, $body, $bytes if $bytes;
    if ($request{op} eq "compile") {
        done($id, qq({"groups":$groups}), "") if compile($id, $request{flags}, $request{pattern});
        next;
    }
    if ($request{sent} eq "true") {
        ($text, $text_id) = ($body, $request{text});
        undef $body;
        utf8::decode($text);
        utf8::downgrade($text, 1); # where all characters fit into a byte
    } elsif ($text_id ne $request{text}) {
        done($id, qq({"resend":true}), "");
        next;
    }
    next unless compile($id, $request{flags}, $request{pattern});
    if ($request{op} eq "measure") {
        measure($id, $request{repeat});
    } else {
        search($id, @request{qw(start skip max)});
    }
}
