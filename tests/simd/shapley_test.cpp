// SPDX-License-Identifier: MIT
// The kernels of the Shapley walk against their plain twins, bit for bit, and a tree of one question by hand.
#include <array>
#include <cstring>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/random.hpp>
#include <footfall/simd/shapley.hpp>

namespace {

namespace ff = footfall;
using ff::simd::eight;

/// One question asked in full: factors, down, two leaves, up.
struct asked {
  std::vector<eight> above, left, right;
  eight inverse[2][2], gain[2][2], passed[2], gained;
};

template <class Batch>
asked ask(std::uint64_t seed, bool again, ff::index sessions) {
  ff::random_stream random(seed);
  ff::simd::shapley_points points{11, std::vector<eight>(2), std::vector<eight>(2), std::vector<eight>(2),
                                  std::vector<eight>(2)};
  for (std::size_t i = 0; i < 16; ++i) {
    const double t = (static_cast<double>(i) + 0.5) / 16;
    points.at[i / 8].values[i % 8] = t;
    points.rest[i / 8].values[i % 8] = 1 - t;
    points.weight[i / 8].values[i % 8] = 0.0625;
    points.cold[i / 8].values[i % 8] = 0.0625 / (1 - t);
  }
  asked out{std::vector<eight>(11), std::vector<eight>(11), std::vector<eight>(11), {}, {}, {}, {}};
  eight codes, before_passed, before[2][2];
  for (auto& line : out.above) {
    for (double& value : line.values) value = random.uniform();
  }
  for (std::size_t s = 0; s < 8; ++s) {
    codes.values[s] = static_cast<double>(random.below(256));
    before_passed.values[s] = static_cast<double>(random.below(2));
    out.gained.values[s] = random.uniform();
  }
  ff::simd::shapley_question question{0.3, 0.7, 120, random.below(2) == 0 ? 255.0 : 256.0, codes.data(), {}};
  if (again) {
    ff::simd::shapley_factors<Batch>(0.4, points, before[0]->data(), before[1]->data());
    question.before = {0.4, before[0]->data(), before[1]->data(), before_passed.data()};
  }
  ff::simd::shapley_side sides[2];
  for (int side = 0; side < 2; ++side) {
    const double zero = question.before.zero * (side == 0 ? 0.3 : 0.7);
    ff::simd::shapley_factors<Batch>(zero, points, out.inverse[side]->data(), out.gain[side]->data());
    sides[side] = {zero, out.inverse[side]->data(), out.gain[side]->data(), out.passed[side].data()};
  }
  ff::simd::shapley_down<Batch>(question, points, sessions, out.above.data()->data(), out.left.data()->data(),
                                out.right.data()->data(), out.passed[0].data(), out.passed[1].data());
  ff::simd::shapley_leaf<Batch>(0.125, points.count, sessions, out.left.data()->data());
  ff::simd::shapley_leaf<Batch>(0.9, points.count, sessions, out.right.data()->data());
  ff::simd::shapley_up<Batch>(question, points, sessions, sides[0], sides[1], out.left.data()->data(),
                              out.right.data()->data(), out.above.data()->data(), out.gained.data());
  return out;
}

bool same(const eight& a, const eight& b, ff::index sessions) {
  return std::memcmp(a.data(), b.data(), static_cast<std::size_t>(sessions) * sizeof(double)) == 0;
}

}  // namespace

TEST_CASE("registers and single sessions give the same bits") {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    for (const bool again : {false, true}) {
      for (ff::index sessions = 1; sessions <= 8; ++sessions) {
        CAPTURE(seed);
        CAPTURE(again);
        CAPTURE(sessions);
        const asked wide = ask<ff::simd::batch<double>>(seed, again, sessions);
        const asked plain = ask<double>(seed, again, sessions);
        for (std::size_t i = 0; i < wide.above.size(); ++i) {
          CHECK(same(wide.above[i], plain.above[i], sessions));
          CHECK(same(wide.left[i], plain.left[i], sessions));
          CHECK(same(wide.right[i], plain.right[i], sessions));
        }
        for (int side = 0; side < 2; ++side) {
          CHECK(same(wide.passed[side], plain.passed[side], sessions));
          CHECK(same(*wide.inverse[side], *plain.inverse[side], 8));
          CHECK(same(wide.inverse[side][1], plain.inverse[side][1], 3));
          CHECK(same(*wide.gain[side], *plain.gain[side], 8));
        }
        CHECK(same(wide.gained, plain.gained, sessions));
      }
    }
  }
}

TEST_CASE("a tree of one question gives its column the whole difference") {
  ff::simd::shapley_points points{1, std::vector<eight>(1), std::vector<eight>(1), std::vector<eight>(1),
                                  std::vector<eight>(1)};
  points.at[0].values.fill(0.5);
  points.rest[0].values.fill(0.5);
  points.weight[0].values[0] = 1;
  points.cold[0].values[0] = 2;
  eight codes{{1, 5, 255, 6, 0, 0, 0, 0}};
  const ff::simd::shapley_question question{0.25, 0.75, 5, 255, codes.data(), {}};
  eight inverse[2], gain[2], passed[2], above, left, right, gained;
  ff::simd::shapley_side sides[2];
  for (int side = 0; side < 2; ++side) {
    const double zero = side == 0 ? 0.25 : 0.75;
    ff::simd::shapley_factors(zero, points, inverse[side].data(), gain[side].data());
    sides[side] = {zero, inverse[side].data(), gain[side].data(), passed[side].data()};
  }
  above.values.fill(1);
  ff::simd::shapley_down(question, points, 8, above.data(), left.data(), right.data(), passed[0].data(),
                         passed[1].data());
  ff::simd::shapley_leaf(0.5, 1, 8, left.data());
  ff::simd::shapley_leaf(1.0, 1, 8, right.data());
  ff::simd::shapley_up(question, points, 8, sides[0], sides[1], left.data(), right.data(), above.data(), gained.data());
  const double mean = 0.25 * 0.5 + 0.75 * 1;
  CHECK(gained.values[0] == doctest::Approx(0.5 - mean).epsilon(1e-15));
  CHECK(gained.values[1] == gained.values[0]);
  CHECK(gained.values[2] == gained.values[0]);  // missing goes left here
  CHECK(gained.values[3] == doctest::Approx(1 - mean).epsilon(1e-15));
  CHECK(passed[0].values[0] == 1);
  CHECK(passed[1].values[0] == 0);
  CHECK(passed[1].values[3] == 1);
}
