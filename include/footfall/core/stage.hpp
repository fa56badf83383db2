// SPDX-License-Identifier: MIT
// When in a session a column becomes known: the mark that keeps late columns out of early models.
#pragma once

#include <algorithm>
#include <string_view>

#include <footfall/core/version.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// The moments of a session in their order. `unknown` says that nobody stated it; it is not a moment, and a guard
/// that needs one refuses it.
enum class stage : unsigned char { context, browse, cart, checkout, outcome, unknown };

/// The stage of a column made from columns of stages `a` and `b`: the later one, unknown if either is.
constexpr stage later(stage a, stage b) noexcept { return std::max(a, b); }

constexpr std::string_view name_of(stage s) noexcept {
  switch (s) {
    case stage::context: return "context";
    case stage::browse: return "browse";
    case stage::cart: return "cart";
    case stage::checkout: return "checkout";
    case stage::outcome: return "outcome";
    case stage::unknown: break;
  }
  return "unknown";
}

FOOTFALL_END_NAMESPACE
