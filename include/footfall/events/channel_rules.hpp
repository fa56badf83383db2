// SPDX-License-Identifier: MIT
// Which channel a visit belongs to: a table of rules that is read from text, so that a table is data and has a version.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/parts.hpp>
#include <footfall/events/glob.hpp>
#include <footfall/events/text_set.hpp>
#include <footfall/events/traffic_source.hpp>

FOOTFALL_BEGIN_NAMESPACE

namespace detail {
class channel_rules_reader;
}

/// A fitted table: immutable, and safe to share. Its text is made of lines:
///
///     version NAME                              the first line that is neither empty nor a comment
///     # a comment
///     list NAME = item, item, ...               texts and patterns; more lines of one name add to it
///     sites NAME = item, item, ...              the same, and an item also names all hosts below it
///     CHANNEL: field = item, @list; field = ... all fields must fit, each by one of its items; the first such line decides
///
/// Fields are source, medium, campaign and click_id. An item is a whole text, a pattern of `glob_pattern`, or (empty); `\`
/// makes the next byte an ordinary one. Letters A to Z fit in either case. Visits that no line fits are "Unassigned".
class channel_rules {
 public:
  static constexpr std::string_view unassigned = "Unassigned";
  /// What a table may have of bytes, lists and patterns.
  static constexpr std::size_t largest_text = std::size_t{1} << 20, most_lists = 256, most_patterns = 4096;

  /// Throws bad_text for a line that is not one of these, unknown_name for a field or list that is not there, limit for a text of
  /// more than a MiB, 256 lists or 4096 patterns; each says which line.
  static channel_rules parse(std::string text);

  const std::string& version() const noexcept { return version_; }
  /// In the order in which rules first name them, "Unassigned" last unless a rule names it.
  const std::vector<std::string>& channels() const noexcept { return channels_; }

  /// Position in `channels()`.
  std::int32_t channel_of(const traffic_source& visit) const {
    const rule* const found = decisive(visit);
    return found == nullptr ? unassigned_ : found->channel;
  }
  const std::string& name_of(const traffic_source& visit) const {
    return channels_[static_cast<std::size_t>(channel_of(visit))];
  }
  /// The line of the text that decides, from 1; 0 if none does.
  int line_of(const traffic_source& visit) const {
    const rule* const found = decisive(visit);
    return found == nullptr ? 0 : found->line;
  }
  /// The lines that hold rules.
  std::vector<int> lines() const {
    std::vector<int> result;
    for (const auto& each : rules_) result.push_back(each.line);
    return result;
  }

  auto parts() const { return std::tie(text_); }
  static channel_rules from_parts(std::string text) {
    try {
      return parse(std::move(text));
    } catch (const error& refused) {
      fail(error_code::bad_parts, "channel_rules", refused.what());
    }
  }
  bool operator==(const channel_rules& other) const { return same_parts(*this, other); }

 private:
  friend class detail::channel_rules_reader;

  struct condition {
    std::size_t field = 0;  // of a traffic_source, in its order
    text_set items;
    std::vector<std::size_t> lists;  // each once
  };
  struct rule {
    std::int32_t channel = 0;
    int line = 0;
    std::vector<condition> conditions;
  };

  bool fits(const condition& each, std::string_view value) const {
    return each.items.contains(value) || std::any_of(each.lists.begin(), each.lists.end(),
                                                     [&](std::size_t list) { return lists_[list].contains(value); });
  }
  const rule* decisive(const traffic_source& visit) const {
    const std::array<std::string_view, 4> fields = {visit.source, visit.medium, visit.campaign, visit.click_id};
    const auto found = std::find_if(rules_.begin(), rules_.end(), [&](const rule& each) {
      return std::all_of(each.conditions.begin(), each.conditions.end(),
                         [&](const condition& one) { return fits(one, fields[one.field]); });
    });
    return found == rules_.end() ? nullptr : &*found;
  }

  std::string text_;
  std::string version_;
  std::vector<std::string> channels_;
  std::vector<text_set> lists_;
  std::vector<rule> rules_;
  std::int32_t unassigned_ = 0;
};

namespace detail {

/// Reads the text line by line. It looks at each byte a fixed number of times.
class channel_rules_reader {
 public:
  channel_rules read(std::string text) {
    require(text.size() <= channel_rules::largest_text, error_code::limit, "channel_rules",
            "a table may have 1048576 bytes, got ", text.size());
    std::string_view rest = text;
    if (rest.starts_with("\xEF\xBB\xBF")) rest.remove_prefix(3);
    while (!rest.empty()) {
      ++line_;
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      read_line(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    require(!result_.rules_.empty(), error_code::bad_text, "channel_rules", "there must be a rule, got none");
    result_.unassigned_ = channel(std::string(channel_rules::unassigned));
    result_.text_ = std::move(text);
    return std::move(result_);
  }

 private:
  std::string who() const { return text("channel_rules: line ", line_); }
  template <class... Parts>
  void expect(bool condition, const Parts&... parts) const {
    if (!condition) fail(error_code::bad_text, who(), parts...);
  }

  static std::string_view trimmed(std::string_view text) {
    const std::size_t begin = std::min(text.find_first_not_of(" \t\r"), text.size());
    return text.substr(begin, text.find_last_not_of(" \t\r") + 1 - begin);
  }

  /// Up to the first `mark` that no backslash precedes, which is taken off `rest` too; the whole rest if there is none.
  static std::string_view up_to(char mark, std::string_view& rest) {
    std::size_t at = 0;
    while (at < rest.size() && rest[at] != mark) at += rest[at] == '\\' ? 2 : 1;
    at = std::min(at, rest.size());
    const auto result = trimmed(rest.substr(0, at));
    rest.remove_prefix(std::min(at + 1, rest.size()));
    return result;
  }

  void read_line(std::string_view line) {
    line = trimmed(line);
    if (line.empty() || line.front() == '#') return;
    for (const char c : line) {
      expect(static_cast<unsigned char>(c) >= 0x20 || c == '\t', "expected text, got a control character");
    }
    if (result_.version_.empty()) {
      expect(line.starts_with("version ") && !trimmed(line.substr(8)).empty(), "expected 'version NAME', got '", line,
             "'");
      result_.version_ = trimmed(line.substr(8));
    } else if (line.starts_with("list ") || line.starts_with("sites ")) {
      read_list(line.substr(line.find(' ') + 1), line.front() == 's');
    } else {
      read_rule(line);
    }
  }

  void read_list(std::string_view rest, bool hosts) {
    expect(rest.find('=') != std::string_view::npos, "expected 'NAME = items', got '", rest, "'");
    const auto name = up_to('=', rest);
    expect(!name.empty() && name.find_first_of(",;:@ \t\\") == std::string_view::npos,
           "expected the name of a list, got '", name, "'");
    const auto [place, is_new] = list_named_.try_emplace(std::string(name), result_.lists_.size());
    if (is_new) {
      require(result_.lists_.size() < channel_rules::most_lists, error_code::limit, who(), "a table may have ",
              channel_rules::most_lists, " lists");
      result_.lists_.emplace_back();
    }
    do {
      const auto item = up_to(',', rest);
      expect(!item.starts_with('@'), "a list cannot name another, got '", item, "'");
      add_item(result_.lists_[place->second], item, hosts);
    } while (!rest.empty());
  }

  void read_rule(std::string_view rest) {
    const auto whole = rest;
    const auto name = up_to(':', rest);
    expect(name.size() < whole.size() && !name.empty() && !rest.empty(), "expected 'CHANNEL: field = items', got '",
           whole, "'");
    channel_rules::rule rule;
    rule.line = line_;
    do {
      auto condition = up_to(';', rest);
      expect(condition.find('=') != std::string_view::npos, "expected 'field = items', got '", condition, "'");
      rule.conditions.push_back(read_condition(condition));
    } while (!rest.empty());
    rule.channel = channel(std::string(name));
    result_.rules_.push_back(std::move(rule));
  }

  channel_rules::condition read_condition(std::string_view rest) {
    static constexpr std::array<std::string_view, 4> fields = {"source", "medium", "campaign", "click_id"};
    const auto field = up_to('=', rest);
    const auto known = std::find(fields.begin(), fields.end(), field);
    require(known != fields.end(), error_code::unknown_name, who(), "there is no field '", field,
            "'; fields are source, medium, campaign and click_id");
    channel_rules::condition condition;
    condition.field = static_cast<std::size_t>(known - fields.begin());
    do {
      const auto item = up_to(',', rest);
      if (!item.starts_with('@')) {
        add_item(condition.items, item, false);
        continue;
      }
      const auto list = list_named_.find(std::string(item.substr(1)));
      require(list != list_named_.end(), error_code::unknown_name, who(), "there is no list '", item.substr(1),
              "' above");
      if (std::find(condition.lists.begin(), condition.lists.end(), list->second) == condition.lists.end()) {
        condition.lists.push_back(list->second);
      }
    } while (!rest.empty());
    return condition;
  }

  void add_item(text_set& set, std::string_view item, bool host) {
    expect(!item.empty(), "an item is empty; (empty) stands for no text");
    if (item == "(empty)") return set.add_text("");
    std::string plain;
    bool pattern = false;
    for (std::size_t at = 0; at < item.size(); ++at) {
      pattern = pattern || item[at] == '*' || item[at] == '[';
      if (item[at] == '\\') ++at;
      expect(at < item.size(), "an item ends in a backslash: '", item, "'");
      plain += item[at];
    }
    if (pattern) {
      require(++patterns_ <= channel_rules::most_patterns, error_code::limit, who(), "a table may have ",
              channel_rules::most_patterns, " patterns");
      set.add_pattern(glob_pattern(item, who()));
    } else {
      host ? set.add_host(plain) : set.add_text(plain);
    }
  }

  std::int32_t channel(std::string name) {
    const auto next = static_cast<std::int32_t>(result_.channels_.size());
    const auto [place, is_new] = channel_named_.try_emplace(name, next);
    if (is_new) result_.channels_.push_back(std::move(name));
    return place->second;
  }

  channel_rules result_;
  std::map<std::string, std::size_t> list_named_;
  std::map<std::string, std::int32_t> channel_named_;
  std::size_t patterns_ = 0;
  int line_ = 0;
};

}  // namespace detail

inline channel_rules channel_rules::parse(std::string text) {
  return detail::channel_rules_reader().read(std::move(text));
}

FOOTFALL_END_NAMESPACE
