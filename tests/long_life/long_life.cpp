// SPDX-License-Identifier: MIT
// What the live example does, for as long as one likes: lines of an export come in, page views are scored, visitors come, return
// and are forgotten. Every score must be, to the last bit, the one that the batch gives for the same events, and memory must stay
// what it was once warm.
//   long_life SECONDS
#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <iostream>
#include <limits>
#include <optional>
#include <span>
#include <sstream>
#include <string>
#include <vector>

#include <malloc.h>
#include <unistd.h>

#include <footfall/events.hpp>
#include <footfall/events/ga4.hpp>
#include <footfall/footfall.hpp>

namespace ff = footfall;

namespace {

constexpr int weeks = 4, warm_rounds = 10;

const auto recipe = ff::columns(
    ff::numeric{{"pages_viewed", "product_views", "session_duration_sec", "scroll_depth_pct", "wishlist_adds",
                 "used_search", "promo_clicks", "product_view_rate_per_page", "hour", "sessions_before"}},
    ff::one_hot{{"device", "traffic_source"}, ff::unseen_level::other, 20});

/// Lines of a shop's four weeks. Rounds lie five weeks apart, and each has sessions of its own.
std::string lines_of_round(int round) {
  const ff::fashion_store shop{
      .sessions = 500, .seed = static_cast<std::uint64_t>(round), .label = ff::fashion_label::funnel};
  // Times are refused from 2100 on: after 50 years they begin again, which the visitors of then no longer notice.
  const ff::fashion_events events{
      .shop = shop, .first_monday = 20'332 + 7 * (weeks + 1) * (round % 500), .weeks = weeks};
  std::ostringstream out;
  ff::write_ga4(out, events.log({.threads = 1}));
  return out.str();
}

/// Bytes of this process that are in memory, without what malloc keeps for later: 4 MiB or none, by where the heap begins.
std::size_t resident() {
  malloc_trim(0);
  std::ifstream statm("/proc/self/statm");
  std::size_t all = 0, here = 0;
  statm >> all >> here;
  return here * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

struct live_score {
  ff::index event;  // its number among those of the round
  double score;
};

class shop_floor {
 public:
  shop_floor() {
    std::istringstream in(lines_of_round(0));
    const auto log = ff::read_ga4(in).events;
    const auto rows = ff::model_b_live(log, ff::sessionize(log), features_);
    columns_ = recipe.fit(rows.features);
    const auto x = columns_->transform(rows.features);
    forest_ = ff::random_forest{.trees = 50, .min_leaf = 5, .out_of_bag = false, .seed = 7}.fit(x, rows.outcome);
  }

  /// One round: its events as they come, then the same from the whole log. Returns how many scores differ.
  std::int64_t round(int number) {
    const std::string lines = lines_of_round(number);
    live_.clear();
    ff::index event = 0;
    visitors_.expire(std::numeric_limits<std::int64_t>::max());
    std::istringstream in(lines);
    ff::for_each_ga4_event(in, {}, [&](const ff::event_fields& each) { take(each, event++); });
    events_ += event;
    return compare(lines);
  }

  std::int64_t events() const { return events_; }
  std::int64_t scores() const { return scores_; }
  const ff::live_counts& counts() const { return visitors_.counts(); }

 private:
  void take(const ff::event_fields& fields, ff::index number) {
    event_.visitor = fields.visitor;
    event_.session = fields.session;
    event_.time = fields.time;
    event_.name = fields.name;
    event_.page = fields.page;
    event_.revenue = fields.revenue;
    event_.numbers.clear();
    event_.texts.clear();
    for (const auto& each : fields.numbers) event_.numbers.push_back({std::string(each.key), each.value});
    for (const auto& each : fields.texts) event_.texts.push_back({std::string(each.key), std::string(each.value)});
    const auto update = visitors_.observe(event_);
    if (update.session == nullptr || event_.name != "page_view") return;
    const auto x = columns_->transform(visitors_.row(*update.session));
    live_.push_back({number, forest_->score_one({x.values().data(), static_cast<std::size_t>(x.cols())})});
  }

  std::int64_t compare(const std::string& lines) {
    std::istringstream in(lines);
    const auto log = ff::read_ga4(in).events;
    const auto sessions = ff::sessionize(log, ff::session_rules::ga4(), {.threads = 1});
    const auto rows = ff::features_of(log, sessions, features_, ff::as_of::each("page_view"), {.threads = 1});
    const auto batch = forest_->score(columns_->transform(rows.features, {.threads = 1}), {.threads = 1});
    std::vector<double> of_event(static_cast<std::size_t>(log.size()), -1.0);
    for (std::size_t row = 0; row < batch.size(); ++row) {
      const auto event = sessions.events(rows.session[row])[static_cast<std::size_t>(rows.events[row] - 1)];
      of_event[event] = batch[row];
    }
    std::int64_t wrong = std::abs(static_cast<std::int64_t>(live_.size()) - static_cast<std::int64_t>(batch.size()));
    for (const auto& each : live_) wrong += each.score != of_event[static_cast<std::size_t>(each.event)];
    scores_ += static_cast<std::int64_t>(live_.size());
    return wrong;
  }

  ff::session_features features_ = ff::studied_features();
  std::optional<ff::fitted_type<decltype(recipe), ff::table>> columns_;
  std::optional<ff::fitted_forest<double>> forest_;
  ff::live_visitors visitors_{features_, {.expire_after = std::chrono::hours(24 * 7 * weeks)}};
  ff::event event_;
  std::vector<live_score> live_;
  std::int64_t events_ = 0, scores_ = 0;
};

int run(double seconds) {
  const auto begin = std::chrono::steady_clock::now();
  const auto passed = [&] { return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count(); };
  shop_floor shop;
  std::size_t warm = 0, most = 0;
  int rounds = 0;
  while (passed() < seconds || rounds < 2 * warm_rounds) {
    if (const auto wrong = shop.round(++rounds); wrong != 0) {
      std::cout << wrong << " scores of round " << rounds << " differ from the batch's\n";
      return 1;
    }
    (rounds <= warm_rounds ? warm : most) = std::max(rounds <= warm_rounds ? warm : most, resident());
  }
  const auto kibibytes = [](std::size_t bytes) { return bytes / 1024; };
  std::cout << shop.events() << " events in " << rounds << " rounds and " << passed() << " s, " << shop.scores()
            << " scores, each the batch's to the last bit\n"
            << shop.counts().visitors << " visitors met, " << shop.counts().expired << " forgotten\n"
            << "resident: " << kibibytes(warm) << " KiB at most in the first " << warm_rounds << " rounds, "
            << kibibytes(most) << " KiB in those after\n";
  const std::size_t allowed = warm + warm / 20 + (std::size_t{1} << 18);  // rounds are not all of one size
  if (most > allowed) {
    std::cout << "that is more than the " << kibibytes(allowed) << " KiB allowed\n";
    return 1;
  }
  return 0;
}

}  // namespace

int main(int count, char** words) {
  try {
    return run(count > 1 ? std::stod(words[1]) : 1);
  } catch (const std::exception& problem) {
    std::cout << problem.what() << '\n';
    return 1;
  }
}
