// SPDX-License-Identifier: MIT
#include <algorithm>
#include <sstream>
#include <stdexcept>
#include <streambuf>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/events/lines.hpp>

#include <tests/thrown.hpp>

namespace ff = footfall;
using footfall_tests::failure_of;

namespace {

// Each line as `number:text`, or `number:!` where it is too long.
std::vector<std::string> lines_of(std::istream& in, std::size_t longest, std::size_t window) {
  std::vector<std::string> result;
  ff::line_reader lines(in, longest, window);
  while (const auto line = lines.next()) {
    result.push_back(std::to_string(line->number) + ':' + (line->too_long ? "!" : std::string(line->text)));
  }
  CHECK_FALSE(lines.next());
  return result;
}

// By the standard library, from the whole text.
std::vector<std::string> expected_lines(const std::string& text, std::size_t longest) {
  std::vector<std::string> result;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    result.push_back(std::to_string(result.size() + 1) + ':' + (line.size() > longest ? "!" : line));
  }
  return result;
}

// A pipe that gives a few bytes at a time.
struct dripping : std::streambuf {
  dripping(std::string all, std::size_t each) : text(std::move(all)), count(each) {}
  int_type underflow() override {
    if (at >= text.size()) return traits_type::eof();
    const std::size_t size = std::min(count, text.size() - at);
    setg(text.data() + at, text.data() + at, text.data() + at + size);
    at += size;
    return traits_type::to_int_type(*gptr());
  }
  std::string text;
  std::size_t count, at = 0;
};

// Like `std::cin` in step with stdio: it gives byte after byte and never says how many it has.
struct unbuffered : std::streambuf {
  explicit unbuffered(std::string all) : text(std::move(all)) {}
  int_type underflow() override { return at < text.size() ? traits_type::to_int_type(text[at]) : traits_type::eof(); }
  int_type uflow() override { return at < text.size() ? traits_type::to_int_type(text[at++]) : traits_type::eof(); }
  std::string text;
  std::size_t at = 0;
};

struct broken : std::streambuf {
  int_type underflow() override { throw std::runtime_error("the disk is gone"); }
};

}  // namespace

TEST_CASE("every window gives the same lines") {
  const std::vector<std::string> texts = {"",
                                          "\n",
                                          "a",
                                          "a\n",
                                          "a\nb",
                                          "\n\na\n\n",
                                          "abc\r\nd",
                                          std::string("a\0b\nc", 5),
                                          std::string(40, 'x') + "\nshort\n" + std::string(17, 'y') + "\nend"};
  for (const auto& text : texts) {
    for (std::size_t window = 1; window < 60; ++window) {
      for (const std::size_t longest : {1UL, 2UL, 5UL, 16UL, 17UL, 39UL, 40UL, 1000UL}) {
        CAPTURE(text);
        CAPTURE(window);
        CAPTURE(longest);
        std::istringstream whole(text);
        REQUIRE(lines_of(whole, longest, window) == expected_lines(text, longest));
        dripping drips(text, 1 + window % 3);
        std::istream pipe(&drips);
        REQUIRE(lines_of(pipe, longest, window) == expected_lines(text, longest));
      }
    }
  }
}

TEST_CASE("a byte order mark is skipped before the first line only") {
  const std::string bom = "\xEF\xBB\xBF";
  for (std::size_t window = 1; window < 20; ++window) {
    std::istringstream in(bom + "a\n" + bom + "b"), alone(bom), part("\xEF\xBB");
    CHECK(lines_of(in, 100, window) == std::vector<std::string>{"1:a", "2:" + bom + "b"});
    CHECK(lines_of(alone, 100, window).empty());
    CHECK(lines_of(part, 100, window) == std::vector<std::string>{"1:\xEF\xBB"});
  }
}

TEST_CASE("bytes behind a line may be read") {
  std::istringstream in("ab\ncd");
  ff::line_reader lines(in, 10, 4);
  int sum = 0;
  while (const auto line = lines.next()) {
    for (std::size_t i = 0; i < line->text.size() + ff::line_reader::spare; ++i) sum += line->text.data()[i];
  }
  CHECK(sum != 0);  // under the address sanitizer this is the test
}

TEST_CASE("a stream that fails and limits that make no sense are errors") {
  broken disk;
  std::istream in(&disk);
  ff::line_reader lines(in, 10);
  CHECK(failure_of([&] { (void)lines.next(); }).code == ff::error_code::file);
  CHECK(failure_of([&] { ff::line_reader(in, 0); }).code == ff::error_code::bad_option);
  CHECK(failure_of([&] { ff::line_reader(in, 1, 0); }).code == ff::error_code::bad_option);
}

TEST_CASE("a line of a pipe is given as soon as it is there") {
  const std::string text = "first\nsecond\n" + std::string(1000, 'x') + "\n";
  for (const std::size_t each : std::vector<std::size_t>{1, 6, 8, 100}) {
    dripping pipe(text, each);
    std::istream in(&pipe);
    ff::line_reader lines(in, 4000, 512);
    CHECK(lines.next()->text == "first");
    CHECK(pipe.at <= std::max<std::size_t>(6, each));  // not asked for more
    CHECK(lines.next()->text == "second");
    CHECK(pipe.at <= 13 + each);
    CHECK(lines.next()->text.size() == 1000);
    CHECK_FALSE(lines.next());
  }
  unbuffered bytes(text);
  std::istream in(&bytes);
  ff::line_reader lines(in, 4000, 512);
  CHECK(lines.next()->text == "first");
  CHECK(bytes.at == 6);
  CHECK(lines.next()->text == "second");
  CHECK(lines.next()->text.size() == 1000);
  CHECK_FALSE(lines.next());
}
