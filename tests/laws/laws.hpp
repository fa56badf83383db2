// SPDX-License-Identifier: MIT
// The laws that every recipe keeps, ours and any to come. A recipe enters with one line:
//   TEST_CASE("laws: ratio") { laws::hold(ff::ratio{.of = "seconds", .to = "pages"}, {.weights = laws::without("...")}); }
// What it says about empty, missing or infinite data is part of that line. Columns that it may name: pages, seconds, value
// (numbers), device, month, day (categories); a recipe on features gets those numbers as columns.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/concepts.hpp>
#include <footfall/core/digest.hpp>
#include <footfall/core/features.hpp>
#include <footfall/core/parts.hpp>
#include <footfall/core/random.hpp>
#include <footfall/data/table.hpp>
#include <footfall/store/archive.hpp>

#include <tests/thrown.hpp>

namespace laws {

namespace ff = footfall;

/// What weights of 2 and two equal rows must have in common; or why nothing.
struct weight_law {
  double tolerance = 0;  ///< relative, of every number that comes out; 0: the fitted values are equal to the last bit
  std::string exempt{};
};
inline weight_law to_the_bit() { return {}; }
inline weight_law within(double tolerance) { return {tolerance}; }
inline weight_law without(std::string reason) { return {0, std::move(reason)}; }

/// What a recipe makes of unusual data: the code of the error it throws, or nothing where it takes them.
struct outcomes {
  std::string no_rows = "wrong_shape";      ///< fitted on no session
  std::string one_row{};                    ///< fitted on one session
  std::string one_class{};                  ///< fitted where no session has the outcome
  std::string missing{};                    ///< fitted where a number and a category are missing
  std::string missing_later{};              ///< used on such data
  std::string infinite{};                   ///< fitted on an infinite number
  std::string infinite_later{};             ///< used on one
  std::string column_gone = "wrong_shape";  ///< used without a column that was there
  weight_law weights{};
  std::string weights_given{};  ///< fitted with weights at all
};

// ---------------------------------------------------------------------------------------------------------- sessions

/// Three groups of sessions of different sizes, far apart; the label leans on the group. All numbers are small integers.
inline ff::table made_table(ff::index rows) {
  ff::random_stream stream(2024);
  std::vector<double> pages, seconds, value;
  std::vector<std::string> device, month, day;
  const std::vector<std::string> days{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};
  for (ff::index row = 0; row < rows; ++row) {
    const auto group = static_cast<double>((row % 6 + 1) / 3);  // 0, 0, 1, 1, 1, 2
    pages.push_back(40 * group + static_cast<double>(1 + stream.below(8)));
    seconds.push_back(900 * group + static_cast<double>(1 + stream.below(120)));
    value.push_back(static_cast<double>(stream.below(3)) - 1 + 5 * group);
    device.emplace_back(stream.below(3) == 0 ? "phone" : "desktop");
    day.push_back(days[static_cast<std::size_t>(row % 7)]);
    month.emplace_back(row % 3 == 0 ? "May" : stream.below(2) == 0 ? "Nov" : "Dec");
  }
  return ff::table({ff::column::numeric("pages", pages, ff::stage::browse),
                    ff::column::numeric("seconds", seconds, ff::stage::browse),
                    ff::column::numeric("value", value, ff::stage::cart),
                    ff::column::from_text("device", device, ff::stage::context),
                    ff::column::from_text("month", month, ff::stage::context),
                    ff::column::from_text("day", day, ff::stage::context)});
}

inline ff::labels made_labels(ff::index rows) {
  ff::random_stream stream(7);
  std::vector<int> bought;
  for (ff::index row = 0; row < rows; ++row)
    bought.push_back(row == 0 || stream.below(6) < static_cast<std::uint64_t>(row % 6) ? 1 : 0);
  return ff::labels(bought);
}

/// The table's numbers as they are, or as features for recipes that take those.
template <class X>
X as(const ff::table& sessions) {
  if constexpr (std::is_same_v<X, ff::table>) {
    return sessions;
  } else {
    ff::matrix<typename X::scalar> values(sessions.rows(), 0);
    std::vector<ff::feature_info> infos;
    for (const auto& column : sessions.columns()) {
      if (!column.is_numeric()) continue;
      values.conservativeResize(Eigen::NoChange, values.cols() + 1);
      for (ff::index row = 0; row < sessions.rows(); ++row) {
        values(row, values.cols() - 1) =
            static_cast<typename X::scalar>(column.numbers()[static_cast<std::size_t>(row)]);
      }
      infos.push_back({column.name(), column.name(), column.stage()});
    }
    return X(values, infos);
  }
}

/// With another number in one place of `column`.
inline ff::table with_number(const ff::table& sessions, const std::string& column, std::size_t row, double number) {
  std::vector<double> numbers(sessions[column].numbers().begin(), sessions[column].numbers().end());
  numbers[row] = number;
  return sessions.with(ff::column::numeric(column, numbers, sessions[column].stage()));
}

inline ff::table with_missing(const ff::table& sessions) {
  std::vector<std::int32_t> codes(sessions["device"].codes().begin(), sessions["device"].codes().end());
  codes[3] = ff::column::missing_code;
  return with_number(sessions, "pages", 3, std::numeric_limits<double>::quiet_NaN())
      .with(ff::column::categorical("device", codes, sessions["device"].levels(), sessions["device"].stage()));
}

inline ff::table with_infinity(const ff::table& sessions) {
  return with_number(sessions, "pages", 5, std::numeric_limits<double>::infinity());
}

/// All of one month and 5 seconds each.
inline ff::table with_constants(const ff::table& sessions) {
  const auto rows = static_cast<std::size_t>(sessions.rows());
  return sessions.with(ff::column::numeric("seconds", std::vector<double>(rows, 5.0), sessions["seconds"].stage()))
      .with(ff::column::from_text("month", std::vector<std::string>(rows, "May"), sessions["month"].stage()));
}

// ------------------------------------------------------------------------------------------------------ fit and use

/// Tables where the recipe takes them, features otherwise.
template <class Recipe>
using input_of = std::conditional_t<ff::fits_labels<Recipe, ff::table> || ff::fits_alone<Recipe, ff::table>, ff::table,
                                    ff::features<double>>;

template <class Recipe, class X>
constexpr bool takes_weights = requires(const Recipe& recipe, const X& x, const ff::labels& y, const ff::weights& w) {
  recipe.fit(x, y, w);
} || requires(const Recipe& recipe, const X& x, const ff::weights& w) { recipe.fit(x, w); };

/// What comes out, one row a session, whatever the verb.
template <class Fitted, class X>
ff::matrix<double> output_of(const Fitted& fitted, const X& x, const ff::run_options& run = {}) {
  const auto column = [](const auto& values) {
    ff::matrix<double> result(static_cast<ff::index>(values.size()), 1);
    std::copy(values.begin(), values.end(), result.data());
    return result;
  };
  if constexpr (requires { fitted.transform(x, run); }) {
    return fitted.transform(x, run).values().template cast<double>();
  } else if constexpr (requires { fitted.transform(x); }) {
    return fitted.transform(x).values().template cast<double>();
  } else if constexpr (requires { fitted.score(x, run); }) {
    return column(fitted.score(x, run));
  } else if constexpr (requires { fitted.score(x); }) {
    return column(fitted.score(x));
  } else if constexpr (requires { fitted.assign(x, run); }) {
    return column(fitted.assign(x, run));
  } else {
    return column(fitted.assign(x));
  }
}

/// Equal to the last bit; a missing value equals a missing value.
inline bool same_bits(const ff::matrix<double>& a, const ff::matrix<double>& b) {
  return a.rows() == b.rows() && a.cols() == b.cols() && ff::digest_of(a) == ff::digest_of(b);
}

// One place for each check: the name of the law says where it was made, and there are fewer of them to compile.
inline void check_same(const ff::matrix<double>& a, const ff::matrix<double>& b) { CHECK(same_bits(a, b)); }
inline void check_code(const std::string& code, const std::string& said) { CHECK(code == said); }

/// The largest difference between two outputs, relative to the largest number in its column.
inline double difference(const ff::matrix<double>& a, const ff::matrix<double>& b) {
  if (a.rows() != b.rows() || a.cols() != b.cols()) return std::numeric_limits<double>::infinity();
  double worst = 0;
  for (ff::index column = 0; column < a.cols(); ++column) {
    double scale = 1e-300;
    for (const double value : b.col(column)) scale = value > scale || -value > scale ? std::fabs(value) : scale;
    for (ff::index row = 0; row < a.rows(); ++row) {
      const double from = a(row, column);
      const double to = b(row, column);
      if (std::isnan(from) != std::isnan(to)) return std::numeric_limits<double>::infinity();
      if (!std::isnan(from) && from != to) worst = std::max(worst, std::fabs(from - to) / scale);
    }
  }
  return worst;
}

/// Equal parts and equal digests, where there are parts: a user's step may have none.
template <class Fitted>
void check_equal(const Fitted& a, const Fitted& b) {
  if constexpr (ff::has_parts<Fitted>) {
    CHECK(a == b);
    CHECK(ff::digest_of(a) == ff::digest_of(b));
  }
}

/// Blocks from the last to the first, in the calling thread.
struct backwards {
  void for_each_block(ff::index n, ff::index grain, ff::block_function f) const {
    for (ff::index block = (n + grain - 1) / grain; block-- > 0;) f(block * grain, std::min(n, (block + 1) * grain));
  }
};

// -------------------------------------------------------------------------------------------------------------- laws

template <class Recipe>
void hold(const Recipe& recipe, const outcomes& expected = {}) {
  using X = input_of<Recipe>;
  constexpr ff::index rows = 150;
  const ff::table sessions = made_table(rows);
  const ff::labels y = made_labels(rows);
  const X x = as<X>(sessions);
  const auto fit = [&](const auto& on, const ff::labels& labels, const ff::weights& w = {},
                       const ff::run_options& run = {}) { return fit_labelled(recipe, on, labels, w, run); };
  using fitted_value = ff::fitted_type<Recipe, X>;

  SUBCASE("fitting twice gives equal values") {
    const auto once = fit(x, y);
    const auto again = fit(x, y);
    check_equal(once, again);
    check_same(output_of(once, x), output_of(again, x));
    if constexpr (ff::has_parts<fitted_value>) {
      static_assert(std::equality_comparable<fitted_value>);
      static_assert(requires { std::string_view(fitted_value::kind); });
    }
    static_assert(std::copyable<fitted_value>);
  }

  SUBCASE("threads and executors change no bit") {
    constexpr ff::index many = 9000;  // several blocks, whatever the grain
    const X large = as<X>(made_table(many));
    const ff::labels labels = made_labels(many);
    const auto alone = fit(large, labels, {}, {.threads = 1});
    const auto output = output_of(alone, large, {.threads = 1});
    const auto check = [&](const ff::run_options& run) {
      const auto other = fit(large, labels, {}, run);
      check_equal(other, alone);
      check_same(output_of(other, large, run), output);
    };
    for (const int threads : {2, 3, 7}) {
      CAPTURE(threads);
      check({.threads = threads});
    }
    ff::serial_executor serial;
    check({.executor = serial});
    backwards reversed;
    check({.executor = reversed});
    ff::thread_pool pool(3);
    check({.executor = pool});
  }

  SUBCASE("sessions come out alike in batches of any size") {
    const auto fitted = fit(x, y);
    const auto whole = output_of(fitted, x);
    CHECK(whole.rows() == rows);
    for (const ff::index batch : {1, 7, 16, 17}) {
      CAPTURE(batch);
      ff::matrix<double> joined(rows, whole.cols());
      for (ff::index begin = 0; begin < rows; begin += batch) {
        ff::row_set some;
        for (ff::index row = begin; row < std::min(rows, begin + batch); ++row) some.push_back(row);
        const auto part = output_of(fitted, x.rows(some));
        REQUIRE(part.cols() == whole.cols());
        REQUIRE(part.rows() == static_cast<ff::index>(some.size()));
        joined.middleRows(begin, part.rows()) = part;
      }
      check_same(joined, whole);
    }
    CHECK(output_of(fitted, x.rows(ff::row_set{})).rows() == 0);
  }

  SUBCASE("sessions in another order come out in that order") {
    const auto fitted = fit(x, y);
    ff::row_set order(static_cast<std::size_t>(rows));
    for (ff::index row = 0; row < rows; ++row) order[static_cast<std::size_t>(row)] = row;
    ff::random_stream(5).shuffle(std::span(order));
    check_same(output_of(fitted, x.rows(order)), output_of(fitted, x)(order, Eigen::all));
  }

  SUBCASE("a weight of 2 is two equal sessions") {
    if (!expected.weights.exempt.empty()) {
      INFO(expected.weights.exempt);
    } else if constexpr (!takes_weights<Recipe, X>) {
      FAIL_CHECK("takes no weights: say laws::without(\"why\")");
    } else {
      std::vector<double> weights;
      ff::row_set repeated;
      for (ff::index row = 0; row < rows; ++row) {
        const int times = row % 4 == 0 ? 3 : row % 2 == 0 ? 2 : 1;
        weights.push_back(times);
        repeated.insert(repeated.end(), static_cast<std::size_t>(times), row);
      }
      const auto weighted = fit(x, y, ff::weights(weights));
      const auto plain = fit(x.rows(repeated), y.rows(repeated));
      if (expected.weights.tolerance == 0) {
        check_equal(weighted, plain);
        check_same(output_of(weighted, x), output_of(plain, x));
      } else {
        CHECK(difference(output_of(weighted, x), output_of(plain, x)) <= expected.weights.tolerance);
      }
      const ff::weights ones(std::vector<double>(static_cast<std::size_t>(rows), 1.0));
      CHECK(difference(output_of(fit(x, y, ones), x), output_of(fit(x, y), x)) <= expected.weights.tolerance);
      check_code(code_thrown_by([&] { return fit(x, y, ff::weights(std::vector{1.0, 2.0})); }), "wrong_shape");
    }
  }

  SUBCASE("a constant column is harmless") {
    const X constant = as<X>(with_constants(sessions));
    const auto output = output_of(fit(constant, y), constant);
    CHECK(output.rows() == rows);
    CHECK(output.allFinite());
  }

  SUBCASE("unusual data give what was said") {
    const auto check = [&](const std::string& said, const X& on, const ff::labels& labels) {
      check_code(code_thrown_by([&] { return fit(on, labels); }), said);
      if (said.empty()) CHECK(output_of(fit(on, labels), on).rows() == on.rows());
    };
    const auto fitted = fit(x, y);
    const auto check_later = [&](const std::string& said, const X& on) {
      check_code(code_thrown_by([&] { return output_of(fitted, on); }), said);
    };
    SUBCASE("no session") { check(expected.no_rows, x.rows(ff::row_set{}), y.rows({})); }
    SUBCASE("one session") { check(expected.one_row, x.rows(ff::row_set{4}), y.rows({4})); }
    SUBCASE("one class") {
      check(expected.one_class, x, ff::labels(std::vector<int>(static_cast<std::size_t>(rows), 0)));
      check(expected.one_class, x, ff::labels(std::vector<int>(static_cast<std::size_t>(rows), 1)));
    }
    SUBCASE("something is missing") { check(expected.missing, as<X>(with_missing(sessions)), y); }
    SUBCASE("something is missing when used") { check_later(expected.missing_later, as<X>(with_missing(sessions))); }
    SUBCASE("something is infinite") { check(expected.infinite, as<X>(with_infinity(sessions)), y); }
    SUBCASE("something is infinite when used") { check_later(expected.infinite_later, as<X>(with_infinity(sessions))); }
    SUBCASE("a column is gone") {
      bool noticed = false;
      for (const std::string name : {"pages", "seconds", "value", "device", "month", "day"}) {
        CAPTURE(name);
        const std::string code = code_thrown_by([&] { return output_of(fitted, as<X>(sessions.without({name}))); });
        noticed = noticed || code == expected.column_gone;
        // Features have one column for each number; of a table a step may name only some.
        const bool must_notice = !std::is_same_v<X, ff::table> && sessions[name].is_numeric();
        CHECK((code == expected.column_gone || (code.empty() && !must_notice)));
      }
      CHECK(noticed);
    }
  }

  SUBCASE("what goes in stays as it is") {
    const ff::weights w(std::vector<double>(static_cast<std::size_t>(rows), 2.0));
    const auto before_x = ff::digest_of(x);
    const auto before_y = ff::digest_of(y);
    const auto before_w = ff::digest_of(w.values());
    check_code(code_thrown_by([&] { return fit(x, y, w); }), expected.weights_given);
    const auto fitted = fit(x, y, expected.weights_given.empty() ? w : ff::weights());
    const auto first = output_of(fitted, x);
    check_same(output_of(fitted, x), first);  // nor does using change what was fitted
    CHECK(ff::digest_of(x) == before_x);
    CHECK(ff::digest_of(y) == before_y);
    CHECK(ff::digest_of(w.values()) == before_w);
  }

  SUBCASE("parts make an equal value again") {
    if constexpr (ff::has_parts<fitted_value>) {
      const auto fitted = fit(x, y);
      const ff::parts_of<fitted_value> parts(fitted.parts());
      const auto again = std::apply([](const auto&... part) { return fitted_value::from_parts(part...); }, parts);
      check_equal(again, fitted);
      check_same(output_of(again, x), output_of(fitted, x));
    }
  }

  SUBCASE("a model file makes an equal value again, and the same file") {
    if constexpr (ff::has_parts<fitted_value>) {
      const auto fitted = fit(x, y);
      const auto bytes = ff::store::to_bytes(fitted);
      const auto again = ff::store::from_bytes<fitted_value>(bytes);
      check_equal(again, fitted);
      CHECK(ff::store::to_bytes(again) == bytes);
    }
  }

  if constexpr (!std::is_same_v<X, ff::table>) {
    SUBCASE("float and double tell the same story") {
      using in_float = ff::features<float>;
      const auto floats = as<in_float>(sessions);
      const auto fitted = fit(floats, y);
      if constexpr (requires { fitted.transform(floats); }) {
        static_assert(std::is_same_v<decltype(fitted.transform(floats)), in_float>);
      }
      CHECK(difference(output_of(fitted, floats), output_of(fit(x, y), x)) < 1e-5);
      check_equal(fit(floats, y), fitted);
    }

    SUBCASE("a matrix without names is as good, and a block of one") {
      const auto expected_output = output_of(fit(x, y), x);
      const ff::matrix<double> plain = x.values();
      check_same(output_of(fit(plain, y), plain), expected_output);
      ff::matrix<double> padded = ff::matrix<double>::Constant(rows + 5, x.cols() + 2, -1e6);
      padded.block(3, 1, rows, x.cols()) = plain;
      const auto block = padded.block(3, 1, rows, x.cols());
      check_same(output_of(fit(block, y), block), expected_output);
    }
  }
}

}  // namespace laws
