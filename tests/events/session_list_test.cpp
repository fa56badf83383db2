// SPDX-License-Identifier: MIT
#include <cstdint>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/digest.hpp>
#include <footfall/events/session_list.hpp>

#include <tests/thrown.hpp>

namespace ff = footfall;

namespace {

// Seven events: sessions {2, 0} and {5} of visitor 3, {1} of visitor 4; three left out.
struct made {
  std::vector<std::uint32_t> visitor{3, 3, 4};
  std::vector<std::uint32_t> begin{0, 2, 3, 4};
  std::vector<std::uint32_t> order{2, 0, 5, 1};
  ff::session_ledger ledger{.events = 7, .in_sessions = 4, .without_visitor = 1, .outside_times = 2};

  ff::session_list list() const { return ff::session_list::from_parts(visitor, begin, order, ledger); }
  std::string refusal() const {
    return thrown_by([&] { return list(); });
  }
};

}  // namespace

TEST_CASE("a list of sessions names for each its visitor and its events") {
  const auto sessions = made{}.list();
  REQUIRE(sessions.size() == 3);
  CHECK(sessions.visitor(0) == 3);
  CHECK(sessions.visitor(2) == 4);
  CHECK(std::vector(sessions.events(0).begin(), sessions.events(0).end()) == std::vector<std::uint32_t>{2, 0});
  CHECK(std::vector(sessions.events(1).begin(), sessions.events(1).end()) == std::vector<std::uint32_t>{5});
  CHECK(sessions.order().size() == 4);
  CHECK(sessions.begin().size() == 4);
  CHECK(sessions.visitors().size() == 3);
  CHECK(sessions.ledger().left_out() == 3);
  CHECK(ff::session_list().size() == 0);
  CHECK(ff::session_list().ledger().balanced());
}

TEST_CASE("equality and the digest come from the parts") {
  const auto sessions = made{}.list();
  const auto again =
      std::apply([](const auto&... parts) { return ff::session_list::from_parts(parts...); }, sessions.parts());
  CHECK(again == sessions);
  CHECK(ff::digest_of(again) == ff::digest_of(sessions));
  made other;
  other.order = {2, 0, 1, 5};
  CHECK_FALSE(other.list() == sessions);
}

TEST_CASE("parts that make no sessions are refused") {
  made lengths;
  lengths.visitor.pop_back();
  CHECK(lengths.refusal() == "bad_parts: session_list: lengths do not fit together");
  made front;
  front.begin.front() = 1;
  CHECK(front.refusal() == "bad_parts: session_list: events are left over");
  made back;
  back.begin.back() = 3;
  CHECK(back.refusal() == "bad_parts: session_list: events are left over");
  made empty;
  empty.begin = {0, 2, 2, 4};
  CHECK(empty.refusal() == "bad_parts: session_list: a session has no events");
  made falling;
  falling.visitor = {3, 4, 3};
  CHECK(falling.refusal() == "bad_parts: session_list: visitors must come in the order of their numbers");
  made twice;
  twice.order = {2, 0, 5, 2};
  CHECK(twice.refusal() == "bad_parts: session_list: an event is in two sessions");
  made beyond;
  beyond.order = {2, 0, 5, 7};
  CHECK(beyond.refusal() == "bad_parts: session_list: there is no such event");
  made lost;
  lost.ledger.without_visitor = 0;
  CHECK(lost.refusal() == "bad_parts: session_list: the ledger does not add up");
  made uncounted;
  uncounted.ledger.in_sessions = 3;
  uncounted.ledger.without_session_id = 1;
  CHECK(uncounted.refusal() == "bad_parts: session_list: the ledger does not add up");
  made below;
  below.ledger.outside_times = -2;
  CHECK(below.refusal() == "bad_parts: session_list: the ledger has a count out of its range");
  made huge;
  huge.ledger.events = std::int64_t{1} << 40;
  CHECK(huge.refusal() == "bad_parts: session_list: the ledger has a count out of its range");
}
