// SPDX-License-Identifier: MIT
#include <limits>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/random.hpp>
#include <footfall/segments/persona.hpp>
#include <footfall/synthetic/channel_mix.hpp>
#include <footfall/synthetic/fashion_store.hpp>

#include <tests/segments/published_sessions.hpp>
#include <tests/thrown.hpp>

namespace ff = footfall;

namespace {

std::vector<std::string> names_of(const std::vector<ff::persona>& personas) {
  std::vector<std::string> names;
  for (const auto& each : personas) names.push_back(each.name);
  return names;
}

/// Two segments of `size` sessions each; the first has the given numbers, turn by turn, the second zeros.
std::vector<ff::segment_profile> against_zeros(const std::vector<double>& numbers, int size) {
  std::vector<double> x;
  ff::segment_ids ids;
  for (int i = 0; i < 2 * size; ++i) {
    x.push_back(i < size ? numbers[static_cast<std::size_t>(i) % numbers.size()] : 0);
    ids.push_back(i < size ? 0 : 1);
  }
  return ff::profile(ff::table({ff::column::numeric("x", x)}), ids);
}

}  // namespace

TEST_CASE("the published profiles get the published names: four") {
  const auto published = published_shop_sessions();
  const auto found = ff::name_personas(ff::profile(published.table, published.ids), ff::shop_personas());
  CHECK(names_of(found) == published.names);
  CHECK(
      found[2].sentence.starts_with("Stays long, reads and compares, and often leaves undecided. Seen in: "
                                    "time_spent 438 (+"));
  REQUIRE(found[0].evidence.size() == 2);
  CHECK(found[0].evidence[0].condition == (ff::mean_of("clicks") > 5));
  CHECK(found[0].evidence[0].value == doctest::Approx(6.2));
  CHECK(found[0].evidence[0].range.contains(6.2));
  CHECK(found[0].evidence[0].contrast.value > 0.5);
}

TEST_CASE("the published profiles get the published names: six") {
  const auto published = published_fashion_sessions();
  const auto found = ff::name_personas(ff::profile(published.table, published.ids), ff::ga4_personas());
  CHECK(names_of(found) == published.names);
}

TEST_CASE("the true groups of both made-up shops get their names") {
  const ff::channel_mix mix{.sessions = 4000, .seed = 3};
  CHECK(names_of(ff::name_personas(ff::profile(mix.generate(), mix.personas()), ff::shop_personas())) ==
        std::vector<std::string>{"Window shopper", "Passerby", "Deep researcher", "Ready to buy"});
  const ff::fashion_store shop{.sessions = 4000, .seed = 3};
  CHECK(names_of(ff::name_personas(ff::profile(shop.generate(), shop.segments()), ff::ga4_personas())) ==
        published_fashion_sessions().names);
}

TEST_CASE("segments drawn by lot get no name") {
  const auto sessions = ff::fashion_store{.sessions = 4000, .seed = 3}.generate();
  ff::random_stream stream(5);
  ff::segment_ids ids;
  for (int i = 0; i < 4000; ++i) ids.push_back(static_cast<std::int32_t>(stream.below(6)));
  for (const auto& each : ff::name_personas(ff::profile(sessions, ids), ff::ga4_personas())) {
    CHECK_FALSE(each.distinct());
    CHECK(each.name == "no distinct persona");
    CHECK(each.evidence.empty());
  }
}

TEST_CASE("thin evidence gives no name and says why") {
  const std::vector<ff::persona_rule> rule = {{"Many", "Has many.", {ff::mean_of("x") > 5}}};
  const auto named = [&](const std::vector<double>& numbers, int size, const auto& rules) {
    return ff::name_personas(against_zeros(numbers, size), rules)[0];
  };
  CHECK(named({5, 7}, 200, rule).sentence == "Has many. Seen in: x 6 (+0.973 deviations).");
  CHECK(named({5, 7}, 200, rule).name == "Many");
  CHECK(named({5, 7}, 29, rule).sentence == "'Many' would fit, but there are only 29 sessions.");
  CHECK(named({5, 7}, 30, rule).distinct());
  CHECK(named({1, 9.2}, 200, rule).sentence == "'Many' would fit, but a bound lies within the range of its figure.");
  // 1 and -1 around 0.36 set a segment apart from zeros, around 0.1 they do not.
  const std::vector<ff::persona_rule> loose = {{"Some", "Has some.", {ff::mean_of("x") > -5}}};
  CHECK(named({1, 1, -0.9}, 200, loose).name == "Some");
  CHECK(named({1, 0.3, -1}, 200, loose).sentence ==
        "'Some' would fit, but no column of it sets these sessions apart from all.");
  CHECK(named({4, 4.5}, 200, rule).sentence == "No rule fits.");
}

TEST_CASE("a name goes to the segment that fits best, and the others may get the next") {
  // Means 0, 10, 20 and 30, with a little spread.
  std::vector<double> x;
  ff::segment_ids ids;
  for (int i = 0; i < 400; ++i) {
    ids.push_back(i % 4);
    x.push_back(10.0 * (i % 4) + i / 4 % 2);
  }
  const auto profiles = ff::profile(ff::table({ff::column::numeric("x", x)}), ids);
  const ff::persona_rule high{"High", "Is high.", {ff::mean_of("x") > 5}};
  const ff::persona_rule higher{"Higher", "Is higher.", {ff::mean_of("x") > 15}};
  CHECK(names_of(ff::name_personas(profiles, {high, higher})) ==
        std::vector<std::string>{"no distinct persona", "no distinct persona", "Higher", "High"});
  CHECK(names_of(ff::name_personas(profiles, {higher, high})) ==
        std::vector<std::string>{"no distinct persona", "no distinct persona", "High", "Higher"});
  const auto found = ff::name_personas(profiles, {high});
  CHECK(found[1].sentence == "'High' would fit, but it fits segment 3 better.");
  CHECK(found[3].margin > 2 * 10 / profiles[0].number("x").deviation_of_all);
}

TEST_CASE("equal margins: the larger segment, then the lower number") {
  const auto named = [](int first, int second) {
    std::vector<double> x;
    ff::segment_ids ids;
    for (int i = 0; i < first + second + 100; ++i) {
      ids.push_back(i < first ? 0 : i < first + second ? 1 : 2);
      x.push_back(i < first + second ? 1 : 0);
    }
    const ff::persona_rule ones{"Ones", "All ones.", {ff::mean_of("x") > 0.5}};
    return names_of(ff::name_personas(ff::profile(ff::table({ff::column::numeric("x", x)}), ids), {ones}));
  };
  CHECK(named(40, 60)[1] == "Ones");
  CHECK(named(60, 40)[0] == "Ones");
  CHECK(named(50, 50)[0] == "Ones");
}

TEST_CASE("missing figures hold for nothing") {
  std::vector<double> x(80, std::numeric_limits<double>::quiet_NaN());
  ff::segment_ids ids(80, 0);
  for (std::size_t i = 40; i < 80; ++i) {
    x[i] = static_cast<double>(i);
    ids[i] = 1;
  }
  const auto profiles = ff::profile(ff::table({ff::column::numeric("x", x)}), ids);
  CHECK(ff::name_personas(profiles, {{"Low", "Is low.", {ff::mean_of("x") < 99}}})[0].sentence == "No rule fits.");
}

TEST_CASE("rules that are none are refused") {
  const auto profiles = against_zeros({5, 7}, 50);
  const auto thrown = [&](const std::vector<ff::persona_rule>& rules, const ff::persona_options& options = {}) {
    return thrown_by([&] { return ff::name_personas(profiles, rules, options); });
  };
  const ff::persona_rule good{"Many", "Has many.", {ff::mean_of("x") > 5}};
  CHECK(thrown({}) == "bad_option: name_personas: there must be at least one rule, got 0");
  CHECK(thrown({{"", "?", good.when}}) == "bad_option: name_personas: a rule must have a name of its own, got ''");
  CHECK(thrown({{"no distinct persona", "?", good.when}}).starts_with("bad_option"));
  CHECK(thrown({good, good}) == "bad_option: name_personas: there are two rules 'Many'");
  CHECK(thrown({{"Anybody", "?", {}}}) == "bad_option: name_personas: rule 'Anybody' has no condition");
  CHECK(thrown({{"Odd", "?", {ff::mean_of("x") > std::numeric_limits<double>::infinity()}}}) ==
        "bad_option: name_personas: rule 'Odd': a bound must be finite, got inf");
  CHECK(thrown({{"Odd", "?", {ff::mean_of("y") > 1}}}) ==
        "unknown_name: segment_profile: there is no numeric column 'y'");
  CHECK(thrown({good}, {.least_sessions = 0}) == "bad_option: name_personas: least_sessions must be at least 1, got 0");
  CHECK(thrown({good}, {.least_contrast = -1}) ==
        "bad_option: name_personas: least_contrast must be finite and at least 0, got -1");
}
