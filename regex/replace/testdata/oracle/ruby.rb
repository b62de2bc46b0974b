# Replaces with String#gsub, for differential_test.go, which says what the lines are.
STDIN.each_line do |line|
  pattern, flags, template, text = line.chomp.split("\t", -1)
  pattern, template, text = [pattern, template, text].map { |field| [field].pack("H*").force_encoding("UTF-8") }
  options = 0
  options |= Regexp::IGNORECASE if flags.include?("i")
  begin
    puts "ok\t" + text.gsub(Regexp.new(pattern, options), template).unpack1("H*")
  rescue IndexError, RuntimeError, ArgumentError => e
    puts "error\t" + e.message.unpack1("H*")
  end
end
