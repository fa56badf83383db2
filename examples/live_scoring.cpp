// SPDX-License-Identifier: MIT
// Scores visitors while they are in the shop. Reads a GA4 export from standard input, a pipe from any queue as well as a file, and
// writes one line of JSON whenever the propensity of a session rises above a threshold: the score and its three strongest
// reasons. `--train EXPORT` fits the model first. Ends at the end of the input, or on SIGINT or SIGTERM; then it says how fast it was.
#include <algorithm>
#include <array>
#include <bit>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <iostream>
#include <span>
#include <streambuf>
#include <string>
#include <system_error>
#include <tuple>
#include <utility>
#include <vector>

#include <examples/arguments.hpp>
#include <poll.h>
#include <unistd.h>

#include <footfall/events.hpp>
#include <footfall/events/ga4.hpp>
#include <footfall/footfall.hpp>
#include <footfall/report/explanations.hpp>
#include <footfall/report/json.hpp>
#include <footfall/store/model.hpp>

namespace ff = footfall;

namespace {

volatile std::sig_atomic_t stopped = 0;

/// Bytes of standard input as they come, until its end or a signal. Signals are held back but for the time of waiting, so that none
/// slips in between the question and the wait.
class pipe_bytes : public std::streambuf {
 public:
  pipe_bytes() {
    struct sigaction action = {};
    action.sa_handler = [](int) { stopped = 1; };
    sigset_t ours;
    sigemptyset(&ours);
    for (const int signal : {SIGINT, SIGTERM}) {
      sigaddset(&ours, signal);
      sigaction(signal, &action, nullptr);
    }
    sigprocmask(SIG_BLOCK, &ours, &waiting_);
  }

 protected:
  int_type underflow() override {
    pollfd input{STDIN_FILENO, POLLIN, 0};
    const bool there = ppoll(&input, 1, nullptr, &waiting_) > 0 && stopped == 0;
    const auto count = there ? ::read(STDIN_FILENO, buffer_.data(), buffer_.size()) : 0;
    if (count < 0) throw std::system_error(errno, std::generic_category(), "standard input");
    if (count == 0) return traits_type::eof();
    setg(buffer_.data(), buffer_.data(), buffer_.data() + count);
    return traits_type::to_int_type(*gptr());
  }

 private:
  std::vector<char> buffer_ = std::vector<char>(std::size_t{1} << 18);
  sigset_t waiting_{};  // what is held back while it waits
};

/// How long events took, in a memory that does not grow: counts by power of two nanoseconds, each cut into eight.
class latencies {
 public:
  void add(std::chrono::nanoseconds length) {
    const auto nanoseconds = static_cast<std::uint64_t>(std::max<std::int64_t>(length.count(), 8));
    const auto power = static_cast<std::size_t>(std::bit_width(nanoseconds)) - 1;
    ++counts_[8 * power + (nanoseconds >> (power - 3) & 7)];
    ++all_;
  }
  std::uint64_t count() const { return all_; }
  /// The upper end of the class in which the share lies, in microseconds.
  double microseconds(double share) const {
    std::uint64_t below = 0;
    for (std::size_t i = 0; i < counts_.size(); ++i) {
      below += counts_[i];
      if (all_ > 0 && static_cast<double>(below) >= share * static_cast<double>(all_)) {
        return static_cast<double>((8 + i % 8 + 1) << (i / 8)) / 8 / 1000;
      }
    }
    return 0;
  }

 private:
  std::array<std::uint64_t, 64 * 8> counts_{};
  std::uint64_t all_ = 0;
};

const auto recipe = ff::columns(
    ff::numeric{{"pages_viewed", "product_views", "session_duration_sec", "scroll_depth_pct", "wishlist_adds",
                 "used_search", "promo_clicks", "product_view_rate_per_page", "hour", "sessions_before"}},
    ff::one_hot{{"device", "traffic_source"}, ff::unseen_level::other, 20});
using fitted_columns = ff::fitted_type<decltype(recipe), ff::table>;

/// All that scoring needs, in one file: what the features are, what becomes of them, and the forest with its reasons.
struct live_model {
  static constexpr std::string_view kind = "live_model";
  ff::session_features features;
  fitted_columns columns;
  ff::fitted_explainer<double> explainer;

  auto parts() const { return std::tie(features, columns, explainer); }
  static live_model from_parts(ff::session_features features, fitted_columns columns,
                               ff::fitted_explainer<double> explainer) {
    return {std::move(features), std::move(columns), std::move(explainer)};
  }
};

/// Fitted on the moments at which it will be asked: page views of sessions without a cart.
live_model train(const std::string& path) {
  const auto export_read = ff::read_ga4(path);
  const auto& log = export_read.events;
  const auto features = ff::studied_features();
  const auto rows = ff::model_b_live(log, ff::sessionize(log), features);
  auto fitted = recipe.fit(rows.features);
  const auto x = fitted.transform(rows.features);
  ff::known_by{ff::stage::browse}.fit(x);
  const auto forest =
      ff::random_forest{.trees = 100, .min_leaf = 50, .out_of_bag = false, .seed = 7}.fit(x, rows.outcome);
  std::cerr << "fitted on " << x.rows() << " page views of " << log.size() << " events, " << export_read.counts.bad
            << " bad lines\n";
  return {features, std::move(fitted), ff::explainer_for(forest, x)};
}

class scorer {
 public:
  scorer(const live_model& model, double threshold, std::size_t most_bytes)
      : model_(model),
        threshold_(threshold),
        visitors_(model.features, {.most_bytes = most_bytes}),
        cart_(model.features.position("add_to_cart")),
        purchase_(model.features.position("purchased")),
        numbers_(model.features.size()) {}

  void take(const ff::event_fields& event) {
    const auto begin = std::chrono::steady_clock::now();
    const auto update = visitors_.observe(event);
    const bool asked = update.session != nullptr && event.name == "page_view" && is_moment(*update.session);
    if (asked) score(event, update);
    times_[events_++ % times_.size()] = event.time;
    if (events_ % 1024 == 0) visitors_.expire(time_now());
    (asked ? scored_ : others_).add(std::chrono::steady_clock::now() - begin);
  }

  void report(double seconds) const {
    const auto& counts = visitors_.counts();
    const auto line = [](const char* what, const latencies& of) {
      std::cerr << what << ' ' << of.count() << ": p50 " << of.microseconds(0.5) << " us, p99 " << of.microseconds(0.99)
                << " us, p99.9 " << of.microseconds(0.999) << " us\n";
    };
    std::cerr << events_ << " events in " << seconds << " s: " << static_cast<double>(events_) / seconds
              << " a second, reading included\n";
    line("scored", scored_);
    line("others", others_);
    std::cerr << written_ << " lines written; " << counts.sessions << " sessions of " << counts.visitors
              << " visitors, " << visitors_.size() << " of them still here in " << visitors_.bytes() / 1024 << " KiB, "
              << counts.expired << " expired, " << counts.evicted << " evicted\n"
              << counts.late << " late events taken, " << counts.too_late << " too late, " << counts.folds.unnamed
              << " that no feature asks for\n";
  }

 private:
  bool is_moment(const ff::session_state& session) {
    model_.features.values(session, numbers_);
    return numbers_[cart_] == 0 && numbers_[purchase_] == 0;
  }

  /// The median of the last times: one event with a wrong clock does not move it.
  std::int64_t time_now() const {
    auto times = times_;
    std::nth_element(times.begin(), times.begin() + times.size() / 2, times.end());
    return times[times.size() / 2];
  }

  void score(const ff::event_fields& event, const ff::live_update& update) {
    const ff::table row = visitors_.row(*update.session);
    const auto x = model_.columns.transform(row);
    const std::span<const double> values(x.values().data(), static_cast<std::size_t>(x.cols()));
    const double propensity = model_.explainer.forest().score_one(values);
    const bool crosses = *update.note < threshold_ && propensity >= threshold_;
    *update.note = propensity;
    if (!crosses) return;
    ff::json out;
    out["visitor"] = std::string(event.visitor);
    out["time"] = event.time;
    out["propensity"] = propensity;
    out["reasons"] = ff::json::list(ff::by_source(model_.explainer.explain_one(values)).strongest(3));
    std::cout << out.compact() << std::endl;
    ++written_;
  }

  const live_model& model_;
  double threshold_;
  ff::live_visitors visitors_;
  std::size_t cart_, purchase_;
  std::vector<double> numbers_;
  std::array<std::int64_t, 101> times_{};
  std::uint64_t events_ = 0, written_ = 0;
  latencies scored_, others_;
};

}  // namespace

int main(int count, char** words) {
  const char* const usage =
      "live_scoring --train EXPORT --model FILE\n"
      "live_scoring --model FILE [--percent 20] [--mebibytes 1024] < EVENTS\n";
  return run_program(count, words, usage, {"train", "model", "percent", "mebibytes"}, [](const arguments& given) {
    const std::string file = given.text("model", "live.ffm");
    if (const std::string path = given.text("train", ""); !path.empty()) {
      ff::save(file, train(path), {{"trained on", path}});
      return;
    }
    const auto model = ff::load<live_model>(file);
    scorer scoring(model, given.whole("percent", 20) / 100.0, given.whole<std::size_t>("mebibytes", 1024) << 20);
    pipe_bytes bytes;
    std::istream in(&bytes);
    const auto begin = std::chrono::steady_clock::now();
    const auto counts = ff::for_each_ga4_event(in, {}, [&](const ff::event_fields& event) { scoring.take(event); });
    scoring.report(std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
    std::cerr << counts.bad << " bad lines, " << counts.without_visitor << " events without a visitor\n";
  });
}
