// SPDX-License-Identifier: MIT
// What a report was made from and by: enough to make it again, and to see whether two came from the same models.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <footfall/core/digest.hpp>
#include <footfall/core/error.hpp>
#include <footfall/core/types.hpp>
#include <footfall/core/version.hpp>
#include <footfall/report/json.hpp>
#include <footfall/report/text.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// A fitted pipeline and its fingerprint.
struct fitted_digest {
  std::string name;
  footfall::digest digest;
};

/// Dates are left out: the same run gives the same bytes.
struct provenance {
  std::string data{};  ///< where the sessions come from: a world of `synthetic/`, a file
  std::int64_t sessions = 0;
  std::uint64_t seed = 0;
  std::vector<fitted_digest> pipelines{};

  /// Takes in a fitted value under a name for readers.
  template <class Fitted>
  provenance& add(std::string name, const Fitted& fitted) {
    pipelines.push_back({std::move(name), digest_of(fitted)});
    return *this;
  }
};

inline std::string footfall_version() {
  return text(FOOTFALL_VERSION_MAJOR, '.', FOOTFALL_VERSION_MINOR, '.', FOOTFALL_VERSION_PATCH);
}

/// The compiler of this translation unit, e.g. `g++ 12.2.0`.
inline std::string compiler_version() {
#if defined(__clang__)
  return text("clang ", __clang_major__, '.', __clang_minor__, '.', __clang_patchlevel__);
#elif defined(__GNUC__)
  return text("g++ ", __GNUC__, '.', __GNUC_MINOR__, '.', __GNUC_PATCHLEVEL__);
#else
  return "another compiler";
#endif
}

inline std::string eigen_version() {
  return text(EIGEN_WORLD_VERSION, '.', EIGEN_MAJOR_VERSION, '.', EIGEN_MINOR_VERSION);
}

inline json as_json(const provenance& from) {
  json out;
  out["data"] = from.data;
  out["sessions"] = from.sessions;
  out["seed"] = from.seed;
  out["footfall"] = footfall_version();
  out["build"] = build_tag();
  out["compiler"] = compiler_version();
  out["eigen"] = eigen_version();
  out["pipelines"] = json::object();
  for (const auto& each : from.pipelines) out["pipelines"][each.name] = each.digest.hex();
  return out;
}

/// One line a fact.
inline printed_table provenance_table(std::string caption, const provenance& from) {
  printed_table table(std::move(caption), {{"What"}, {"Value", alignment::left}});
  table.add({"Sessions", text(thousands(from.sessions), ", ", from.data)});
  table.add({"Seed", text(from.seed)});
  table.add({"footfall", footfall_version()});
  table.add({"Instruction set", build_tag()});
  table.add({"Compiler, Eigen", text(compiler_version(), ", ", eigen_version())});
  for (const auto& each : from.pipelines) table.add({text("Digest of ", each.name), each.digest.hex()});
  return table;
}

FOOTFALL_END_NAMESPACE
