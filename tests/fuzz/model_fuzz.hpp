// SPDX-License-Identifier: MIT
// What a fuzzer asks of model files: any bytes make an error or a valid model, which scores within [0, 1].
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <vector>

#include <footfall/store/archive.hpp>

#include <tests/store/small_models.hpp>

/// The first byte says which value to load, and whether the checksums are put right first: a fuzzer does not guess these.
inline void fuzz_model(std::span<const std::uint8_t> input) {
  namespace ff = footfall;
  if (input.empty()) return;
  std::vector<std::byte> bytes(input.size() - 1);
  std::transform(input.begin() + 1, input.end(), bytes.begin(), [](std::uint8_t byte) { return std::byte{byte}; });
  if ((input[0] & 4) != 0 && bytes.size() >= ff::store::file_header::size) {
    std::copy(ff::store::magic.begin(), ff::store::magic.end(), bytes.begin());
    ff::store::detail::put_u64(bytes.data() + 8, ff::store::format | std::uint64_t{2} << 32);
    ff::store::detail::put_u64(bytes.data() + 16, bytes.size());
    ff::store::seal(bytes);
  }
  const auto check = [](const auto& model, const auto& sessions) {
    const auto scores = model.score(sessions);
    if (!std::all_of(scores.begin(), scores.end(), [](double score) { return score >= 0 && score <= 1; })) std::abort();
    const auto again = ff::store::to_bytes(model);
    if (ff::store::to_bytes(ff::store::from_bytes<std::remove_cvref_t<decltype(model)>>(again)) != again) std::abort();
  };
  static const auto sessions = small_models::sessions();
  static const auto numbers = small_models::numbers();
  try {
    switch (input[0] & 3) {
      case 0: check(ff::store::from_bytes<small_models::fitted_pipeline>(bytes), sessions); break;
      case 1: check(ff::store::from_bytes<small_models::forest_of_double>(bytes), numbers); break;
      case 2: (void)ff::store::from_bytes<decltype(small_models::segments())>(bytes).assign(numbers); break;
      default: (void)ff::store::summary_of_bytes(bytes);
    }
  } catch (const ff::error&) {  // what a loader says to strangers' bytes
  }
}
