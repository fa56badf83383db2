// SPDX-License-Identifier: MIT
// What an address says beside the page: its host, and the parameters behind the question mark.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include <footfall/core/version.hpp>
#include <footfall/events/glob.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// The host of an address such as https://user@www.shop.com:443/page, in small letters and without a leading "www."; of
/// android-app://name/ the name. Empty for a text that is no such address.
inline std::string host_of(std::string_view address) {
  const std::size_t scheme = address.find("://");
  if (scheme == std::string_view::npos || address.find_first_of("/?#") < scheme) return {};
  address.remove_prefix(scheme + 3);
  address = address.substr(0, address.find_first_of("/?#\\"));
  const std::size_t user = address.rfind('@');
  if (user != std::string_view::npos) address.remove_prefix(user + 1);
  // [...] is an address of version 6, with colons of its own
  const std::size_t end = address.starts_with('[') ? address.find(']') + 1 : address.find(':');
  if (end > 0) address = address.substr(0, end);
  std::string host(address);
  std::transform(host.begin(), host.end(), host.begin(), ascii_lower);
  while (host.ends_with('.')) host.pop_back();
  return host.starts_with("www.") ? host.substr(4) : host;
}

/// The text of a parameter: `+` is a blank, %41 the byte 0x41; a percent sign without two hexadecimal digits is itself.
inline std::string decoded_parameter(std::string_view text) {
  const auto digit = [](char c) {
    c = ascii_lower(c);
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
  };
  std::string result;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool escaped =
        text[at] == '%' && at + 2 < text.size() && digit(text[at + 1]) >= 0 && digit(text[at + 2]) >= 0;
    if (escaped) {
      result += static_cast<char>(16 * digit(text[at + 1]) + digit(text[at + 2]));
      at += 2;
    } else {
      result += text[at] == '+' ? ' ' : text[at];
    }
  }
  return result;
}

/// Calls `f(name, value)` for each parameter of the address, both as they are written, in their order. Cost: one pass.
template <class F>
void for_each_parameter(std::string_view address, F&& f) {
  address = address.substr(0, address.find('#'));
  const std::size_t mark = address.find('?');
  if (mark == std::string_view::npos) return;
  address.remove_prefix(mark + 1);
  while (!address.empty()) {
    const std::size_t end = std::min(address.find('&'), address.size());
    const std::string_view each = address.substr(0, end);
    const std::size_t equals = std::min(each.find('='), each.size());
    f(each.substr(0, equals), each.substr(std::min(equals + 1, each.size())));
    address.remove_prefix(std::min(end + 1, address.size()));
  }
}

FOOTFALL_END_NAMESPACE
