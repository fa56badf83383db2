// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/random.hpp>
#include <footfall/events/text_dictionary.hpp>

#include <tests/core/colliding_texts.hpp>
#include <tests/thrown.hpp>

namespace ff = footfall;
using footfall_tests::failure_of;

TEST_CASE("texts get codes in the order in which they come, and give them back") {
  ff::text_dictionary texts;
  CHECK(texts.size() == 0);
  CHECK(texts.find("a") == ff::text_dictionary::none);
  const std::string nul("a\0b", 3), nul_other("a\0c", 3);
  CHECK(texts.add("a") == 0);
  CHECK(texts.add("") == 1);
  CHECK(texts.add(nul) == 2);
  CHECK(texts.add(nul_other) == 3);
  CHECK(texts.add("a") == 0);
  CHECK(texts.add("") == 1);
  CHECK(texts.size() == 4);
  CHECK(texts[0] == "a");
  CHECK(texts[1] == "");
  CHECK(texts[2] == nul);
  CHECK(texts.find(nul_other) == 3);
  CHECK(texts.find("b") == ff::text_dictionary::none);
}

TEST_CASE("many texts and long ones, and a copy with a life of its own") {
  ff::text_dictionary texts;
  for (std::uint32_t i = 0; i < 5000; ++i) REQUIRE(texts.add("visitor " + std::to_string(i)) == i);
  const std::string long_id(10 << 20, 'x');
  CHECK(texts.add(long_id) == 5000);
  CHECK(texts.add(long_id + 'y') == 5001);
  CHECK(texts.add(long_id) == 5000);
  const auto copy = texts;
  texts.add("only here");
  for (std::uint32_t i = 0; i < 5000; ++i) REQUIRE(copy[i] == "visitor " + std::to_string(i));
  CHECK(copy[5000] == long_id);
  CHECK(copy.find("only here") == ff::text_dictionary::none);
  CHECK(copy.bytes() > 2 * long_id.size());
  CHECK(copy.bytes() < 3 * long_id.size());
}

TEST_CASE("codes do not depend on the key") {
  ff::text_dictionary one(ff::text_hash(1)), two(ff::text_hash(2));
  for (int i = 0; i < 300; ++i) {
    const auto text = std::to_string(i * i % 97);
    REQUIRE(one.add(text) == two.add(text));
  }
}

TEST_CASE("many texts at once get the codes that one after another gets") {
  ff::random_stream random(11);
  std::vector<std::string> texts;
  for (int i = 0; i < 3000;
       ++i) {  // of 0 to 20 bytes, of which two kinds are zero bytes too: many differ in one byte only
    std::string each(random.below(21), 'a');
    for (auto change = random.below(3); change > 0 && !each.empty(); --change) {
      each[random.below(each.size())] = "ab\0\xFF"[random.below(4)];
    }
    texts.push_back(each);
  }
  const std::vector<std::string_view> views(texts.begin(), texts.end());
  ff::text_dictionary at_once(ff::text_hash(1)), one_by_one(ff::text_hash(2));
  for (int time = 0; time < 2; ++time) {  // new texts, then known ones
    std::vector<std::uint32_t> codes(views.size());
    at_once.add_all(views, codes.data());
    for (std::size_t i = 0; i < views.size(); ++i) REQUIRE(codes[i] == one_by_one.add(views[i]));
  }
  CHECK(at_once.size() == one_by_one.size());
  for (std::uint32_t code = 0; code < at_once.size(); ++code) REQUIRE(at_once[code] == one_by_one[code]);
  at_once.add_all({}, nullptr);
  CHECK(at_once.size() == one_by_one.size());
}

TEST_CASE("a text is told from one that differs in any one byte") {
  for (std::size_t size = 1; size < 40; ++size) {
    const std::string text(size, 'a');
    ff::text_dictionary texts;
    const auto code = texts.add(text);
    CHECK(texts.is(code, text));
    CHECK_FALSE(texts.is(code, text + 'a'));
    for (std::size_t at = 0; at < size; ++at) {
      std::string other = text;
      other[at] = 'b';
      CAPTURE(size);
      REQUIRE_FALSE(texts.is(code, other));
    }
  }
}

TEST_CASE("ids chosen to collide cost what others cost") {
  // With the key that they were made for, each id has to pass all others; with another key it passes one or two.
  const auto ids = footfall_tests::colliding_texts(4, 2000);
  const auto longest = [&](ff::text_dictionary texts) {
    std::size_t steps = 0;
    for (const auto& id : ids) texts.add(id);
    for (const auto& id : ids) steps = std::max(steps, texts.steps_to(id));
    return steps;
  };
  CHECK(longest(ff::text_dictionary(ff::text_hash(4))) == 1999);
  CHECK(longest(ff::text_dictionary(ff::text_hash(5))) < 50);
  CHECK(longest(ff::text_dictionary()) < 50);
}

TEST_CASE("texts with the same hash are told apart also where many are added at once") {
  const auto ids = footfall_tests::colliding_texts(4, 300);
  ff::text_dictionary texts(ff::text_hash(4));
  std::vector<std::string_view> views(ids.begin(), ids.end());
  views.insert(views.end(), ids.begin(), ids.end());
  std::vector<std::uint32_t> codes(views.size());
  texts.add_all(views, codes.data());
  for (std::size_t i = 0; i < views.size(); ++i) CHECK(codes[i] == i % ids.size());
}

TEST_CASE("a dictionary that is full says so and stays as it was") {
  ff::text_dictionary texts(ff::text_hash(1), 3);
  for (const auto* each : {"a", "b", "c", "b"}) texts.add(each);
  const auto failed = failure_of([&] { texts.add("d"); });
  CHECK(failed.code == ff::error_code::limit);
  CHECK(failed.message == "text_dictionary: more than 3 different texts");
  CHECK(texts.size() == 3);
  CHECK(texts.add("c") == 2);
}
