// SPDX-License-Identifier: MIT
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/events/ga4_schema.hpp>

#include <tests/thrown.hpp>

namespace ff = footfall;
using ff::ga4_use;
using ff::detail::ga4_record;
using footfall_tests::failure_of;

namespace {

using table = std::vector<ff::ga4_field>;

table needed() { return {{"id", ga4_use::visitor}, {"name", ga4_use::name}, {"time", ga4_use::time}}; }

std::string refused(ff::ga4_field field) {
  auto fields = needed();
  fields.push_back(std::move(field));
  const auto failed = failure_of([&] { (void)ff::detail::ga4_records(fields); });
  CHECK(failed.code == ff::error_code::bad_option);
  return failed.message;
}

// As it lies in a line: the name, a quote, and spare bytes.
std::size_t find(const ga4_record& record, std::string name, std::size_t expected) {
  name.resize(name.size() + 100, '?');
  return record.find(name.data(), expected);
}

}  // namespace

TEST_CASE("paths become records within records") {
  auto fields = needed();
  fields.insert(fields.end(), {{"device.category", ga4_use::text, "device"},
                               {"device.web.browser", ga4_use::ignored},
                               {"items[].revenue", ga4_use::revenue},
                               {"params[]", ga4_use::parameters},
                               {"geo.city", ga4_use::ignored}});
  const auto records = ff::detail::ga4_records(fields);
  REQUIRE(records.size() == 5);
  REQUIRE(records[0].fields.size() == 7);
  const auto& device = records[0].fields[3];
  CHECK(device.name() == "device");
  CHECK(device.wanted);
  CHECK(records[device.record].path == "device.");
  CHECK(records[device.record].fields[0].key == "device");
  CHECK(records[device.record].fields[0].path == "device.category");
  CHECK_FALSE(records[device.record].fields[1].wanted);
  CHECK(records[0].fields[4].repeated);
  CHECK(records[0].fields[4].wanted);
  CHECK(records[0].fields[5].use == ga4_use::parameters);
  CHECK(records[0].fields[5].record == 0);
  CHECK_FALSE(records[0].fields[6].wanted);
}

TEST_CASE("a key is found wherever the search begins, and only as a whole") {
  const ga4_record record("",
                          {"event_name", "event_name2", "a", "event_timestamp_of_a_long_name", "seven77", "eight888"});
  for (std::size_t expected = 0; expected <= 7; ++expected) {
    CHECK(find(record, "event_name\"", expected) == 0);
    CHECK(find(record, "event_name2\"", expected) == 1);
    CHECK(find(record, "a\"", expected) == 2);
    CHECK(find(record, "event_timestamp_of_a_long_name\"", expected) == 3);
    CHECK(find(record, "seven77\"", expected) == 4);
    CHECK(find(record, "eight888\"", expected) == 5);
    for (const auto* other : {"event_nam\"", "event_name", "event_name3\"", "\"", "b\"", "eight889\"", "eight8888\"",
                              "event_timestamp_of_a_long_namE\"", "Event_name\"", "event\\u005fname\""}) {
      CHECK(find(record, other, expected) == ga4_record::nowhere);
    }
  }
  CHECK(record.find(std::string_view("event_name2")) == 1);
  CHECK(record.find(std::string_view("event_")) == ga4_record::nowhere);
}

TEST_CASE("a table that makes no sense is refused with the reason") {
  CHECK_NOTHROW((void)ff::detail::ga4_records(needed()));
  CHECK_NOTHROW((void)ff::detail::ga4_records(ff::ga4_fields()));
  CHECK(refused({"id", ga4_use::ignored}).find("'id' is there twice") != std::string::npos);
  CHECK(refused({"id.x", ga4_use::ignored}).find("is a record elsewhere") != std::string::npos);
  CHECK(refused({"other", ga4_use::visitor}).find("one field must be the visitor, got 2") != std::string::npos);
  CHECK(refused({"x", ga4_use::text}).find("'x' needs a key") != std::string::npos);
  CHECK(refused({"x", ga4_use::ignored, "x"}).find("'x' takes no key") != std::string::npos);
  CHECK(refused({"x", ga4_use::parameters}).find("must be repeated") != std::string::npos);
  CHECK(refused({"x[]", ga4_use::number, "x"}).find("must be repeated") != std::string::npos);
  for (const auto* path : {"", ".", "a.", ".a", "a..b", "[]", "a\"b", "a\\b"}) {
    CHECK(refused({path, ga4_use::ignored}).find("has a name that is empty") != std::string::npos);
  }
  CHECK(refused({std::string(61, 'x'), ga4_use::ignored}).find("longer than 60") != std::string::npos);
  CHECK_NOTHROW((void)ff::detail::ga4_records(
      table{{"id", ga4_use::visitor}, {"name", ga4_use::name}, {std::string(60, 't'), ga4_use::time}}));
  auto many = needed();
  for (int i = 0; i < 62; ++i) many.push_back({"field" + std::to_string(i), ga4_use::ignored});
  CHECK(failure_of([&] { (void)ff::detail::ga4_records(many); }).names("more than 64 fields"));
  many.pop_back();
  CHECK_NOTHROW((void)ff::detail::ga4_records(many));
}
