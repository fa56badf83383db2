// SPDX-License-Identifier: MIT
#include <cmath>
#include <cstdint>
#include <numeric>
#include <span>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/attribution/collect.hpp>
#include <footfall/core/random.hpp>

#include <tests/thrown.hpp>

namespace ff = footfall;
using column = ff::column;

namespace {

struct touch {
  std::string visitor;
  double time;
  std::string channel;
  double converted = 0;
  double revenue = 0;
};

ff::table table_of(const std::vector<touch>& touches) {
  std::vector<std::string> visitors, channels;
  std::vector<double> times, converted, revenue;
  for (const auto& each : touches) {
    visitors.push_back(each.visitor);
    channels.push_back(each.channel);
    times.push_back(each.time);
    converted.push_back(each.converted);
    revenue.push_back(each.revenue);
  }
  return ff::table({column::from_text("visitor", visitors), column::numeric("day", times),
                    column::from_text("channel", channels), column::numeric("bought", converted),
                    column::numeric("revenue", revenue)});
}

const ff::journey_columns columns{
    .visitor = "visitor", .time = "day", .channel = "channel", .converted = "bought", .revenue = "revenue"};

// "ads mail* : ads" of visitor 0: journeys of one visitor, a star for a conversion.
std::vector<std::string> texts_of(const ff::journeys& paths) {
  std::vector<std::string> result(static_cast<std::size_t>(paths.visitors()));
  for (ff::index i = 0; i < paths.size(); ++i) {
    auto& of = result[static_cast<std::size_t>(paths.visitor(i))];
    if (!of.empty()) of += " :";
    for (const auto each : paths.touches(i)) {
      of += (of.empty() ? "" : " ") + paths.channels()[static_cast<std::size_t>(each)];
    }
    if (paths.converted(i)) of += "*";
  }
  return result;
}

const std::vector<touch> some{
    {"x", 9, "mail", 1, 20}, {"y", 4, "ads"},  {"x", 2, "ads"},     {"x", 12, "ads"}, {"x", 5, "ads"},
    {"y", 5, "", 1, 7},      {"z", 1, "mail"}, {"w", 3, "", 1, 11}, {"v", 8, ""},     {"x", 12, "mail", 1, 3}};

}  // namespace

TEST_CASE("touches become journeys: sorted, cut after each conversion, the unconverted kept") {
  const auto found = ff::collect_journeys(table_of(some), columns);
  CHECK(texts_of(found.paths) == std::vector<std::string>{"ads ads mail* : ads mail*", "ads*", "mail"});
  const auto ages = found.paths.ages(0);
  CHECK(std::vector(ages.begin(), ages.end()) == std::vector<double>{7, 4, 0});
  CHECK(found.paths.revenue(0) == 20);
  CHECK(found.paths.revenue(2) == 7);
  CHECK(found.ledger == ff::journey_ledger{10, 7, 0, 3, 1, 11});
  CHECK(found.paths.conversions() == 3);
}

TEST_CASE("look-back: of a conversion, and of the last touch where there is none") {
  auto narrow = columns;
  narrow.look_back = 4;
  const auto found = ff::collect_journeys(table_of(some), narrow);
  CHECK(texts_of(found.paths) == std::vector<std::string>{"ads mail* : ads mail*", "ads*", "mail"});
  CHECK(found.ledger == ff::journey_ledger{10, 6, 1, 3, 1, 11});

  // A purchase whose touches are all too old has no journey; what it brought is counted.
  const auto late = ff::collect_journeys(
      table_of({{"x", 0, "ads"}, {"x", 9, "", 1, 5}, {"x", 20, "ads"}, {"x", 30, "mail"}}), narrow);
  CHECK(texts_of(late.paths) == std::vector<std::string>{"mail"});
  CHECK(late.ledger == ff::journey_ledger{4, 1, 2, 1, 1, 5});
}

TEST_CASE("every row is accounted for, and their order changes nothing") {
  ff::random_stream random(12);
  std::vector<touch> touches;
  for (int i = 0; i < 2'000; ++i) {
    touch each{"v" + std::to_string(random.below(300)), static_cast<double>(random.below(40)), "", 0, 0};
    if (random.below(8) != 0) each.channel = "c" + std::to_string(random.below(4));
    if (random.below(6) == 0) {
      each.converted = 1;
      each.revenue = static_cast<double>(random.below(1'000)) / 100;
    }
    touches.push_back(each);
  }
  auto narrow = columns;
  narrow.look_back = 10;
  const auto first = ff::collect_journeys(table_of(touches), narrow);
  CHECK(first.ledger.rows == 2'000);
  CHECK(first.ledger.rows == first.ledger.touches + first.ledger.too_old + first.ledger.without_channel);
  double conversions = 0, revenue = 0;
  for (const auto& each : touches) {
    conversions += each.converted;
    revenue += each.revenue;
  }
  CHECK(static_cast<double>(first.paths.conversions() + first.ledger.conversions_without_touches) == conversions);
  CHECK(std::fabs(first.paths.revenue_of_all() + first.ledger.revenue_without_touches - revenue) < 1e-8);
  CHECK(first.ledger.too_old > 0);
  CHECK(first.ledger.conversions_without_touches > 0);
  for (int round = 0; round < 3; ++round) {
    random.shuffle(std::span(touches));
    const auto second = ff::collect_journeys(table_of(touches), narrow);
    CHECK(second.paths == first.paths);
    CHECK(second.ledger == first.ledger);
  }
}

TEST_CASE("times as text") {
  const ff::table touches({column::from_text("visitor", {"x", "x"}),
                           column::from_text("at", {"2024-03-02", "2024-03-01T12:00"}),
                           column::from_text("channel", {"ads", "mail"}), column::numeric("bought", {1, 0})});
  const auto found =
      ff::collect_journeys(touches, {.visitor = "visitor", .time = "at", .channel = "channel", .converted = "bought"});
  CHECK(texts_of(found.paths) == std::vector<std::string>{"mail ads*"});
  CHECK(found.paths.ages(0)[0] == 43200);
}

TEST_CASE("bad input has its error") {
  const auto with = [](const std::vector<touch>& touches, const ff::journey_columns& of = columns) {
    return thrown_by([&] { return ff::collect_journeys(table_of(touches), of); });
  };
  CHECK(with({}).empty());
  CHECK(with({{"", 1, "ads"}}) == "missing_value: collect_journeys: the visitor is missing in row 0");
  CHECK(with({{"x", std::nan(""), "ads"}}) == "missing_value: column 'day': the time is missing in row 0");
  CHECK(with({{"x", 1, "ads", 2}}).substr(0, 9) == "bad_value");
  CHECK(with({{"x", 1, "ads", 1, -4}}) ==
        "bad_value: collect_journeys: revenue must be at least 0, and 0 without a conversion, got -4 in row 0");
  CHECK(with({{"x", 1, "ads", 0, 4}}).substr(0, 9) == "bad_value");
  CHECK(with({{"x", 1, "ads", 1, std::nan("")}}).substr(0, 13) == "missing_value");
  CHECK(with({{"x", 1, "ads", 1, INFINITY}}).substr(0, 10) == "not_finite");
  auto changed = columns;
  changed.look_back = 0;
  CHECK(with({{"x", 1, "ads"}}, changed).substr(0, 10) == "bad_option");
  changed = columns;
  changed.channel = "source";
  CHECK(with({{"x", 1, "ads"}}, changed).substr(0, 12) == "unknown_name");
  changed.channel = "day";
  CHECK(with({{"x", 1, "ads"}}, changed).substr(0, 10) == "wrong_kind");
  changed = columns;
  changed.time = "channel";
  CHECK(with({{"x", 1, "ads"}}, changed) ==
        "bad_text: parse_timestamp: not a date or time as ISO 8601 writes them: 'ads'");
}
