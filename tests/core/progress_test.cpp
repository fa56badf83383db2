// SPDX-License-Identifier: MIT
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <tuple>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/progress.hpp>

#include <tests/thrown.hpp>

namespace ff = footfall;
using footfall_tests::failure_of;

TEST_CASE("the observer hears of every finished part") {
  std::vector<std::tuple<std::string, ff::index, ff::index>> heard;
  const ff::progress observer = [&](std::string_view stage, ff::index done, ff::index total) {
    heard.emplace_back(stage, done, total);
    return true;
  };
  ff::progress_meter meter(observer, "grow", 3);
  for (int i = 0; i < 3; ++i) meter.advance();
  REQUIRE(heard.size() == 3);
  CHECK(heard[0] == std::tuple(std::string("grow"), ff::index{1}, ff::index{3}));
  CHECK(heard[2] == std::tuple(std::string("grow"), ff::index{3}, ff::index{3}));
}

TEST_CASE("parts that were done before are counted") {
  std::vector<ff::index> heard;
  const ff::progress observer = [&](std::string_view, ff::index done, ff::index) {
    heard.push_back(done);
    return true;
  };
  ff::progress_meter meter(observer, "grow", 9, 7);
  meter.advance();
  meter.advance();
  CHECK(heard == std::vector<ff::index>{8, 9});
}

TEST_CASE("figures are told to who takes them, between the parts") {
  std::vector<std::tuple<ff::index, std::string, double>> heard;
  const ff::progress observer = [&](auto, auto done, auto, std::span<const ff::progress_figure> figures) {
    heard.emplace_back(done, figures.empty() ? "" : std::string(figures[0].name),
                       figures.empty() ? 0 : figures[0].value);
    return figures.empty() || figures[0].value < 0.75;
  };
  ff::progress_meter meter(observer, "grow", 3);
  CHECK(meter.wants_figures());
  meter.advance();
  meter.tell({"AUC", 0.5});
  meter.advance();
  CHECK(heard == std::vector<std::tuple<ff::index, std::string, double>>{{1, "", 0}, {1, "AUC", 0.5}, {2, "", 0}});
  CHECK(failure_of([&] { meter.tell({"AUC", 0.75}); }).message == "grow: cancelled after 2 of 3");
  CHECK(failure_of([&] { meter.advance(); }).message == "grow: cancelled after 2 of 3");
  CHECK(heard.size() == 4);

  int calls = 0;
  const ff::progress plain = [&](auto, auto, auto) { return ++calls > 0; };
  ff::progress_meter other(plain, "grow", 3);
  CHECK_FALSE(other.wants_figures());
  other.advance();
  other.tell({"AUC", 0.5});
  CHECK(calls == 1);
  CHECK_FALSE(static_cast<bool>(ff::progress()));
  CHECK_FALSE(static_cast<bool>(ff::progress(std::function<bool(std::string_view, ff::index, ff::index)>())));
}

TEST_CASE("nobody has to listen") {
  const ff::progress nobody;
  ff::progress_meter meter(nobody, "grow", 2);
  for (int i = 0; i < 5; ++i) CHECK_NOTHROW(meter.advance());
}

TEST_CASE("an observer that returns false cancels") {
  int calls = 0;
  const ff::progress observer = [&](std::string_view, ff::index done, ff::index) {
    ++calls;
    return done < 2;
  };
  ff::progress_meter meter(observer, "grow", 3);
  CHECK_NOTHROW(meter.advance());
  const auto failed = failure_of([&] { meter.advance(); });
  CHECK(failed.code == ff::error_code::cancelled);
  CHECK(failed.message == "grow: cancelled after 2 of 3");
  // What another thread had begun ends in the same words, whichever of the two is reported.
  CHECK(failure_of([&] { meter.advance(); }).message == failed.message);
  CHECK(calls == 2);
}

TEST_CASE("the observer is never called by two threads at once, and no part is lost") {
  ff::index last = 0;
  bool in_order = true;
  const ff::progress observer = [&](std::string_view, ff::index done, ff::index) {
    in_order = in_order && done == last + 1;  // plain variables: a race here is what the thread sanitizer looks for
    last = done;
    return true;
  };
  ff::progress_meter meter(observer, "grow", 4000);
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&] {
        for (int part = 0; part < 1000; ++part) meter.advance();
      });
    }
  }
  CHECK(in_order);
  CHECK(last == 4000);
}
