// SPDX-License-Identifier: MIT
// A report says what it was made from.
#include <vector>

#include <doctest/doctest.h>

#include <footfall/report/provenance.hpp>

#include <tests/report/parsed_json.hpp>

namespace ff = footfall;

TEST_CASE("seed, versions, instruction set and digests are named") {
  ff::provenance from{.data = "made up", .sessions = 25'000, .seed = 18'446'744'073'709'551'615U};
  const std::vector<double> fitted = {1, 2};
  from.add("Model A", fitted);
  const auto json = json_reader::read(ff::as_json(from).text());
  CHECK(json["data"].text == "made up");
  CHECK(json["seed"].text == "18446744073709551615");
  CHECK(json["footfall"].text == ff::footfall_version());
  CHECK(json["build"].text == ff::build_tag());
  CHECK(json["eigen"].text.starts_with("3."));
  CHECK(json["pipelines"]["Model A"].text == ff::digest_of(fitted).hex());
  const auto table = ff::provenance_table("t", from);
  CHECK(table.rows().front()[1].text == "25,000, made up");
  CHECK(table.rows().back()[0].text == "Digest of Model A");
  CHECK(table.rows().back()[1].text == ff::digest_of(fitted).hex());
}

TEST_CASE("versions have numbers") {
  CHECK(ff::compiler_version().find_first_of("0123456789") != std::string::npos);
  CHECK(ff::footfall_version().find('.') != std::string::npos);
}
