// SPDX-License-Identifier: MIT
// Saving, loading and looking into model files, and files of earlier versions.
#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <unistd.h>

#include <footfall/core/digest.hpp>
#include <footfall/store/model.hpp>

#include <tests/source_dir.hpp>
#include <tests/store/small_models.hpp>
#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;
namespace fs = std::filesystem;
using small_models::fitted_pipeline;

fs::path somewhere(const char* name) {
  return fs::temp_directory_path() / ff::text("footfall-", static_cast<std::int64_t>(getpid()), '-', name);
}

}  // namespace

TEST_CASE("a saved pipeline is loaded, and saved again it is the same file") {
  const auto path = somewhere("pipeline.ffm");
  const auto fitted = small_models::pipeline();
  ff::save(path, fitted, {{"sessions", "24"}});
  const auto again = ff::load<fitted_pipeline>(path);
  CHECK(again == fitted);
  CHECK(ff::digest_of(again) == ff::digest_of(fitted));
  const auto bytes = ff::store::read_bytes(path, 1 << 20);
  ff::save(path, again, {{"sessions", "24"}});
  CHECK(std::ranges::equal(ff::store::read_bytes(path, 1 << 20), bytes));
  const auto about = ff::inspect(path);
  CHECK(about.digest == ff::digest_of(fitted).hex());
  CHECK(about.notes.size() == 1);
  fs::remove(path);
}

TEST_CASE("errors name the file") {
  const auto path = somewhere("segments.ffm");
  ff::save(path, small_models::segments());
  CHECK(thrown_by([&] { return ff::load<fitted_pipeline>(path); }) ==
        ff::text("wrong_kind: load: '", path.string(), "': expected chain, found kmeans"));
  CHECK(thrown_by([&] { return ff::load<fitted_pipeline>(path, {.most_bytes = 10}); }).starts_with("limit: load: '"));
  const auto bytes = ff::store::read_bytes(path, 1 << 20);
  ff::store::replace_file(path, {bytes.data(), bytes.size() - 1});
  CHECK(thrown_by([&] {
          return ff::inspect(path);
        }).starts_with(ff::text("bad_parts: load: '", path.string(), "': the file should have")));
  fs::remove(path);
}

// tests/golden/ holds a file of each format: whoever changes how values are written must still read these.
TEST_CASE("files of earlier versions load, and mean what they meant") {
  const auto path = source_dir() / "tests/golden/pipeline_1.ffm";
  const auto loaded = ff::load<fitted_pipeline>(path);
  const auto about = ff::inspect(path);
  CHECK(about.digest == ff::digest_of(loaded).hex());
  CHECK(about.notes == std::vector<ff::model_note>{{"made by", "model_test.cpp"}});
  const auto scores = loaded.score(small_models::sessions());
  CHECK(ff::digest_of(scores).hex() == "2fcb2c73b86b9a1d");
  // The training is the same today: forests are integers.
  CHECK(loaded == small_models::pipeline());
}

// Writes the golden file of the present format: run once when the format changes, with a new name.
TEST_CASE("write the golden file" * doctest::skip()) {
  ff::save(source_dir() / "tests/golden/pipeline_1.ffm", small_models::pipeline(), {{"made by", "model_test.cpp"}});
}
