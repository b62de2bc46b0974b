STDIN.set_encoding("UTF-8")
tried = STDIN.gets.split(" ").map { |range| range.split("-").map(&:hex) }
STDIN.each_line(chomp: true) do |line|
  flags, pattern = line.split(" ", 2)
  options = 0
  options |= Regexp::IGNORECASE if flags.include?("i")
  options |= Regexp::MULTILINE if flags.include?("m")
  inline = flags.delete("^adu")
  begin
    re = Regexp.new('\A(?' + inline + ":" + pattern + ')\z', options)
    found = tried.flat_map { |a, b| (a..b).select { |r| !(r >= 0xD800 && r < 0xE000) && re.match?([r].pack("U")) } }
    puts found.map { |r| format("%x-%x", r, r) }.join(" ")
  rescue RegexpError => e
    puts "! " + e.message.lines[0]
  end
end
