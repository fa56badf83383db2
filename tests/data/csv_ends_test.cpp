// SPDX-License-Identifier: MIT
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/data/csv_ends.hpp>

namespace {

using footfall::detail::csv_ends;

std::vector<std::string> fields_of(const csv_ends& ends) {
  std::vector<std::string> fields;
  for (std::size_t i = 0; i < ends.size(); ++i) fields.emplace_back(ends.begin_of(i), ends.end_of(i));
  return fields;
}

csv_ends found(const std::string& text, char delimiter = ',') {
  csv_ends ends;
  ends.find(text.data(), static_cast<std::ptrdiff_t>(text.size()), delimiter);
  return ends;
}

}  // namespace

TEST_CASE("fields between the ends, as far as whole steps go") {
  const std::string text = "a,bc,,d\n;e,\n" + std::string(200, 'x') + ",";
  CHECK(fields_of(found(text)) == std::vector<std::string>{"a", "bc", "", "d", ";e", ""});
  CHECK(fields_of(found(text, ';')) == std::vector<std::string>{"a,bc,,d", "", "e,"});
  CHECK(found(text.substr(0, 63)).size() == 0);
  CHECK(found("").size() == 0);
  const std::string many(csv_ends::most_bytes + 1'000, ',');
  CHECK(found(many).size() == csv_ends::most_bytes);
}

TEST_CASE("nothing is found from the first odd byte on") {
  for (const char odd : {'"', '\0', '\r'}) {
    for (std::size_t at = 0; at < 200; ++at) {
      std::string text(256, ',');
      text[at] = odd;
      REQUIRE(found(text).size() == at);
    }
  }
  std::string text(256, ',');
  text[9] = '\r';
  text[10] = '\n';
  CHECK(found(text).size() == 255);
}
