// SPDX-License-Identifier: MIT
// Bytes and values: what comes back, what the bytes say about themselves, and every way to spoil them.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <fstream>
#include <span>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <footfall/core/digest.hpp>
#include <footfall/store/archive.hpp>

#include <tests/store/small_models.hpp>
#include <tests/thrown.hpp>

#if defined(__has_feature)
#define FOOTFALL_TEST_HAS_FEATURE(name) __has_feature(name)
#else
#define FOOTFALL_TEST_HAS_FEATURE(name) 0
#endif

namespace {

namespace ff = footfall;
using small_models::fitted_pipeline;
using small_models::forest_of_double;

// Every part that a value can have, and none that our steps need.
struct everything {
  static constexpr std::string_view kind = "everything";
  bool yes = true;
  std::int8_t small = -7;
  std::uint64_t large = ~std::uint64_t{0};
  float real = -0.0F;
  double missing = std::numeric_limits<double>::quiet_NaN();
  std::string text = "naïve\n";
  std::vector<bool> flags = {true, false, true};
  std::vector<std::vector<std::string>> levels = {{"a"}, {}, {"b", ""}};
  std::array<std::int16_t, 3> three = {1, -2, 3};
  ff::matrix<float> grid = ff::matrix<float>::Random(3, 2);
  Eigen::VectorXd weights = Eigen::VectorXd::Random(5);
  std::tuple<int, std::string> pair = {4, "four"};
  std::vector<ff::model_note> notes = {{"x", "y"}};

  auto parts() const {
    return std::tie(yes, small, large, real, missing, text, flags, levels, three, grid, weights, pair, notes);
  }
  static everything from_parts(bool yes, std::int8_t small, std::uint64_t large, float real, double missing,
                               std::string text, std::vector<bool> flags, std::vector<std::vector<std::string>> levels,
                               std::array<std::int16_t, 3> three, ff::matrix<float> grid, Eigen::VectorXd weights,
                               std::tuple<int, std::string> pair, std::vector<ff::model_note> notes) {
    return {yes, small, large, real, missing, text, flags, levels, three, grid, weights, pair, notes};
  }
};

template <class T>
std::string refusal(std::span<const std::byte> bytes) {
  return thrown_by([&] { return ff::store::from_bytes<T>(bytes); });
}

}  // namespace

TEST_CASE("every kind of part comes back to the last bit, and gives the same bytes again") {
  const everything value;
  const auto bytes = ff::store::to_bytes(value);
  const auto again = ff::store::from_bytes<everything>(bytes);
  CHECK(ff::same_parts(again, value));
  CHECK(ff::digest_of(again) == ff::digest_of(value));
  CHECK(ff::store::to_bytes(again) == bytes);
  CHECK(bytes.size() % 8 == 0);
}

TEST_CASE("a missing value has one form in a file") {
  everything odd;
  odd.missing = -std::numeric_limits<double>::quiet_NaN();
  CHECK(ff::store::to_bytes(odd) == ff::store::to_bytes([&] {
          auto plain = odd;
          plain.missing = std::numeric_limits<double>::quiet_NaN();
          return plain;
        }()));
}

TEST_CASE("a whole pipeline comes back and scores alike") {
  const auto fitted = small_models::pipeline();
  const auto again = ff::store::from_bytes<fitted_pipeline>(ff::store::to_bytes(fitted));
  CHECK(again == fitted);
  CHECK(again.score(small_models::sessions()) == fitted.score(small_models::sessions()));
}

TEST_CASE("a file says what it holds") {
  const auto fitted = small_models::pipeline();
  const auto about = ff::store::summary_of_bytes(ff::store::to_bytes(fitted, {{"sessions", "24"}, {"seed", "5"}}));
  CHECK(about.digest == ff::digest_of(fitted).hex());
  CHECK(about.version == ff::text(FOOTFALL_VERSION_MAJOR, '.', FOOTFALL_VERSION_MINOR, '.', FOOTFALL_VERSION_PATCH));
  CHECK(about.steps == std::vector<std::string>{"chain", "columns", "numeric", "one_hot", "random_forest", "bins"});
  REQUIRE(about.columns.size() == 4);
  CHECK(about.columns[3] == ff::feature_info{"device=phone", "device", ff::stage::context});
  REQUIRE(about.sizes.size() == 2);
  CHECK(about.sizes[0] == ff::model_note{"trees", "2"});
  CHECK(about.notes == std::vector<ff::model_note>{{"sessions", "24"}, {"seed", "5"}});
}

TEST_CASE("another kind of value is refused by name") {
  const auto bytes = ff::store::to_bytes(small_models::segments());
  CHECK(refusal<fitted_pipeline>(bytes) == "wrong_kind: load: expected chain, found kmeans");
  CHECK(refusal<forest_of_double>(bytes) == "wrong_kind: load: expected random_forest, found kmeans");
  CHECK(refusal<ff::fitted_forest<float>>(ff::store::to_bytes(small_models::forest())).starts_with("bad_parts: load:"));
}

// A forest of 300 full trees is millions of nodes: they must not cost more than nine bytes each.
TEST_CASE("a node takes nine bytes of a file") {
  const auto small = small_models::forest();
  const ff::matrix<double> x = ff::matrix<double>::Random(2000, 2);
  std::vector<int> y;
  for (ff::index row = 0; row < x.rows(); ++row) y.push_back((row * 7919) % 5 < 2 ? 1 : 0);
  const auto large = ff::random_forest{.trees = 5, .out_of_bag = false, .seed = 1}.fit(x, ff::labels(y));
  const auto per_node = static_cast<double>(ff::store::to_bytes(large).size()) / static_cast<double>(large.nodes());
  CHECK(large.nodes() > 2000);
  CHECK(per_node < 10);
}

TEST_CASE("no byte can be missing") {
  const auto bytes = ff::store::to_bytes(small_models::pipeline());
  REQUIRE(bytes.size() < 20'000);
  std::size_t taken = 0;
  for (std::size_t length = 0; length < bytes.size(); ++length) {
    std::vector<std::byte> shorter(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(length));
    taken += refusal<fitted_pipeline>(shorter).starts_with("bad_parts") ? 0 : 1;
    // With the length and the checksums put right, too.
    if (length < ff::store::file_header::size) continue;
    ff::store::detail::put_u64(shorter.data() + 16, length);
    ff::store::seal(shorter);
    taken += refusal<fitted_pipeline>(shorter).starts_with("bad_parts") ? 0 : 1;
  }
  CHECK(taken == 0);
  auto longer = bytes;
  longer.resize(bytes.size() + 8);
  CHECK(refusal<fitted_pipeline>(longer).starts_with("bad_parts"));
}

TEST_CASE("nothing may stand behind a value or behind what is said of it, though lengths and checksums know of it") {
  using header = ff::store::file_header;
  const auto good = ff::store::to_bytes(small_models::forest());
  const auto with_more = [&](std::size_t section, std::size_t at) {
    auto bytes = good;
    bytes.insert(bytes.begin() + static_cast<std::ptrdiff_t>(at), 8, std::byte{0});
    std::byte* const length = bytes.data() + header::table + 16 * section;
    ff::store::detail::put_u64(bytes.data() + 16, bytes.size());
    ff::store::detail::put_u64(length, ff::store::little_endian(length) + 8);
    ff::store::seal(bytes);
    return bytes;
  };
  const std::size_t first = ff::store::little_endian(good.data() + header::table);
  CHECK(refusal<forest_of_double>(with_more(1, good.size())) == "bad_parts: load: there are bytes behind the value");
  const auto said = with_more(0, header::size + first);
  CHECK(refusal<forest_of_double>(said) == "");
  CHECK(thrown_by([&] { return ff::store::summary_of_bytes(said); }) ==
        "bad_parts: load: there are bytes behind the summary");
}

TEST_CASE("no bit can be turned") {
  const auto good = ff::store::to_bytes(small_models::pipeline());
  auto bytes = good;
  std::size_t unnoticed = 0, unreadable = 0;
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    for (int bit = 0; bit < 8; ++bit) {
      bytes[at] ^= std::byte{1} << bit;
      unnoticed += refusal<fitted_pipeline>(bytes).empty() ? 1 : 0;
      unreadable += thrown_by([&] { return ff::store::summary_of_bytes(bytes); }).empty() ? 1 : 0;
      bytes[at] ^= std::byte{1} << bit;
    }
  }
  CHECK(unnoticed == 0);
  CHECK(unreadable == 0);
  CHECK(bytes == good);
}

// Checksums protect from accidents only. With these put right, a turned bit gives an error or a valid model, which scores.
TEST_CASE("a turned bit with right checksums makes an error or a model that works") {
  const auto good = ff::store::to_bytes(small_models::pipeline());
  const auto sessions = small_models::sessions();
  std::size_t valid = 0, refused = 0;
  for (std::size_t at = ff::store::file_header::size; at < good.size(); ++at) {
    for (int bit = 0; bit < 8; ++bit) {
      auto bytes = good;
      bytes[at] ^= std::byte{1} << bit;
      ff::store::seal(bytes);
      try {
        const auto model = ff::store::from_bytes<fitted_pipeline>(bytes);
        ++valid;
        for (const double score : model.score(sessions)) CHECK((score >= 0 && score <= 1));
      } catch (const ff::error&) {
        ++refused;  // by the loader, or by a step whose columns have other names now
      }
    }
  }
  CHECK(valid > 0);
  CHECK(refused > valid);
}

TEST_CASE("headers that lie are refused") {
  const auto good = ff::store::to_bytes(small_models::forest());
  const auto spoiled = [&](std::size_t at, std::uint64_t value, bool seal) {
    auto bytes = good;
    ff::store::detail::put_u64(bytes.data() + at, value);
    if (seal) ff::store::seal(bytes);
    return refusal<forest_of_double>(bytes);
  };
  CHECK(refusal<forest_of_double>({}) == "bad_parts: load: a model has at least 64 bytes, got 0");
  CHECK(spoiled(0, 0, true) == "bad_parts: load: this is not a model");
  CHECK(spoiled(8, 3 | std::uint64_t{2} << 32, true) ==
        "bad_parts: load: written in format 3 by a later footfall; this one reads up to 2");
  CHECK(spoiled(8, 0 | std::uint64_t{2} << 32, true) == "bad_parts: load: the header is damaged");
  CHECK(spoiled(8, 1 | std::uint64_t{3} << 32, true) == "bad_parts: load: the header is damaged");
  CHECK(spoiled(16, good.size() + 8, true) ==
        ff::text("bad_parts: load: the file should have ", good.size() + 8, " bytes, it has ", good.size()));
  CHECK(spoiled(24, ~std::uint64_t{7}, true).starts_with("bad_parts: load: "));
  CHECK(spoiled(24, 8, true).starts_with("bad_parts: load: "));
  CHECK(spoiled(ff::store::file_header::end_of_table, 0, false) == "bad_parts: load: the header is damaged");
}

// Every word of a file in turn claims to be large. In a process of which the system takes back a megabyte more than the file
// has, whoever believes one of them dies of it. (The sanitizers need address space of their own: they sit this out.)
#if !defined(__SANITIZE_ADDRESS__) && !FOOTFALL_TEST_HAS_FEATURE(address_sanitizer)
TEST_CASE("no size is believed that is not there") {
  const auto good = ff::store::to_bytes(small_models::forest());
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    std::size_t pages = 0;
    std::ifstream("/proc/self/statm") >> pages;
    const rlim_t most = pages * static_cast<rlim_t>(sysconf(_SC_PAGESIZE)) + good.size() + (rlim_t{1} << 20);
    const rlimit limit{most, most};
    bool fine = pages > 0 && setrlimit(RLIMIT_AS, &limit) == 0;
    auto bytes = good;
    for (std::size_t at = ff::store::file_header::size; fine && at < good.size(); at += 8) {
      for (const std::uint64_t claim : {1ULL << 21, 1ULL << 24, 1ULL << 33, 1ULL << 60, ~7ULL}) {
        ff::store::detail::put_u64(bytes.data() + at, claim);
        ff::store::seal(bytes);
        try {
          (void)ff::store::from_bytes<forest_of_double>(bytes);
          (void)ff::store::summary_of_bytes(bytes);
        } catch (const ff::error&) {  // refused for what it is
        } catch (...) {
          fine = false;
        }
      }
      std::copy_n(good.begin() + static_cast<std::ptrdiff_t>(at), 8, bytes.begin() + static_cast<std::ptrdiff_t>(at));
    }
    _exit(fine ? 0 : 1);
  }
  int status = 0;
  REQUIRE(waitpid(child, &status, 0) == child);
  CHECK(status == 0);
}
#endif
