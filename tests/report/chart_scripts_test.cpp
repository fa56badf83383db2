// SPDX-License-Identifier: MIT
// The programs that draw are all there or none is used, and none can end its own element.
#include <filesystem>
#include <string>

#include <doctest/doctest.h>

#include <footfall/report/chart_scripts.hpp>
#include <footfall/report/file.hpp>

#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;
namespace fs = std::filesystem;

fs::path modules(const std::string& code, const std::string& licence = "Free.") {
  const auto folder = fs::temp_directory_path() / "footfall_chart_scripts_test";
  fs::remove_all(folder);
  for (const std::string name : {"vega", "vega-lite", "vega-embed"}) {
    ff::write_file(folder / name / "package.json", "{\"name\": \"x\", \"version\" : \"6.4.0\"}");
    ff::write_file(folder / name / "LICENSE", licence);
    ff::write_file(folder / name / "build" / (name + ".min.js"), code);
  }
  return folder;
}

}  // namespace

TEST_CASE("programs come with versions and licences, in their order") {
  const auto scripts = ff::read_chart_scripts(modules("draw();"));
  REQUIRE(scripts.size() == 3);
  CHECK(scripts[0].name == "vega 6.4.0");
  CHECK(scripts[1].name == "vega-lite 6.4.0");
  CHECK(scripts[2].code == "draw();");
  CHECK(scripts[2].licence == "Free.");
}

TEST_CASE("without one of them there are none") {
  const auto folder = modules("draw();");
  fs::remove(folder / "vega-lite" / "build" / "vega-lite.min.js");
  CHECK(ff::read_chart_scripts(folder).empty());
  CHECK(ff::find_chart_scripts({"", folder}).empty());
  CHECK(ff::find_chart_scripts({"", folder / "none", modules("draw();")}).size() == 3);
  fs::remove(folder / "vega" / "package.json");
  CHECK(ff::read_chart_scripts(folder)[0].name == "vega ?");
}

TEST_CASE("a program that would end its element is refused") {
  CHECK(thrown_by([] { return ff::read_chart_scripts(modules("'</script>'")); }) ==
        "bad_text: read_chart_scripts: 'vega 6.4.0' holds '</script'");
  CHECK(code_thrown_by([] { return ff::read_chart_scripts(modules("'<!--'")); }) == "bad_text");
  CHECK(thrown_by([] { return ff::read_chart_scripts(modules("draw();", "*/ alert()")); }) ==
        "bad_text: read_chart_scripts: the licence of 'vega 6.4.0' holds '*/'");
}
