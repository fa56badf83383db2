// SPDX-License-Identifier: MIT
// Texts cut between rows, and tables that do not depend on the cuts.
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/digest.hpp>
#include <footfall/core/random.hpp>
#include <footfall/data/csv.hpp>
#include <footfall/data/csv_blocks.hpp>

namespace {

namespace ff = footfall;

// The table or the error that a text gives, in blocks of so many bytes.
std::string outcome(const std::string& text, ff::index block_bytes, int threads, const ff::csv_options& options = {}) {
  try {
    const auto table = ff::detail::csv_reader(text, options, "csv", {.threads = threads}, block_bytes).read();
    return ff::text(table.rows(), " ", ff::digest_of(table).hex());
  } catch (const ff::error& problem) {
    return problem.what();
  }
}

const std::string good =
    "id,\"na\"\"me\",n\r\n1,\"x, y\",2.5\r\n2,\"two\r\nlines\",\n3,\"say \"\"hi\"\"\",-7e1\r\n4,,12e9\n,\"\n\n\",0\n";

}  // namespace

TEST_CASE("rows are shared out without gaps, wherever the cuts fall") {
  const std::string text = "1,\"a\nb\"\n2,x\n\"3\",\"\n\"\"\n\"\n4,y";
  ff::workers team({.threads = 2});
  for (ff::index bytes = 1; bytes <= static_cast<ff::index>(text.size()) + 3; ++bytes) {
    const auto blocks = ff::detail::csv_blocks(text, team, bytes);
    const char* at = text.data();
    ff::index row = 0;
    for (const auto& each : blocks) {
      REQUIRE(each.begin == at);
      REQUIRE(each.first_row == row);
      at = each.end;
      row += each.rows;
    }
    REQUIRE(at == text.data() + text.size());
    REQUIRE(row == 4);
  }
  CHECK(ff::detail::csv_blocks("", team).empty());
}

TEST_CASE("tables and errors are the same in blocks of any size and with any number of threads") {
  const std::string whole = outcome(good, 1 << 20, 1);
  CHECK(whole.substr(0, 2) == "5 ");
  for (ff::index bytes = 1; bytes < 70; ++bytes) {
    CAPTURE(bytes);
    REQUIRE(outcome(good, bytes, 1) == whole);
    REQUIRE(outcome(good, bytes, 3) == whole);
  }
}

TEST_CASE("a wrong byte anywhere gives the same in blocks of any size") {
  for (const char byte : {'"', '\n', '\r', ',', '\0', 'x', '7'}) {
    for (std::size_t at = 0; at <= good.size(); ++at) {
      std::string bad = good;
      bad.insert(at, 1, byte);
      const std::string whole = outcome(bad, 1 << 20, 1);
      for (const ff::index bytes : {1, 5, 16, 33}) {
        CAPTURE(bad);
        REQUIRE(outcome(bad, bytes, 1) == whole);
      }
    }
  }
}

TEST_CASE("made-up texts, right and wrong, of quotes, delimiters and line ends") {
  ff::random_stream random(9);
  int tables = 0;
  for (int i = 0; i < 3000; ++i) {
    std::string text = "a,b\n";
    for (auto length = random.below(60); length-- > 0;) text += ",,\n\n\"\"1x\r"[random.below(9)];
    const std::string whole = outcome(text, 1 << 20, 1, {.categorical = {"a"}});
    tables += whole.substr(0, 3) != "csv";
    for (const ff::index bytes : {1, 4, 11}) {
      CAPTURE(text);
      REQUIRE(outcome(text, bytes, 1, {.categorical = {"a"}}) == whole);
    }
  }
  CHECK(tables > 20);
}

TEST_CASE("a text that appears late, in another block, makes the whole column one of texts") {
  std::string text = "a,b\n";
  for (int i = 0; i < 30000; ++i) text += ff::text(i, ",", i % 7, "\n");
  text += "x,8\n";
  const auto table = ff::detail::csv_reader(text, {}, "csv", {.threads = 3}, 4096).read();
  CHECK(table["a"].levels().size() == 30001);
  CHECK(table["a"].levels()[static_cast<std::size_t>(table["a"].codes()[12345])] == "12345");
  CHECK(table["b"].numbers()[12345] == 12345 % 7);
  CHECK(outcome(text, 4096, 1, {.numeric = {"a"}}) == "csv: line 30002, column 'a': expected a number, got 'x'");
  CHECK(outcome(text, 4096, 3) == outcome(text, 1 << 20, 1));
}
