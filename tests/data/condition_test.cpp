// SPDX-License-Identifier: MIT
// Conditions: answers, unknowns and words.
#include <limits>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/data/condition.hpp>

#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;
using ff::field;

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

const ff::table sessions({ff::column::numeric("pages", {1, 3, missing, 0, 3, 1}, ff::stage::browse),
                          ff::column::numeric("clicks", {0, 5, 2, -1, 5, 0}),
                          ff::column::from_text("device", {"phone", "Phone", "", "tv", "Phone", "phone"})});

// n, y and ? for each session.
std::string answers(const ff::condition& asked) {
  std::string result;
  for (const auto each : asked.of(sessions)) result += each == ff::truth::yes ? 'y' : each == ff::truth::no ? 'n' : '?';
  return result;
}

}  // namespace

TEST_CASE("numbers, columns and levels are compared; a missing value is unknown") {
  CHECK(answers(field("pages") < 1) == "nn?ynn");
  CHECK(answers(field("pages") <= 1) == "yn?yny");
  CHECK(answers(field("pages") > 1) == "ny?nyn");
  CHECK(answers(field("pages") >= 3) == "ny?nyn");
  CHECK(answers(field("pages") == 3) == "ny?nyn");
  CHECK(answers(field("pages") != 3) == "yn?yny");
  CHECK(answers(field("pages") == 0) == "nn?ynn");
  CHECK(answers(field("pages") != 0) == "yy?nyy");
  CHECK(answers(field("pages") < field("clicks")) == "ny?nyn");
  CHECK(answers(field("clicks") <= field("pages")) == "yn?yny");
  CHECK(answers(field("clicks") == field("clicks")) == "yyyyyy");
  CHECK(answers(field("device") == "phone") == "yn?nny");
  CHECK(answers(field("device") != "phone") == "ny?yyn");
  CHECK(answers(field("device") == std::string("tv")) == "nn?ynn");
}

TEST_CASE("conditions are put together, and unknowns only where the rest does not decide") {
  const auto some = field("pages") >= 1;  // yy?nyy
  const auto busy = field("clicks") > 1;  // nyynyn
  CHECK(answers(some && busy) == "ny?nyn");
  CHECK(answers(some || busy) == "yyynyy");
  CHECK(answers(!some) == "nn?ynn");
  CHECK(answers(ff::implies(some, busy)) == "nyyyyn");
  CHECK(answers(ff::implies(busy, some)) == "yy?yyy");
  CHECK(ff::implies(field("bounced") == 1, field("pages") == 1 && field("device") != "tv").text() ==
        "(bounced == 1) implies ((pages == 1) and (device != 'tv'))");
  CHECK((!(field("pages") < field("clicks") || field("pages") > 2.5)).text() ==
        "not ((pages < clicks) or (pages > 2.5))");
}

TEST_CASE("what is not there, of another kind or NaN is refused") {
  CHECK(code_thrown_by([] { return answers(field("views") > 1); }) == "unknown_name");
  CHECK(code_thrown_by([] { return answers(field("device") > 1); }) == "wrong_kind");
  CHECK(code_thrown_by([] { return answers(field("pages") == "1"); }) == "wrong_kind");
  CHECK(thrown_by([] { return answers(field("device") == "watch"); }) ==
        "unknown_name: column 'device': there is no level 'watch'");
  CHECK(code_thrown_by([] { return (field("pages") > missing).text(); }) == "bad_option");
}
