// SPDX-License-Identifier: MIT
// The code of the sections on sessions and channels in docs/events.md, in their order.
#include <chrono>
#include <cstdint>
#include <iostream>
#include <string>
#include <vector>

#include <footfall/events.hpp>
#include <footfall/footfall.hpp>

namespace ff = footfall;

namespace {

// A few events as a shop might have them, in no order.
ff::event_log made_log() {
  struct row {
    const char *visitor, *at, *name, *page, *referrer;
  };
  const std::vector<row> rows = {
      {"ann", "2024-03-01T23:50", "page_view", "https://shop.com/?utm_source=news&utm_medium=email", ""},
      {"bob", "2024-03-01T10:00", "page_view", "https://shop.com/", "https://www.google.de/"},
      {"ann", "2024-03-02T00:10", "page_view", "https://shop.com/coats", "https://shop.com/"},
      {"bob", "2024-03-01T10:30", "add_to_cart", "https://shop.com/coats", ""},
      {"bob", "2024-03-01T11:01", "page_view", "https://shop.com/?gclid=Cj0", "https://www.google.de/"},
      {"bob", "2024-03-05T18:00", "purchase", "https://shop.com/thanks", ""},
      {"cem", "2024-03-03T08:00", "page_view", "https://shop.com/", "https://chatgpt.com/"},
  };
  ff::event_log log;
  for (const auto& each : rows) {
    ff::event event{.visitor = each.visitor, .name = each.name, .page = each.page};
    event.time = static_cast<std::int64_t>(ff::parse_timestamp(each.at)) * ff::microseconds_per_second;
    if (*each.referrer != '\0') event.texts.push_back({"page_referrer", each.referrer});
    log.append(event);
  }
  return log;
}

ff::session_list cut(const ff::event_log& log) {
  const auto sessions = ff::sessionize(log);
  for (ff::index s = 0; s < sessions.size(); ++s) {
    std::cout << log.visitors()[sessions.visitor(s)] << ": " << sessions.events(s).size() << " events\n";
  }
  const auto& ledger = sessions.ledger();
  std::cout << ledger.events << " events, " << ledger.in_sessions << " in sessions, " << ledger.left_out()
            << " left out\n";

  auto rules = ff::session_rules::universal_analytics({.offset = std::chrono::hours(1)});
  rules.inactivity = std::chrono::minutes(45);
  rules.earliest = 946'684'800 * ff::microseconds_per_second;  // 2000: what is before has another unit
  std::cout << ff::sessionize(log, rules).size() << " sessions by rules of our own\n";
  return sessions;
}

void follow(const ff::event_log& log) {
  ff::session_stream stream(ff::session_rules::ga4(), {.lateness = std::chrono::hours(48)});
  for (ff::index i = 0; i < log.size(); ++i) {
    stream.push(log[i], static_cast<std::uint64_t>(i));
    for (const auto& closed : stream.take()) std::cout << closed.visitor << " closes: " << closed.events.size() << '\n';
  }
  stream.finish();
  std::cout << stream.take().size() << " more at the end; " << stream.ledger().too_late << " too late\n";
}

void group(const ff::event_log& log, const ff::session_list& sessions) {
  const auto rules = ff::ga4_channels();
  const auto found = ff::sources_of(log, sessions);
  for (ff::index s = 0; s < sessions.size(); ++s) {
    std::cout << found[s].source << " / " << found[s].medium << ": " << rules.name_of(found[s]) << '\n';
  }
  const auto credited = ff::with_last_non_direct(found, sessions, log.times());
  std::cout << "the purchase goes to " << rules.name_of(credited[3]) << '\n';

  const auto touches = ff::touches_of(log, sessions, found, rules);
  const auto table = ff::tabulate_channels(touches, {.channel = "channel", .converted = "converted"});
  std::cout << table["Email"].sessions << " session by email\n";
}

void own_rules() {
  const auto rules = ff::channel_rules::parse(
      "version ours-2024\n"
      "sites partners = coats.example, blog.example\n"
      "list paid = cp*, paid*\n"
      "Brand ads: campaign = *brand*; medium = @paid\n"
      "Ads: medium = @paid\n"
      "Partners: source = @partners\n");
  std::cout << rules.name_of({.source = "www.coats.example", .medium = "referral"}) << '\n';
  const ff::traffic_source ad{.source = "google", .medium = "cpc", .campaign = "DE Brand"};
  std::cout << rules.name_of(ad) << ", by line " << rules.line_of(ad) << '\n';
}

}  // namespace

int main() {
  const auto log = made_log();
  const auto sessions = cut(log);
  follow(log);
  group(log, sessions);
  own_rules();
}
