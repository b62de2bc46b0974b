# The protocol in perl: a child that the tests use. Run as: perl -e "$(cat child.pl)"
use strict;
use warnings;
use JSON::PP;
binmode STDIN;
binmode STDOUT;
$| = 1;
my $json = JSON::PP->new->utf8->allow_nonref;

sub send_frame {
    my ($header, $body) = @_;
    $header->{bytes} = length $body if defined $body;
    print $json->encode($header), "\n", $body // "";
}

send_frame({protocol => 1, name => "perl", version => sprintf "%vd", $^V});
while (defined(my $line = <STDIN>)) {
    my $request = $json->decode($line);
    my $body = "";
    read STDIN, $body, $request->{bytes} if $request->{bytes};
    my ($id, $data) = ($request->{id}, $request->{data} // {});
    my $op = $data->{op} // "echo";
    my $done = JSON::PP::true;
    if ($op eq "echo") { send_frame({id => $id, done => $done, data => $data->{data}}, $body) }
    elsif ($op eq "count") {
        send_frame({id => $id, data => $_}, $body) for 0 .. $data->{n} - 1;
        send_frame({id => $id, done => $done});
    }
    elsif ($op eq "pid") { send_frame({id => $id, done => $done, data => $$}) }
    elsif ($op eq "spin") { 1 while 1 }
    elsif ($op eq "alloc") { my $x = "x" x $data->{n}; send_frame({id => $id, done => $done, data => length $x}) }
    else { send_frame({id => $id, error => "no such op: $op"}) }
}
