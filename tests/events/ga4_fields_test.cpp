// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <string>

#include <doctest/doctest.h>

#include <footfall/events/ga4_fields.hpp>

namespace ff = footfall;

TEST_CASE("the table names each field once, and those that an event is made of") {
  std::set<std::string> paths;
  for (const auto& each : ff::ga4_fields()) {
    CAPTURE(each.path);
    CHECK(paths.insert(each.path).second);
    CHECK((each.use == ff::ga4_use::text || each.use == ff::ga4_use::number) == !each.key.empty());
  }
  const auto count = [](ff::ga4_use use) {
    const auto table = ff::ga4_fields();
    return std::count_if(table.begin(), table.end(), [&](const ff::ga4_field& each) { return each.use == use; });
  };
  for (const auto use :
       {ff::ga4_use::visitor, ff::ga4_use::name, ff::ga4_use::time, ff::ga4_use::parameters, ff::ga4_use::revenue}) {
    CHECK(count(use) == 1);
  }
}

TEST_CASE("every field of the public sample's schema is in the table") {
  const char* const folder = std::getenv("FOOTFALL_DATA");
  if (folder == nullptr) {
    MESSAGE("skipped: FOOTFALL_DATA is not set");
    return;
  }
  std::ifstream file(std::filesystem::path(folder) / "ga4_public_sample_schema.json");
  REQUIRE(file);
  std::set<std::string> names;
  for (const auto& each : ff::ga4_fields()) {
    for (std::size_t at = 0; at < each.path.size();) {
      const std::size_t end = std::min(each.path.find('.', at), each.path.size());
      std::string name = each.path.substr(at, end - at);
      if (name.ends_with("[]")) name.resize(name.size() - 2);
      names.insert(name);
      at = end + 1;
    }
  }
  // What lies in a record of parameters belongs to that record.
  for (const auto* inner :
       {"key", "value", "string_value", "int_value", "float_value", "double_value", "set_timestamp_micros"}) {
    names.insert(inner);
  }
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const std::regex name(R"re("name"\s*:\s*"([^"]+)")re");
  int found = 0;
  for (std::sregex_iterator match(text.begin(), text.end(), name), end; match != end; ++match, ++found) {
    CAPTURE((*match)[1].str());
    CHECK(names.contains((*match)[1].str()));
  }
  CHECK(found > 90);
}
