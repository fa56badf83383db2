// SPDX-License-Identifier: MIT
// The sessions of a made-up fashion shop as a log of events: what a tracker would have written down.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/parallel.hpp>
#include <footfall/core/random.hpp>
#include <footfall/core/types.hpp>
#include <footfall/events/event.hpp>
#include <footfall/events/event_log.hpp>
#include <footfall/synthetic/event_dirt.hpp>
#include <footfall/synthetic/fashion_columns.hpp>
#include <footfall/synthetic/fashion_steps.hpp>
#include <footfall/synthetic/fashion_store.hpp>
#include <footfall/synthetic/fashion_visits.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// The recipe of a log. Cut into sessions by the rules of GA4 (or by the source's ids) and put through `studied_features`, it
/// gives the table of `shop.generate()` back, a row a session in the order of their visitors.
struct fashion_events {
  fashion_store shop{};
  std::int64_t first_monday = 20'332;  ///< days since 1970: 2025-09-01
  int weeks = 4;                       ///< in [2, 500]
  event_dirt dirt{};                   ///< of their arrival; duplicates are counted twice by whoever does not drop them

  /// The events in the order of their arrival. An event has visitor, session id (the second of its start), time, name, page and
  /// the texts device_category and country; the first of a session its `source`, a scroll `percent_scrolled`, a purchase
  /// `value` and revenue. A purchase without a checkout, which the label seed_like forces, has off_site = 1: paid by other
  /// means, so that no step was recorded. Times are UTC, and so are the hours. Throws bad_option, limit.
  /// Cost O(events x log events), about nine events a session.
  event_log log(const run_options& run = {}) const;

  /// Who came when, one entry a row of `shop.generate()`.
  fashion_visits visits() const;
};

/// The id of visitor number `visitor`, which looks like a number and must stay a text, as those of GA4 do.
inline std::string fashion_visitor(std::uint32_t visitor) {
  return text(visitor + 1'000'000, '.', 1'700'000'000 + visitor);
}

namespace detail {

inline constexpr std::uint16_t fashion_lists = 12, fashion_products = 200;

/// Writes the events of sessions; its texts are good until the next event.
class fashion_writer {
 public:
  fashion_writer(const fashion_draws& draws, const fashion_visits& visits) : draws_(draws), visits_(visits) {}

  struct entry {
    std::uint32_t row = 0;
    std::uint16_t page = 0;  // the landing page, then lists, then products
    fashion_step step = fashion_step::start;
  };

  const event_fields& write(const entry& of, std::int64_t time) {
    const std::size_t row = of.row;
    visitor_ = fashion_visitor(visits_.visitor[row]);
    session_ = text(visits_.start[row] / microseconds_per_second);
    event_.visitor = visitor_;
    event_.session = session_;
    event_.time = time;
    event_.name = fashion_step_names[static_cast<std::size_t>(of.step)];
    page_ = page_of(of);
    event_.page = page_;
    event_.numbers.clear();
    event_.texts.clear();
    event_.texts.push_back({"device_category", fashion_devices[static_cast<std::size_t>(draws_.device[row])]});
    event_.texts.push_back({"country", fashion_countries[static_cast<std::size_t>(draws_.country[row])]});
    event_.revenue = std::nan("");
    switch (of.step) {
      case fashion_step::start:
        event_.texts.push_back({"source", fashion_sources[static_cast<std::size_t>(draws_.source[row])]});
        break;
      case fashion_step::scroll: event_.numbers.push_back({"percent_scrolled", draws_.scroll[row]}); break;
      case fashion_step::purchase:
        event_.numbers.push_back({"value", draws_.revenue[row]});
        if (draws_.checkout[row] == 0) event_.numbers.push_back({"off_site", 1});
        event_.revenue = draws_.revenue[row];
        break;
      case fashion_step::end:
        event_.numbers.push_back({"engagement_time_msec", std::round(draws_.duration[row] * 1000)});
        break;
      default: break;
    }
    return event_;
  }

 private:
  static std::string page_of(const entry& of) {
    if (of.step == fashion_step::search) return "https://shop.example/search";
    if (of.step >= fashion_step::begin_checkout && of.step <= fashion_step::purchase) {
      return "https://shop.example/checkout";
    }
    if (of.page == 0) return "https://shop.example/";
    return of.page <= fashion_lists ? text("https://shop.example/list/", of.page)
                                    : text("https://shop.example/product/", of.page - fashion_lists);
  }

  const fashion_draws& draws_;
  const fashion_visits& visits_;
  event_fields event_;
  std::string visitor_, session_, page_;
};

}  // namespace detail

inline fashion_visits fashion_events::visits() const {
  return draw_visits(shop.draw(), fashion_streams(shop.seed), first_monday, weeks);
}

inline event_log fashion_events::log(const run_options& run) const {
  const fashion_streams streams(shop.seed);
  const auto draws = shop.draw(run);
  const auto visits = draw_visits(draws, streams, first_monday, weeks);
  std::vector<detail::fashion_writer::entry> entries;
  std::vector<std::int64_t> times;
  for (std::size_t row = 0; row < draws.rows(); ++row) {
    const auto steps = steps_of_session(draws, row, streams);
    const auto after = times_of_steps(steps.size(), visits.length[row], streams.of(fashion_variable::step_times, row));
    auto choice = streams.of(fashion_variable::pages, row);
    std::uint16_t page = 0;
    for (std::size_t i = 0; i < steps.size(); ++i) {
      if (i > 1 && steps[i] == fashion_step::page_view) {
        const bool product = steps[i + 1] == fashion_step::product_view;  // a page is never the last step
        page = static_cast<std::uint16_t>(product ? 1 + detail::fashion_lists + choice.below(detail::fashion_products)
                                                  : 1 + choice.below(detail::fashion_lists));
      }
      entries.push_back({static_cast<std::uint32_t>(row), page, steps[i]});
      times.push_back(visits.start[row] + after[i]);
    }
  }
  event_log result;
  detail::fashion_writer writer(draws, visits);
  for (const std::size_t at : arrival_order(times, dirt, streams.of(fashion_variable::dirt))) {
    result.append(writer.write(entries[at], times[at]));
  }
  return result;
}

FOOTFALL_END_NAMESPACE
