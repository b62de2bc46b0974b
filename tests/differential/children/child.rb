# Asks ruby about patterns. Run as: ruby --disable-gems -e "$(cat child.rb)"
# A request's body has a line for each pattern, FLAGS TAB BASE64, or for a search FLAGS TAB BASE64 TAB TEXT,TEXT... with
# the texts in base64; so has the answer: see readAnswer in child.go and readFound in search.go.
require "json"
$VERBOSE = nil # a warning is not an error
STDIN.binmode
STDOUT.binmode
STDOUT.sync = true
LETTERS = { "i" => Regexp::IGNORECASE, "m" => Regexp::MULTILINE, "x" => Regexp::EXTENDED }

def base64(text)
  [text].pack("m0")
end

def answer(flags, pattern)
  options = flags.chars.sum { |letter| LETTERS.fetch(letter) }
  begin
    compiled = Regexp.new(pattern, options)
  rescue RegexpError, ArgumentError => e
    # Ruby says "REASON: /PATTERN/".
    return "-\t-1\t#{base64(e.message.b.split(": /".b, 2).first)}\t0\t"
  rescue SystemStackError, NoMemoryError => e
    return "!\t-1\t#{base64(e.class.name)}\t0\t"
  end
  # The empty alternative matches at once, whatever the pattern is, and the result has all groups.
  found = Regexp.new("|" + pattern, options).match("")
  names = compiled.named_captures.flat_map { |name, numbers| numbers.map { |number| "#{number}:#{base64(name)}" } }
  "+\t-1\t\t#{found.size - 1}\t#{names.join(",")}"
rescue StandardError => e
  "!\t-1\t#{base64("accepted, but: " + e.message)}\t0\t"
end

def search(flags, pattern, texts)
  begin
    compiled = Regexp.new(pattern, flags.chars.sum { |letter| LETTERS.fetch(letter) })
  rescue RegexpError, ArgumentError => e
    return "-\t#{base64(e.message.b.split(": /".b, 2).first)}"
  end
  "+\t" + texts.map { |text| find(compiled, text) }.join(";")
rescue StandardError => e
  "!\t#{base64(e.message)}"
end

def find(compiled, text)
  at = [0]
  text.each_char { |character| at << at.last + character.bytesize }
  matches = []
  place = 0
  while matches.size < 4 && (m = compiled.match(text, place))
    matches << (0...m.size).map { |i| m.begin(i) ? "#{at[m.begin(i)]},#{at[m.end(i)]}" : "-1,-1" }.join(",")
    break if m.end(0) == m.begin(0)
    place = m.end(0)
  end
  matches.join(" ")
end

def text(encoded)
  encoded.unpack1("m0").force_encoding("UTF-8")
end

STDOUT.write(JSON.generate({ protocol: 1, name: "ruby", version: RUBY_VERSION }) + "\n")
while (line = STDIN.gets)
  request = JSON.parse(line)
  answers = (STDIN.read(request["bytes"] || 0) || "").lines(chomp: true).map do |row|
    flags, pattern, texts = row.split("\t", -1)
    (texts ? search(flags, text(pattern), texts.split(",", -1).map { |t| text(t) }) : answer(flags, text(pattern))) + "\n"
  end
  body = answers.join
  STDOUT.write(JSON.generate({ id: request["id"], done: true, bytes: body.bytesize }) + "\n" + body)
end
