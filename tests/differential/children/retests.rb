# Prints what Ruby's test_regexp.rb asserts of patterns and texts, a line of JSON each. Run as:
# ruby --disable-gems -e "$(cat retests.rb)" FILE
# Its tests run, with assertions that note what is asserted. Whatever else they do may fail.
require "json"
$VERBOSE = nil # a warning is not an error

def require(name)
  name == "test/unit" || super
end

module Test
  module Unit
    class TestCase
      # What is not known here runs its block.
      def method_missing(*)
        yield if block_given?
      rescue Exception
        nil
      end

      def respond_to_missing?(*)
        true
      end
    end
  end
end

load ARGV[0]

class TestRegexp
  LETTERS = { Regexp::IGNORECASE => "i", Regexp::MULTILINE => "m", Regexp::EXTENDED => "x" }

  # What is wanted is a kind, and the text of the match where that is told. Of what is not UTF-8 there is only the test.
  def note(pattern, options, text, kind, found = nil, encoding = Encoding::UTF_8)
    strings = [pattern, text, found || ""].map { |s| s.dup.force_encoding("UTF-8") }
    unless strings.all?(&:valid_encoding?) && [Encoding::UTF_8, Encoding::US_ASCII].include?(encoding)
      STDOUT.puts(JSON.generate({ Test: @test }))
      return
    end
    flags = LETTERS.filter_map { |bit, letter| letter if options & bit != 0 }.join
    row = { Test: @test, Pattern: strings[0], Flags: flags, Text: strings[1], Kind: kind, Found: strings[2], Told: !found.nil? }
    STDOUT.puts(JSON.generate(row))
  end

  def note_match(re, text, kind, found = nil)
    re = Regexp.new(re) unless re.is_a?(Regexp)
    note(re.source, re.options, text, kind, found, re.encoding)
    re.match(text)
  end

  def assert_match(re, text, *) = note_match(re, text, "match")
  def assert_no_match(re, text, *) = note_match(re, text, "no match")
  alias assert_not_match assert_no_match

  # A match is the whole text, or the first of two.
  def check(re, matching, others = [], *)
    Array(matching).each { |found, text| note_match(re, text || found, "match", found) }
    Array(others).each { |text| note_match(re, text, "no match") }
  end
  alias assert_regexp check

  def assert_fail(re) = note(re, 0, "", "refused")
  alias failcheck assert_fail
end

TestRegexp.instance_methods(false).grep(/\Atest_/).sort.each do |name|
  test = TestRegexp.new
  test.instance_variable_set(:@test, name)
  begin
    test.public_send(name)
  rescue Exception
    nil
  end
end
