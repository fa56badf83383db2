// SPDX-License-Identifier: MIT
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/concepts.hpp>

namespace ff = footfall;

namespace {

using text = std::string;  // any type can flow through a pipeline

struct fitted_echo {
  int how = 0;
  text transform(const text& x) const { return x + std::to_string(how); }
};
struct echo {  // the shortest recipe
  fitted_echo fit(const text&) const { return {1}; }
};
struct weighted_echo {
  fitted_echo fit(const text&, const ff::weights& w = {}, const ff::run_options& run = {}) const {
    return {100 * static_cast<int>(w.size()) + run.threads};
  }
};
struct labelled_echo {
  fitted_echo fit(const text&, const ff::labels& y) const { return {static_cast<int>(y.positives())}; }
};
struct full_echo {
  fitted_echo fit(const text&, const ff::labels& y, const ff::weights& w = {}, const ff::run_options& run = {}) const {
    return {1000 * static_cast<int>(y.size()) + 100 * static_cast<int>(w.size()) + run.threads};
  }
};

struct fitted_coin {
  ff::scores score(const text& x) const { return ff::scores(x.size(), 0.5); }
};
struct coin {
  fitted_coin fit(const text&, const ff::labels&) const { return {}; }
};
struct fitted_sorter {
  ff::segment_ids assign(const text& x) const { return ff::segment_ids(x.size(), 0); }
};
struct sorter {
  fitted_sorter fit(const text&) const { return {}; }
};

}  // namespace

TEST_CASE("which recipe is what") {
  static_assert(ff::fits_alone<echo, text>);
  static_assert(ff::fits_alone<weighted_echo, text>);
  static_assert(!ff::fits_alone<labelled_echo, text>);
  static_assert(!ff::fits_alone<echo, ff::labels>);
  static_assert(ff::fits_labels<labelled_echo, text>);
  static_assert(ff::fits_labels<full_echo, text>);
  static_assert(!ff::fits_labels<echo, text>);
  static_assert(!ff::fits_labels<weighted_echo, text>);

  static_assert(ff::transformer<echo, text>);
  static_assert(ff::transformer<full_echo, text>);
  static_assert(!ff::transformer<echo, int>);
  static_assert(!ff::transformer<coin, text>);
  static_assert(!ff::transformer<int, text>);
  static_assert(std::is_same_v<ff::transformed_type<echo, text>, text>);
  static_assert(std::is_same_v<ff::fitted_type<labelled_echo, text>, fitted_echo>);

  static_assert(ff::classifier<coin, text>);
  static_assert(!ff::classifier<sorter, text>);
  static_assert(!ff::classifier<echo, text>);
  static_assert(ff::clusterer<sorter, text>);
  static_assert(!ff::clusterer<coin, text>);
}

TEST_CASE("a recipe is fitted with all that it takes and no more") {
  const ff::labels y(std::vector<int>{1, 0, 1});
  const ff::weights w({1, 2, 3});
  const ff::run_options run{.threads = 7};
  CHECK(ff::fit_alone(echo{}, text("x"), w, run).how == 1);
  CHECK(ff::fit_alone(weighted_echo{}, text("x"), w, run).how == 307);
  CHECK(ff::fit_labelled(echo{}, text("x"), y, w, run).how == 1);
  CHECK(ff::fit_labelled(weighted_echo{}, text("x"), y, w, run).how == 307);
  CHECK(ff::fit_labelled(labelled_echo{}, text("x"), y, w, run).how == 2);
  CHECK(ff::fit_labelled(full_echo{}, text("x"), y, w, run).how == 3307);
}
