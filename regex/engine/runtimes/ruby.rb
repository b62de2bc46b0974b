# Runs patterns on ruby for regex/engine/runtime.go, which says what the messages mean.
# Run as: ruby --disable-gems -e "$(cat ruby.rb)"
require "json"
require "rbconfig"
$VERBOSE = nil # a warning is not an error
STDIN.binmode
STDOUT.binmode
STDOUT.sync = true
LETTERS = { "i" => Regexp::IGNORECASE, "m" => Regexp::MULTILINE, "x" => Regexp::EXTENDED }

def send_frame(header, body = nil)
  header[:bytes] = body.bytesize if body && !body.empty?
  STDOUT.write(JSON.generate(header) << "\n" << (body || ""))
end

def now
  Process.clock_gettime(Process::CLOCK_MONOTONIC)
end

class Refused < StandardError; end

$key = $program = $groups = $text = $text_id = nil

def compile(request)
  wanted = request["flags"] + "/" + request["pattern"]
  return if $key == wanted
  pattern = [request["pattern"]].pack("H*").force_encoding("UTF-8")
  # Ruby compiles a pattern of ASCII again for the encoding of each text, unless its encoding is fixed.
  options = request["flags"].chars.sum(Regexp::FIXEDENCODING) { |letter| LETTERS.fetch(letter) }
  begin
    program = Regexp.new(pattern, options)
  rescue RegexpError, ArgumentError => e
    # Ruby says "REASON: /PATTERN/".
    raise Refused, e.message.b.split(": /".b, 2).first.force_encoding("UTF-8").scrub
  end
  # The empty alternative matches at once, whatever the pattern is, and the result has all groups.
  $groups = Regexp.new("|" + pattern, options).match("").size - 1
  $program, $key = program, wanted
end

# From ruby 3.2 on it tells the bytes before a match and its groups. Before, it counts the characters from the text's
# start for each match; so a StringScanner tells the bytes of the whole match, and only groups are counted. A text of
# ASCII is counted at once when its encoding says so; $program has an encoding of its own (see compile), and goes by that.
BYTES = String.method_defined?(:byteindex) && MatchData.method_defined?(:byteoffset)
require "strscan" unless BYTES

# finder returns a function that searches from a place in bytes, and returns the spans of what it finds.
def finder
  numbers = (1..$groups)
  if BYTES
    return lambda do |place|
      $text.byteindex($program, place) or return
      match = $~
      (0..$groups).flat_map { |i| match.byteoffset(i).then { |from, to| from ? [from, to] : [-1, -1] } }
    end
  end
  if $text.ascii_only? && $groups > 0
    plain = $text.dup.force_encoding("US-ASCII").freeze
    return lambda do |place|
      plain.index($program, place) or return
      match = $~
      (0..$groups).flat_map { |i| match.begin(i) ? [match.begin(i), match.end(i)] : [-1, -1] }
    end
  end
  scanner = StringScanner.new($text, fixed_anchor: true)
  characters, counted = 0, 0 # up to a place in bytes
  lambda do |place|
    scanner.pos = place
    scanner.scan_until($program) or return
    found = [scanner.pos - scanner.matched_size, scanner.pos]
    next found if $groups == 0
    characters += $text.byteslice(counted, place - counted).length
    counted = place
    match = $program.match($text, characters)
    numbers.each do |i|
      next found << -1 << -1 unless match.begin(i)
      from = match.begin(i) - match.begin(0)
      # A group that a lookbehind has taken is before the match.
      from = from < 0 ? $text[0, match.begin(i)].bytesize : found[0] + bytes_of(found[0], from)
      found << from << from + match[i].bytesize
    end
    found
  end
end

# bytes_of returns how many bytes so many characters have from a place on.
def bytes_of(place, characters)
  $text.byteslice(place, 4 * characters).each_char.first(characters).sum(&:bytesize)
end

# search goes on as String#scan does: after an empty match, one character further.
def search(id, start, skip, max)
  body, early, count, flushed = "".b, 64, 0, now
  place, find = start, finder
  while place <= $text.bytesize && (found = find.call(place))
    place = found[1]
    place += width(place) if found[0] == found[1]
    if skip > 0
      skip -= 1
      next
    end
    body << found.pack("l<*")
    count += 1
    break if count == max
    # The first ones at once, then after a millisecond each.
    next unless early > 0 || now - flushed > 0.001
    early -= 1 if early > 0
    send_frame({ id: id }, body)
    body = "".b
    flushed = now
  end
  send_frame({ id: id, done: true }, body)
end

# measure is the loop that a user of the engine writes, with nothing of ours in it.
def measure(id, repeat)
  count, start = 0, now
  repeat.times do
    count = 0
    $text.scan($program) { count += 1 }
  end
  send_frame({ id: id, done: true, data: { count: count, seconds: now - start } })
end

# width returns how many bytes the character at a place has, 1 at the end.
def width(place)
  byte = $text.getbyte(place) || 0
  byte < 0xC0 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
end

def answer(id, request, body)
  if request["op"] == "compile"
    compile(request)
    names = $program.named_captures.flat_map { |name, numbers| numbers.map { |number| [number, name] } }
    return send_frame({ id: id, done: true, data: { groups: $groups, names: names } })
  end
  if request["sent"]
    $text = body.force_encoding("UTF-8")
    $text_id = request["text"]
  elsif $text_id != request["text"]
    return send_frame({ id: id, done: true, data: { resend: true } })
  end
  compile(request)
  return measure(id, request["repeat"]) if request["op"] == "measure"
  search(id, request["start"], request["skip"], request["max"])
end

def fail_with(id, kind, message)
  send_frame({ id: id, error: message, data: { kind: kind, offset: -1 } })
end

note = BYTES ? "" : "before 3.2, groups are slow to find in long texts that are not ASCII"
program = RbConfig.ruby
send_frame({ protocol: 1, name: "ruby", version: RUBY_VERSION, data: { program: program, note: note, unicode: RbConfig::CONFIG["UNICODE_VERSION"].to_s } })
while (line = STDIN.gets)
  header = JSON.parse(line)
  body = header["bytes"] ? STDIN.read(header["bytes"]) : "".b
  begin
    answer(header["id"], header["data"], body)
  rescue Refused => e
    fail_with(header["id"], "pattern", e.message)
  rescue SystemStackError, NoMemoryError => e
    fail_with(header["id"], "limit", "ruby has no room left: #{e.class}")
  rescue StandardError => e
    fail_with(header["id"], "failed", "#{e.class}: #{e.message}".b.force_encoding("UTF-8").scrub)
  end
end
