// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <map>
#include <random>
#include <set>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/random.hpp>

#include <tests/thrown.hpp>

namespace ff = footfall;
using footfall_tests::failure_of;

namespace {

using words = std::array<std::uint32_t, 4>;

// Pearson's statistic of counts against the shares that they should have.
double chi_square_of(const std::vector<double>& counts, const std::vector<double>& shares) {
  double total = 0;
  for (const double count : counts) total += count;
  double statistic = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const double expected = total * shares[i];
    statistic += (counts[i] - expected) * (counts[i] - expected) / expected;
  }
  return statistic;
}

}  // namespace

TEST_CASE("Philox gives the words that its authors published") {
  // kat_vectors of Random123 1.09, philox4x32 with 10 rounds.
  CHECK(ff::detail::philox({0, 0, 0, 0}, 0) == words{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
  CHECK(ff::detail::philox({0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}, 0xffffffffffffffff) ==
        words{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd});
  CHECK(ff::detail::philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, 0x299f31d0a4093822) ==
        words{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1});
}

// The numbers of this case are a promise: they come from a second implementation, in Python, and must never change.
TEST_CASE("a seed gives the same draws for ever") {
  ff::random_stream words(7);
  CHECK(words() == 0xc009f9dcf4607a2d);
  CHECK(words() == 0x15edac821d3aba42);
  CHECK(words() == 0xcb97bc13682e8e9b);
  CHECK(words() == 0xf535eea62bfaff6b);

  ff::random_stream shares(7);
  CHECK(shares.uniform() == 0x1.8013f3b9e8c0fp-1);
  CHECK(shares.uniform() == 0x1.5edac821d3ab8p-4);
  CHECK(shares.uniform() == 0x1.972f7826d05d1p-1);

  ff::random_stream digits(7);
  for (const unsigned expected : {9u, 7u, 1u, 0u, 4u, 7u, 1u, 9u, 0u, 0u}) CHECK(digits.below(10) == expected);

  ff::random_stream large(7);  // of these, some words must be rejected
  for (const std::uint64_t expected :
       {2863791377u, 2250456665u, 342532084u, 256973595u, 1220881212u, 2385852111u, 18225386u, 1170597210u}) {
    CHECK(large.below(3000000000) == expected);
  }

  std::vector<int> order{0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
  ff::random_stream(7).shuffle(std::span(order));
  CHECK(order == std::vector<int>{1, 4, 5, 8, 3, 2, 7, 0, 6, 9});

  const std::vector<double> weights{1, 0, 3, 6};
  ff::random_stream picks(7);
  for (const ff::index expected : {3, 0, 3, 3, 0, 3, 2, 2, 3, 3, 2, 3, 3, 3, 3, 3})
    CHECK(picks.pick(weights) == expected);

  ff::random_stream normals(7);
  for (const double expected : {1.4300277086839794, 1.7190003661702242, 0.07571185225513297}) {
    CHECK(normals.normal() == doctest::Approx(expected).epsilon(1e-14));
  }

  ff::random_stream child = ff::random_stream(7).child(17);
  CHECK(child == ff::random_stream(0x8b39dbde19454f49));
  CHECK(child() == 0x6f004eced34f0bea);
  CHECK(child() == 0xf32caf54b9f015be);
  CHECK(ff::random_stream(7).child(0) == ff::random_stream(0x71eade72d6a62573));
  CHECK(ff::random_stream(7).child((std::uint64_t{1} << 40) + 3) == ff::random_stream(0xdfa3ed3b06c7fdcc));
}

TEST_CASE("a child does not depend on how far its parent was read") {
  ff::random_stream parent(3);
  const ff::random_stream before = parent.child(5);
  for (int i = 0; i < 1001; ++i) (void)parent();
  CHECK(parent.child(5) == before);
  ff::random_stream untouched(3);
  (void)untouched.child(0);
  CHECK(untouched() == ff::random_stream(3)());
}

TEST_CASE("children differ from each other, from their parent and from their cousins") {
  std::set<std::uint64_t> firsts{ff::random_stream(1)(), ff::random_stream(2)()};
  for (std::uint64_t i = 0; i < 1000; ++i) {
    firsts.insert(ff::random_stream(1).child(i)());
    firsts.insert(ff::random_stream(2).child(i)());
    firsts.insert(ff::random_stream(1).child(i).child(i)());
  }
  CHECK(firsts.size() == 3002);
}

TEST_CASE("neighbouring children are not correlated") {
  const ff::random_stream parent(11);
  constexpr int pairs = 40000;
  double sum = 0;
  for (std::uint64_t i = 0; i < pairs; ++i) {
    sum += (parent.child(i).uniform() - 0.5) * (parent.child(i + 1).uniform() - 0.5);
  }
  CHECK(std::fabs(sum / pairs * 12) < 4 / std::sqrt(double{pairs}));
}

TEST_CASE("copying a stream copies its position") {
  ff::random_stream a(9);
  (void)a.below(7);
  ff::random_stream b = a;
  CHECK(a == b);
  CHECK(a() == b());
  (void)a.below(7);
  CHECK_FALSE(a == b);
}

TEST_CASE("a stream drives the standard library") {
  static_assert(std::uniform_random_bit_generator<ff::random_stream>);
  static_assert(ff::random_stream::min() == 0);
  static_assert(ff::random_stream::max() == std::numeric_limits<std::uint64_t>::max());
}

TEST_CASE("uniform numbers fill [0, 1) evenly") {
  ff::random_stream stream(21);
  std::vector<double> counts(10);
  double largest = 0;
  for (int i = 0; i < 100000; ++i) {
    const double value = stream.uniform();
    REQUIRE(value >= 0);
    REQUIRE(value < 1);
    largest = std::max(largest, value);
    counts[static_cast<std::size_t>(value * 10)] += 1;
  }
  CHECK(chi_square_of(counts, std::vector<double>(10, 0.1)) < 33.7);  // one seed in ten thousand exceeds this
  CHECK(largest > 0.9999);
}

TEST_CASE("bounds above 32 bits, and none") {
  ff::random_stream stream(5);
  for (const int power : {33, 47, 63}) {
    const std::uint64_t bound =
        (std::uint64_t{1} << power) + (std::uint64_t{1} << (power - 1));  // three parts of 2^(power-1)
    std::vector<int> counts(3);
    for (int i = 0; i < 30000; ++i) counts.at(stream.below(bound) >> (power - 1)) += 1;
    for (const int count : counts) CHECK(std::abs(count - 10000) < 330);  // four standard deviations
  }
  CHECK(stream.below(0) == 0);
  CHECK(stream.below((std::uint64_t{1} << 32) + 1) <= std::uint64_t{1} << 32);
}

TEST_CASE("integers below a bound are equally frequent") {
  for (const std::uint64_t bound : {2u, 3u, 10u}) {
    ff::random_stream stream(bound);
    std::vector<double> counts(bound);
    for (int i = 0; i < 60000; ++i) counts.at(stream.below(bound)) += 1;
    CHECK(chi_square_of(counts, std::vector<double>(bound, 1.0 / static_cast<double>(bound))) < 33.7);
  }
}

TEST_CASE("a large bound is not biased") {
  // Without rejection, 32-bit words scaled to 3 * 2^30 would give every third number two chances and the others one.
  const std::uint64_t bound = std::uint64_t{3} << 30;
  ff::random_stream stream(4);
  std::vector<double> counts(3);
  for (int i = 0; i < 60000; ++i) counts.at(stream.below(bound) % 3) += 1;
  CHECK(chi_square_of(counts, {1.0 / 3, 1.0 / 3, 1.0 / 3}) < 18.4);
}

TEST_CASE("the ends of the range of bounds") {
  ff::random_stream stream(5);
  for (int i = 0; i < 100; ++i) CHECK(stream.below(1) == 0);
  std::uint64_t largest = 0;
  for (int i = 0; i < 1000; ++i) largest = std::max(largest, stream.below(std::uint64_t{1} << 32));
  CHECK(largest > 0xFF000000);
  CHECK(largest <= 0xFFFFFFFF);
}

TEST_CASE("normal numbers have mean 0, deviation 1 and the tails of the normal distribution") {
  ff::random_stream stream(8);
  constexpr int draws = 100000;
  double sum = 0;
  double squares = 0;
  int beyond_two = 0;
  for (int i = 0; i < draws; ++i) {
    const double value = stream.normal();
    REQUIRE(std::isfinite(value));
    sum += value;
    squares += value * value;
    beyond_two += std::fabs(value) > 2 ? 1 : 0;
  }
  CHECK(std::fabs(sum / draws) < 4 / std::sqrt(double{draws}));
  CHECK(squares / draws == doctest::Approx(1).epsilon(4 * std::sqrt(2.0 / draws)));
  CHECK(beyond_two / double{draws} == doctest::Approx(0.0455).epsilon(0.06));
}

TEST_CASE("a weighted draw follows the weights and never takes a zero") {
  const std::vector<double> weights{0, 1, 2, 0, 3, 4, 0};
  ff::random_stream stream(6);
  std::vector<double> counts(weights.size());
  for (int i = 0; i < 50000; ++i) counts.at(static_cast<std::size_t>(stream.pick(weights))) += 1;
  CHECK(counts[0] + counts[3] + counts[6] == 0);
  CHECK(chi_square_of({counts[1], counts[2], counts[4], counts[5]}, {0.1, 0.2, 0.3, 0.4}) < 21.1);
}

TEST_CASE("a weighted draw does not depend on the scale of the weights") {
  ff::random_stream plain(13);
  ff::random_stream scaled(13);
  for (int i = 0; i < 200; ++i) {
    CHECK(plain.pick(std::vector<double>{1, 2, 3}) == scaled.pick(std::vector<double>{0x1p900, 0x1p901, 3 * 0x1p900}));
  }
  CHECK(plain.pick(std::vector<double>{5e-324}) == 0);
}

TEST_CASE("weights that cannot be drawn by") {
  ff::random_stream stream(1);
  const double infinity = std::numeric_limits<double>::infinity();
  const double largest = std::numeric_limits<double>::max();
  for (const std::vector<double>& bad :
       {std::vector<double>{}, {0, 0}, {1, -1}, {infinity}, {1, std::nan("")}, {largest, largest}}) {
    CHECK(failure_of([&] { (void)stream.pick(bad); }).code == ff::error_code::bad_value);
  }
  CHECK(failure_of([&] { (void)stream.pick(std::vector<double>{1, -2.5}); }).names("got -2.5"));
}

TEST_CASE("every order of four is equally likely") {
  ff::random_stream stream(10);
  std::map<std::vector<int>, double> seen;
  for (int i = 0; i < 48000; ++i) {
    std::vector<int> order{0, 1, 2, 3};
    stream.shuffle(std::span(order));
    seen[order] += 1;
  }
  REQUIRE(seen.size() == 24);
  std::vector<double> counts;
  for (const auto& [order, count] : seen) counts.push_back(count);
  CHECK(chi_square_of(counts, std::vector<double>(24, 1.0 / 24)) < 58.6);  // one seed in ten thousand exceeds this
}

TEST_CASE("shuffling nothing, or one, draws nothing") {
  ff::random_stream stream(2);
  std::vector<int> none;
  std::vector<int> one{5};
  stream.shuffle(std::span(none));
  stream.shuffle(std::span(one));
  CHECK(stream == ff::random_stream(2));
}

TEST_CASE("many words at a time are the words one by one") {
  for (const std::size_t before : {0U, 1U, 2U, 3U, 5U}) {
    for (const std::size_t words : {0U, 1U, 3U, 4U, 63U, 64U, 65U, 127U, 128U, 200U, 1000U}) {
      ff::random_stream one_by_one(0x123456789ABCDEF);
      ff::random_stream many = one_by_one;
      std::vector<std::uint32_t> head(before), expected(words), filled(words);
      const auto word = [&] { return static_cast<std::uint32_t>(one_by_one.below(std::uint64_t{1} << 32)); };
      for (std::size_t i = 0; i < before; ++i) (void)word();
      for (auto& each : expected) each = word();
      many.fill(head);
      many.fill(filled);
      CHECK(filled == expected);
      CHECK(many() == one_by_one());
    }
  }
  // Counters past 2^32 blocks cannot be reached by reading; their words are those of the reference.
  std::array<std::uint32_t, 8> words{};
  ff::detail::philox_in_a_row<2>(0xFFFFFFFF, 77, words.data());
  const auto last = ff::detail::philox({0xFFFFFFFF, 0, 0, 0}, 77);
  const auto next = ff::detail::philox({0, 1, 0, 0}, 77);
  CHECK(std::equal(last.begin(), last.end(), words.begin()));
  CHECK(std::equal(next.begin(), next.end(), words.begin() + 4));
}
