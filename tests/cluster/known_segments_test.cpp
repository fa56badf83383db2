// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/cluster/known_segments.hpp>
#include <footfall/core/random.hpp>

namespace ff = footfall;

namespace {

struct step {
  ff::index row, from, to;
  bool operator==(const step&) const = default;
};

}  // namespace

TEST_CASE("segments that changed are found where they are, whether numbers need a byte or four") {
  for (const ff::index clusters : {3, 254, 255, 256, 70'000}) {
    for (const ff::index rows : {1, 7, 8, 63, 64, 65, 511, 512}) {
      const ff::index first = 5;  // rows before are left alone
      ff::known_segments updated(first + rows, clusters), replaced(first + rows, clusters);
      ff::simd::summed_values<float> found;
      found.fill(-1e30F);  // what lies behind the last session is no number of a segment
      std::fill_n(found.begin(), first, static_cast<float>(clusters - 1));
      CHECK(updated.update(found, 0, first, [](ff::index, ff::index, ff::index) {}) == first);
      CHECK(replaced.replace(found, 0, first) == first);
      ff::segment_ids ids(static_cast<std::size_t>(rows), 0);
      found.fill(0);
      CHECK(replaced.replace(found, first, rows) == rows);
      CHECK(updated.update(found, first, rows, [](ff::index, ff::index, ff::index) {}) == rows);
      ff::random_stream stream(4);
      for (int pass = 0; pass < 3; ++pass) {
        std::vector<step> expected;
        for (std::size_t i = 0; i < found.size(); ++i) {
          if (stream.below(9) != 0) continue;
          const auto other = static_cast<ff::index>(stream.below(static_cast<std::uint64_t>(clusters)));
          if (i < ids.size() && other != ids[i]) {
            expected.push_back({first + static_cast<ff::index>(i), ids[i], other});
            ids[i] = static_cast<std::int32_t>(other);
          }
          found[i] = static_cast<float>(other);
        }
        std::vector<step> moved;
        const auto count = updated.update(found, first, rows, [&](ff::index row, ff::index from, ff::index to) {
          moved.push_back({row, from, to});
        });
        CHECK(count == static_cast<ff::index>(expected.size()));
        CHECK((moved == expected));
        CHECK(replaced.replace(found, first, rows) == count);
      }
      ff::segment_ids whole(static_cast<std::size_t>(first), static_cast<std::int32_t>(clusters - 1));
      whole.insert(whole.end(), ids.begin(), ids.end());
      CHECK(updated.ids() == whole);
      CHECK(replaced.ids() == whole);
    }
  }
}
