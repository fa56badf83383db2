// SPDX-License-Identifier: MIT
// Visitors who are in the shop now: each event goes into its session's features, and a row or a score can be had at any time.
#pragma once

#include <algorithm>
#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/parallel.hpp>
#include <footfall/core/text_hash.hpp>
#include <footfall/core/types.hpp>
#include <footfall/data/table.hpp>
#include <footfall/events/event.hpp>
#include <footfall/events/event_log.hpp>
#include <footfall/events/feature_rows.hpp>
#include <footfall/events/live_counts.hpp>
#include <footfall/events/session_features.hpp>
#include <footfall/events/session_rules.hpp>
#include <footfall/events/session_state.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// A fitted value that scores rows of a table: a chain, or a step of one's own.
template <class Model>
concept table_scorer = requires(const Model& model, const table& row) {
  { model.score(row) } -> std::convertible_to<scores>;
};

struct live_options {
  session_rules rules = session_rules::ga4();  ///< which event begins a session
  /// A visitor without events for so long is forgotten when `expire` is told the time; above what the rules call a pause.
  std::chrono::microseconds expire_after = std::chrono::hours(24);
  /// Memory for all visitors together; above it those without events for the longest time are forgotten.
  std::size_t most_bytes = std::size_t{1} << 30;
};

/// What an event led to.
struct live_update {
  const session_state* session =
      nullptr;         ///< as the event leaves it, good until the next change; none: not taken, or at once forgotten
  bool began = false;  ///< the event began the session
  double* note = nullptr;  ///< a number for the caller to keep with the session, 0 at first, e.g. its last score
};

/// Many visitors at once. For a log in time order, and as long as nobody is forgotten, the row after each event is, to the last
/// bit, the row that `features_of` gives as of that event. What differs live: an event that comes after a later one of its
/// session is folded in as it comes (`late`); one that belongs to an earlier session is left out (`too_late`); a visitor who was
/// forgotten comes back as a new one, without history. Not to be called from several threads at once.
class live_visitors {
 public:
  /// Throws bad_option for rules that are none, an expiry not above the pause of the rules, less than 64 KiB.
  explicit live_visitors(session_features features, live_options options = {})
      : features_(std::move(features)),
        options_(std::make_unique<const live_options>(std::move(options))),
        boundary_(options_->rules),
        campaign_key_(options_->rules.campaign) {
    const char* const who = "live_visitors";
    options_->rules.validate(who);
    const auto pause = options_->rules.inactivity.value_or(std::chrono::microseconds(0));
    require(options_->expire_after > pause, error_code::bad_option, who,
            "expire_after must be longer than the pause that ends a session, got ", options_->expire_after.count(),
            " microseconds");
    require(options_->most_bytes >= 65'536, error_code::bad_option, who, "most_bytes must be at least 65536, got ",
            options_->most_bytes);
  }

  /// Takes an event. Well under a microsecond on average: one search for the visitor, and the folds that ask for its name.
  live_update observe(const event_view& event) {
    ++counts_.events;
    const session_rules& rules = options_->rules;
    const std::string_view id = rules.by_source_id ? event.session() : std::string_view();
    if (event.visitor().empty()) return left_out(counts_.without_visitor);
    if (event.time() < rules.earliest || event.time() > rules.latest) return left_out(counts_.outside_times);
    if (rules.by_source_id && id.empty()) return left_out(counts_.without_session_id);
    if (2 * (event.visitor().size() + id.size()) + 4096 > options_->most_bytes) return left_out(counts_.too_large);

    auto found = visitors_.find(event.visitor());
    if (found == visitors_.end()) found = meet(event.visitor());
    person& visitor = found->second;
    const std::size_t at = strand_of(visitor, id);
    strand& current = visitor.strands[at];
    session_state& session = current.session;
    bool began = session.events == 0;
    if (!began && event.time() < session.latest) {
      if (boundary_.longer_than_pause(event.time(), session.earliest) && event.time() < session.earliest) {
        return left_out(counts_.too_late);
      }
      ++counts_.late;
    } else {
      began = current.boundary.begins_session(event.time(), campaign_of(event, current));
      if (began) {
        session = session_state();
        current.note = 0;
      }
    }
    visitor.current = at;
    ++counts_.taken;
    counts_.sessions += began;
    features_.observe(session, visitor.history, counts_.folds, event);
    visitor.seen = std::max(visitor.seen, event.time());
    make_latest(visitor);
    account(*found);
    if (!keep_within_memory(visitor)) return {nullptr, began, nullptr};
    return {&session, began, &current.note};
  }

  /// Forgets the visitors whose last event is `expire_after` or more before `now` (microseconds since 1970). `now` is the caller's:
  /// one event with a wrong clock must not empty the shop. Cost: that of those who are forgotten.
  void expire(std::int64_t now) {
    const auto length = static_cast<std::int64_t>(options_->expire_after.count());
    while (oldest_ != nullptr && now - length >= oldest_->seen) {
      forget(*oldest_);
      ++counts_.expired;
    }
  }

  /// The present session of a visitor: the one that his last event belongs to; null for somebody unknown.
  const session_state* session_of(std::string_view visitor) const {
    const auto found = visitors_.find(visitor);
    return found == visitors_.end() ? nullptr : &found->second.strands[found->second.current].session;
  }

  /// The features of that session as a table of one row. Throws unknown_name for a visitor who is not there.
  table row(std::string_view visitor) const { return row(known(visitor)); }
  table row(const session_state& session) const { return row_of(features_, session); }

  /// What a fitted pipeline says of that row. Throws what the pipeline throws, unknown_name for a visitor who is not there.
  template <table_scorer Model>
  double score(std::string_view visitor, const Model& model) const {
    return score(known(visitor), model);
  }
  template <table_scorer Model>
  double score(const session_state& session, const Model& model) const {
    const run_options alone{.threads = 1};
    if constexpr (requires { model.score(row(session), alone); }) {
      return scores(model.score(row(session), alone)).front();
    } else {
      return scores(model.score(row(session))).front();
    }
  }

  const session_features& features() const noexcept { return features_; }
  const live_counts& counts() const noexcept { return counts_; }
  index size() const noexcept { return static_cast<index>(visitors_.size()); }
  /// Memory for all visitors: at most `most_bytes` whenever no call is running.
  std::size_t bytes() const noexcept { return bytes_ + visitors_.bucket_count() * sizeof(void*); }

 private:
  struct strand {  // the events of one id of the source; of all where the rules ask for no id
    std::string id;
    session_boundary boundary;
    session_state session;
    std::string campaign{};
    std::uint32_t campaign_number = 0;
    double note = 0;
  };
  struct person {
    std::string_view id;  // the key of the map
    std::vector<strand> strands{};
    std::size_t current = 0;
    visitor_history history{};
    std::int64_t seen = std::numeric_limits<std::int64_t>::min();
    std::size_t bytes = 0;
    person *older = nullptr, *newer = nullptr;
  };
  using people = std::unordered_map<std::string, person, text_hash, std::equal_to<>>;
  static constexpr std::size_t strands_a_visitor = 16;  // ids of one visitor that are open at once
  static constexpr std::size_t a_block = 16;            // what the allocator keeps for a block of its own

  static live_update left_out(std::uint64_t& count) {
    ++count;
    return {};
  }

  /// A number for the event's campaign, the same as long as it stays the same.
  std::uint32_t campaign_of(const event_view& event, strand& current) const {
    if (!options_->rules.at_new_campaign) return no_code;
    const std::string_view campaign = event.text(campaign_key_);
    if (campaign.empty()) return no_code;
    if (campaign != current.campaign) {
      current.campaign = campaign;
      current.campaign_number ^= 1;
    }
    return current.campaign_number;
  }

  const session_state& known(std::string_view visitor) const {
    const session_state* const session = session_of(visitor);
    require(session != nullptr, error_code::unknown_name, "live_visitors", "there is no visitor '", visitor, "'");
    return *session;
  }

  people::iterator meet(std::string_view id) {
    const auto found = visitors_.emplace(std::string(id), person{}).first;
    found->second.id = found->first;
    make_latest(found->second);
    ++counts_.visitors;
    return found;
  }

  /// Where the events of an id go; the id of longest ago makes room.
  std::size_t strand_of(person& visitor, std::string_view id) const {
    auto& strands = visitor.strands;
    auto at = std::find_if(strands.begin(), strands.end(), [&](const strand& each) { return each.id == id; });
    if (at == strands.end() && strands.size() < strands_a_visitor) {
      strands.push_back({std::string(id), session_boundary(options_->rules), {}});
      at = strands.end() - 1;
    } else if (at == strands.end()) {
      at = std::min_element(strands.begin(), strands.end(),
                            [](const strand& a, const strand& b) { return a.session.latest < b.session.latest; });
      at->id = id;
      at->boundary.restart();
      at->session = session_state();
    }
    return static_cast<std::size_t>(at - strands.begin());
  }

  void unlink(person& visitor) {
    (visitor.older != nullptr ? visitor.older->newer : oldest_) = visitor.newer;
    (visitor.newer != nullptr ? visitor.newer->older : newest_) = visitor.older;
    visitor.older = visitor.newer = nullptr;
  }
  void make_latest(person& visitor) {
    if (newest_ == &visitor) return;
    if (visitor.newer != nullptr) unlink(visitor);
    visitor.older = newest_;
    (newest_ != nullptr ? newest_->newer : oldest_) = &visitor;
    newest_ = &visitor;
  }

  static std::size_t of_text(const std::string& text) {
    return text.capacity() > 15 ? text.capacity() + 1 + a_block : 0;
  }

  void account(people::value_type& entry) {
    person& visitor = entry.second;
    const std::size_t before = visitor.bytes;
    visitor.bytes = sizeof(entry) + 2 * sizeof(void*) + 2 * a_block + visitor.history.bytes() +
                    visitor.strands.capacity() * sizeof(strand) + of_text(entry.first);
    for (const strand& each : visitor.strands) {
      visitor.bytes += each.session.bytes() + 4 * a_block + of_text(each.id) + of_text(each.campaign);
    }
    bytes_ += visitor.bytes - before;
  }

  void forget(person& visitor) {
    unlink(visitor);
    bytes_ -= visitor.bytes;
    visitors_.erase(visitors_.find(visitor.id));
  }

  /// False where the visitor himself had to go.
  bool keep_within_memory(const person& visitor) {
    bool stays = true;
    while (bytes() > options_->most_bytes && oldest_ != nullptr) {
      stays = stays && oldest_ != &visitor;
      forget(*oldest_);
      ++counts_.evicted;
    }
    return stays;
  }

  session_features features_;
  std::unique_ptr<const live_options> options_;  // strands refer to its rules
  session_boundary boundary_;
  event_key campaign_key_;
  people visitors_;
  person* oldest_ = nullptr;
  person* newest_ = nullptr;
  std::size_t bytes_ = 0;
  live_counts counts_;
};

FOOTFALL_END_NAMESPACE
