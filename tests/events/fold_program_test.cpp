// SPDX-License-Identifier: MIT
// The insides of a declaration: names and numbers of a log, and one place for a name that folds share.
#include <cstdint>
#include <limits>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/events/fold_program.hpp>
#include <footfall/events/session_features.hpp>

#include <tests/events/made_events.hpp>

namespace ff = footfall;
using made::at;

TEST_CASE("division rounds down on both sides of 0") {
  CHECK(ff::detail::floor_divide(7, 3) == 2);
  CHECK(ff::detail::floor_divide(6, 3) == 2);
  CHECK(ff::detail::floor_divide(-1, 3) == -1);
  CHECK(ff::detail::floor_divide(-3, 3) == -1);
  CHECK(ff::detail::floor_divide(-4, 3) == -2);
  CHECK(ff::detail::floor_divide(std::numeric_limits<std::int64_t>::min(), 2) ==
        std::numeric_limits<std::int64_t>::min() / 2);
}

TEST_CASE("a log's names by number, and events of no name that is asked for") {
  const ff::session_features features({{"a", ff::fold::count("page_view"), ff::stage::browse},
                                       {"b", ff::fold::count({"scroll", "page_view"}), ff::stage::browse},
                                       {"all", ff::fold::count({}), ff::stage::browse}});
  const auto log = made::log_of({at(0, "unheard_of"), at(1, "page_view"), at(2, "scroll"), at(3, "page_view")});
  const auto numbers = features.numbers_of_names(log);
  CHECK(numbers.size() == 3);
  CHECK(numbers[0] == 0);
  CHECK(numbers[1] == features.number_of_name("page_view"));
  ff::session_state state;
  ff::visitor_history visitor;
  ff::fold_counts counts;
  for (ff::index i = 0; i < log.size(); ++i) {
    features.observe(state, visitor, counts, log[i], numbers[log.name_codes()[static_cast<std::size_t>(i)]]);
  }
  std::vector<double> values(3);
  features.values(state, values);
  CHECK(values == std::vector<double>{2, 3, 4});
  CHECK(counts.unnamed == 1);
}
