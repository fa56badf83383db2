// SPDX-License-Identifier: MIT
// A set of short texts as a rule names them: whole texts, hosts with all below them, and patterns.
#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <footfall/core/version.hpp>
#include <footfall/events/glob.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// Says of a text whether it is in the set; letters A to Z count in either case.
class text_set {
 public:
  /// Longer texts are no hosts (RFC 1035).
  static constexpr std::size_t longest_host = 253;

  void add_text(std::string_view text) {
    texts_.insert(lower(text));
    longest_ = std::max(longest_, text.size());
  }
  /// The host, and every one that ends in a dot and the host.
  void add_host(std::string_view host) {
    hosts_.insert(lower(host));
    add_text(host);
  }
  void add_pattern(glob_pattern pattern) { patterns_.push_back(std::move(pattern)); }

  bool empty() const noexcept { return texts_.empty() && patterns_.empty(); }
  std::size_t patterns() const noexcept { return patterns_.size(); }

  /// Cost: a search among the texts, and a step a byte for each pattern.
  bool contains(std::string_view text) const {
    if (text.size() <= longest_ && texts_.contains(lower(text))) return true;
    if (!hosts_.empty() && text.size() <= longest_host) {
      const std::string host = lower(text);
      for (std::size_t dot = host.find('.'); dot != std::string::npos; dot = host.find('.', dot + 1)) {
        if (hosts_.contains(std::string_view(host).substr(dot + 1))) return true;
      }
    }
    return std::any_of(patterns_.begin(), patterns_.end(),
                       [&](const glob_pattern& each) { return each.matches(text); });
  }

 private:
  static std::string lower(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(), ascii_lower);
    return result;
  }

  std::set<std::string, std::less<>> texts_;
  std::set<std::string, std::less<>> hosts_;
  std::vector<glob_pattern> patterns_;
  std::size_t longest_ = 0;
};

FOOTFALL_END_NAMESPACE
