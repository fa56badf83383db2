// SPDX-License-Identifier: MIT
// A published figure gets one of five verdicts, and the reason says why.
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/evaluate/claim.hpp>

#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;
using ff::verdict;

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

const ff::claim lift{"top-decile lift", 3.27, 2};

}  // namespace

TEST_CASE("equal in every published digit is reproduced") {
  const auto audited = ff::audit(lift, 151.0 / 625 / (462.0 / 6250), {2.84, 3.74});
  CHECK(audited.verdict == verdict::reproduced);
  CHECK(audited.claim == lift);
  CHECK(audited.range == ff::interval{2.84, 3.74});
  CHECK(audited.reason.find("rounds to the published 3.27") != std::string::npos);
  CHECK(ff::audit(lift, 3.2651, {3.2, 3.3}).verdict == verdict::reproduced);
  CHECK(ff::audit(lift, 3.2749, {3.2, 3.3}).verdict == verdict::reproduced);
  CHECK(ff::audit(lift, 3.275, {3.2, 3.3}).verdict ==
        verdict::reproduced);  // which way a half was rounded is not known
  CHECK(ff::audit(lift, 3.265, {3.2, 3.3}).verdict == verdict::reproduced);
  CHECK(ff::audit(lift, 3.2751, {3.2, 3.3}).verdict == verdict::within_noise);
  CHECK(ff::audit(lift, 3.2649, {3.2, 3.3}).verdict == verdict::within_noise);
}

TEST_CASE("large figures are written out") {
  CHECK(ff::audit({"sessions", 500'000, 0}, 500'000, {500'000, 500'000, 1}).reason ==
        "computed 500000 rounds to the published 500000");
}

TEST_CASE("how many digits were published counts") {
  CHECK(ff::audit({"sessions", 25'000, 0}, 25'000.4, {25'000, 25'001}).verdict == verdict::reproduced);
  CHECK(ff::audit({"sessions", 25'000, 0}, 25'000.6, {25'000, 25'001}).verdict == verdict::within_noise);
  CHECK(ff::audit({"AUC", 0.8721, 4}, 0.87214, {0.8, 0.9}).verdict == verdict::reproduced);
  CHECK(ff::audit({"AUC", 0.8721, 4}, 0.87216, {0.8, 0.9}).verdict == verdict::within_noise);
}

TEST_CASE("inside the interval is noise, outside is a contradiction") {
  CHECK(ff::audit(lift, 3.0, {2.7, 3.27}).verdict == verdict::within_noise);  // both ends belong to it
  CHECK(ff::audit(lift, 3.6, {3.27, 3.9}).verdict == verdict::within_noise);
  const auto audited = ff::audit(lift, 2.5, {2.25, 2.75});
  CHECK(audited.verdict == verdict::contradicted);
  CHECK(audited.reason == "published 3.27 lies outside [2.25, 2.75]");
  CHECK(ff::audit(lift, 4.0, {3.28, 4.5}).verdict == verdict::contradicted);
}

TEST_CASE("without a computed value nothing can be said") {
  const auto audited = ff::audit(lift, missing, {0, 1});
  CHECK(audited.verdict == verdict::not_derivable);
  CHECK(audited.reason == "the data cannot say");
}

TEST_CASE("limits alone bound or contradict") {
  const auto bounded = ff::audit({"AP", 0.3, 1}, {0.17, 0.345});
  CHECK(bounded.verdict == verdict::bounded);
  CHECK(std::isnan(bounded.computed));
  CHECK(bounded.reason == "published 0.3 lies in [0.2, 0.34]");
  const auto impossible = ff::audit({"AP", 0.5634, 4}, {0.17, 0.5451});
  CHECK(impossible.verdict == verdict::contradicted);
  CHECK(impossible.reason == "published 0.5634 lies outside [0.17, 0.5451]");
}

TEST_CASE("limits are held against all that the figure stands for") {
  CHECK(ff::audit({"AUC", 0.84, 2}, {0.69, 0.8387}).verdict == verdict::bounded);  // 0.8387 was printed as 0.84
  CHECK(ff::audit({"AUC", 0.84, 2}, {0.69, 0.8349}).verdict == verdict::contradicted);
  CHECK(ff::audit({"AUC", 0.68, 2}, {0.685, 0.8}).verdict == verdict::bounded);
  CHECK(ff::audit({"revenue", 46'000, -3}, {46'400, 46'700}).verdict == verdict::bounded);
  CHECK(ff::audit({"revenue", 46'000, -3}, {183'718.4, 188'770.7}).reason ==
        "published 46000 lies outside [183718, 188771]");
  CHECK(ff::audit({"revenue", 46'000, -3}, 46'499, {0, 1}).verdict == verdict::reproduced);
}

TEST_CASE("verdicts have the names that reports print") {
  CHECK(name_of(verdict::reproduced) == "reproduced");
  CHECK(name_of(verdict::within_noise) == "within_noise");
  CHECK(name_of(verdict::bounded) == "bounded");
  CHECK(name_of(verdict::contradicted) == "contradicted");
  CHECK(name_of(verdict::not_derivable) == "not_derivable");
}

TEST_CASE("claims and intervals that make no sense are refused") {
  for (const int decimals : {-16, 16}) {
    CHECK(thrown_by([&] {
            return ff::audit({"lift", 3.27, decimals}, 3.2, {3, 4});
          }) == ff::text("bad_option: audit: decimals must be in [-15, 15], got ", decimals));
    CHECK(code_thrown_by([&] { return ff::audit({"lift", 3.27, decimals}, {3, 4}); }) == "bad_option");
  }
  for (const int decimals : {0, 15})
    CHECK(code_thrown_by([&] { return ff::audit({"lift", 3, decimals}, 3, {3, 4}); }) == "");
  CHECK(thrown_by([&] {
          return ff::audit(lift, 3.2, {4, 3});
        }) == "bad_value: audit: the interval must rise, got 4 to 3");
  CHECK(code_thrown_by([&] { return ff::audit(lift, 3.2, {3, missing}); }) == "bad_value");
  CHECK(code_thrown_by([&] { return ff::audit(lift, {4, 3}); }) == "bad_value");
  CHECK(code_thrown_by([&] { return ff::audit(lift, {missing, 3}); }) == "bad_value");
  CHECK(thrown_by([&] {
          return ff::audit({"lift", missing, 2}, 3.2, {3, 4});
        }) == "missing_value: audit: the published figure is missing");
  CHECK(code_thrown_by([&] { return ff::audit({"lift", missing, 2}, {3, 4}); }) == "missing_value");
}
