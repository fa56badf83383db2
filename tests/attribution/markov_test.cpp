// SPDX-License-Identifier: MIT
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/attribution/markov.hpp>

#include <tests/attribution/made_journeys.hpp>
#include <tests/thrown.hpp>

namespace ff = footfall;
using footfall_tests::path_of;
using footfall_tests::random_paths;

namespace {

void check(const std::vector<double>& found, const std::vector<double>& expected, double within = 1e-12) {
  REQUIRE(found.size() == expected.size());
  for (std::size_t i = 0; i < found.size(); ++i) CHECK(std::fabs(found[i] - expected[i]) <= within);
}

ff::markov_state state(std::vector<std::int32_t> touches, std::vector<double> to_channel, double conversion,
                       double loss) {
  return {std::move(touches), std::move(to_channel), conversion, loss};
}

}  // namespace

TEST_CASE("the examples that can be checked by hand") {
  SUBCASE("three channels") {
    const auto paths = ff::journeys::of_paths({path_of("C1 C2 C3", 1), path_of("C1", 0, 1), path_of("C2 C3", 0, 1)});
    const auto chain = ff::markov{}.fit(paths);
    CHECK(std::fabs(chain.conversion_probability() - 1.0 / 3) <= 1e-12);
    check(chain.removal_effects(), {0.5, 1, 1});
    check(ff::markov{}.credit_of(paths).conversions, {0.2, 0.4, 0.4});
  }
  SUBCASE("two channels") {
    const auto paths =
        ff::journeys::of_paths({path_of("G", 2), path_of("M", 1), path_of("G M", 1), path_of("G", 0, 1)});
    const auto chain = ff::markov{}.fit(paths);
    CHECK(std::fabs(chain.conversion_probability() - 0.8) <= 1e-12);
    check(chain.removal_effects(), {0.75, 0.5});
    check(ff::markov{}.credit_of(paths).conversions, {2.4, 1.6});
  }
  SUBCASE("loops") {
    const auto paths = ff::journeys::of_paths({path_of("A B A B B A", 1), path_of("A B B A A", 1), path_of("A A", 1)});
    check(ff::markov{}.fit(paths).removal_effects(), {1, 0.5});
    check(ff::markov{}.credit_of(paths).conversions, {2, 1});
  }
  SUBCASE("one way in") {
    const auto paths = ff::journeys::of_paths({path_of("a b", 3, 1), path_of("a c", 1, 1)});
    const auto chain = ff::markov{}.fit(paths);
    CHECK(std::fabs(chain.conversion_probability() - 2.0 / 3) <= 1e-12);
    check(chain.removal_effects(), {1, 0.75, 0.25});
    check(ff::markov{}.credit_of(paths).conversions, {2, 1.5, 0.5});
  }
}

TEST_CASE("states are the last touches, counted as they came") {
  const auto chain = ff::markov{2}.fit(ff::journeys::of_paths({path_of("a b a b", 1), path_of("b", 0, 1)}));
  REQUIRE(chain.states().size() == 5);  // start, a, ab, b, ba
  CHECK(ff::same_parts(chain.states()[0], state({}, {1, 1}, 0, 0)));
  CHECK(ff::same_parts(chain.states()[1], state({0}, {0, 1}, 0, 0)));
  CHECK(ff::same_parts(chain.states()[2], state({0, 1}, {1, 0}, 1, 0)));
  CHECK(ff::same_parts(chain.states()[3], state({1}, {0, 0}, 0, 1)));
  CHECK(ff::same_parts(chain.states()[4], state({1, 0}, {0, 1}, 0, 0)));
}

TEST_CASE("the order is chosen by what it explains and what it costs") {
  // Order 1 journeys: the next channel hangs on the last one alone. Order 2: on the last two.
  const auto made = [](int memory) {
    ff::random_stream random(11);
    std::vector<ff::path> paths;
    for (int i = 0; i < 3'000; ++i) {
      std::vector<int> touches{static_cast<int>(random.below(3))};
      while (touches.size() < 12 && random.uniform() > 0.2) {
        const int last = touches.back();
        const int before = memory == 2 && touches.size() > 1 ? touches[touches.size() - 2] : 0;
        const int likely = (last + before + 1) % 3;
        touches.push_back(random.uniform() < 0.7 ? likely : static_cast<int>(random.below(3)));
      }
      ff::path each;
      for (const int touch : touches) each.touches.push_back(std::string(1, static_cast<char>('a' + touch)));
      (random.uniform() < 0.3 ? each.conversions : each.others) = 1;
      paths.push_back(each);
    }
    return ff::journeys::of_paths(paths);
  };
  const auto first = ff::choose_markov_order(made(1));
  CHECK(first.chosen == 1);
  CHECK(first.tried.size() == 3);
  CHECK(first.tried[1].log_likelihood > first.tried[0].log_likelihood);  // it always explains more
  CHECK(ff::choose_markov_order(made(2)).chosen == 2);

  // By hand: from the start one way; from a to b or an end, from b two ends. log(1/2) twice in a, and in b.
  const auto small = ff::markov{}.fit(ff::journeys::of_paths({path_of("a b", 1), path_of("a", 0, 1)}));
  CHECK(std::fabs(small.log_likelihood() - 2 * std::log(0.5)) < 1e-15);
  CHECK(small.parameters() == 1 + 3 + 3);
  CHECK(std::fabs(small.bic() - (7 * std::log(5.0) - 4 * std::log(0.5))) < 1e-13);
}

TEST_CASE("what is no order") {
  const auto paths = ff::journeys::of_paths(random_paths(10, 2, 1));
  CHECK(code_thrown_by([&] { return ff::markov{0}.fit(paths); }) == "bad_option");
  CHECK(code_thrown_by([&] { return ff::choose_markov_order(paths, 0); }) == "bad_option");
  CHECK(code_thrown_by([] { return ff::choose_markov_order({}); }) == "wrong_shape");
  const auto chain = ff::markov{}.fit(paths);
  CHECK(chain == ff::markov{}.fit(paths));
}
