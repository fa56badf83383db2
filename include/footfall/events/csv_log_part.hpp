// SPDX-License-Identifier: MIT
// Some rows of a log as CSV: field by field for many rows at once, then which of the rows are events, then all of them into the
// log.
#pragma once

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <limits>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/types.hpp>
#include <footfall/data/csv.hpp>
#include <footfall/data/csv_blocks.hpp>
#include <footfall/data/csv_cursor.hpp>
#include <footfall/data/csv_ends.hpp>
#include <footfall/data/csv_number.hpp>
#include <footfall/events/event_rows.hpp>
#include <footfall/events/table_log.hpp>
#include <footfall/simd/short_decimals.hpp>

FOOTFALL_BEGIN_NAMESPACE

namespace detail {

/// What a field of the header is read as.
struct csv_log_field {
  enum class use { ignored, visitor, name, time, session, page, revenue, number, text } as = use::ignored;
  std::string name{};

  bool is_number() const noexcept { return as == use::time || as == use::revenue || as == use::number; }
};

/// Reads blocks of whole rows, one after another.
class csv_log_part {
 public:
  csv_log_part(std::string_view text, const std::vector<csv_log_field>& fields, const log_columns& columns,
               const csv_options& options, std::string_view who)
      : cursor_(text, options.delimiter, who),
        fields_(fields),
        columns_(columns),
        options_(options),
        moments_(columns),
        times_(most_rows),
        timed_(most_rows),
        read_(fields.size()) {
    double ignored = 0;  // a number that means missing must be looked for before it is read as one
    quick_ = std::none_of(options.missing.begin(), options.missing.end(),
                          [&](const auto& each) { return read_number(each, ignored) != csv_number::none; });
    for (std::size_t i = 0; i < fields.size(); ++i) {
      if (fields[i].as == use::visitor) visitor_ = i;
      if (fields[i].as == use::name) name_ = i;
      if (fields[i].as == use::ignored) continue;
      fields[i].is_number() ? read_[i].numbers.resize(most_rows) : read_[i].texts.resize(most_rows);
    }
  }

  /// The blocks to come are of this text, before which there were so many lines.
  void begin_text(std::string_view text, index lines_before) noexcept { cursor_.begin_text(text, lines_before); }

  /// Room for the events of so many rows, in so many bytes: a parameter takes at least two of them.
  void reserve(std::size_t rows, std::size_t bytes) {
    std::size_t numbers = 0, texts = 0;
    for (const auto& each : fields_) {
      numbers += each.as == use::number;
      texts += each.as == use::text;
    }
    found.events.reserve(rows, std::min(rows * numbers, bytes / 2), std::min(rows * texts, bytes / 2));
  }

  void read(const csv_block& block) {
    cursor_.go_to(block.begin);
    for (index done = 0; done < block.rows;) {
      if (quick_) {
        const auto room = static_cast<std::size_t>(std::min<index>(block.rows - done, most_rows));
        ends_.find(cursor_.at(), cursor_.end() - cursor_.at() - plain_number_bytes, options_.delimiter);
        const std::size_t rows = ends_.whole_rows(fields_.size(), room, options_.delimiter);
        if (rows > most_rows - rows_) append();
        for (std::size_t field = 0; field < fields_.size(); ++field) read_fields(field, rows);
        decide(rows, block.first_row + done);
        cursor_.go_to(ends_.begin_of(rows * fields_.size()));
        done += static_cast<index>(rows);
        if (done == block.rows) break;
      }
      if (rows_ == most_rows) append();
      read_row();
      decide(1, block.first_row + done++);
    }
    append();
  }

  table_log found{};

 private:
  using use = csv_log_field::use;
  static constexpr std::size_t most_rows = 1024;  // that wait to be appended
  static constexpr double missing = std::numeric_limits<double>::quiet_NaN();
  static constexpr double no_ticks = std::numeric_limits<double>::infinity();  // a time that was no number

  struct column {
    std::vector<std::string_view> texts{};
    std::vector<double> numbers{};
  };

  /// A field of each of the next rows, from the ends.
  void read_fields(std::size_t field, std::size_t rows) {
    if (fields_[field].as == use::ignored) return;
    const std::size_t width = fields_.size();
    const bool last = field + 1 == width;
    if (!fields_[field].is_number()) {
      std::string_view* const texts = read_[field].texts.data() + rows_;
      for (std::size_t k = 0; k < rows; ++k) {
        const std::string_view text = ends_.field(k * width + field, last);
        texts[k] = options_.missing.empty() || !is_missing(text) ? text : std::string_view();
      }
      return;
    }
    double* const numbers = read_[field].numbers.data() + rows_;
    const auto read_one = [&](std::size_t k) __attribute__((always_inline)) {
      const std::string_view text = ends_.field(k * width + field, last);
      if (text.empty()) {
        numbers[k] = missing;
      } else if (!read_plain_field(text.data(), text.data() + text.size(), numbers[k])) [[unlikely]] {
        read_number_of(field, text, rows_ + k);
      }
    };
    std::size_t k = 0;
    for (; simd::has_short_decimals && fields_[field].as != use::time && k + 8 <= rows; k += 8) {
      const unsigned read =
          simd::short_decimals_of_8(ends_.begin_of(0), ends_.places(k * width + field), width, numbers + k);
      for (unsigned left = ~read & 0xFF; left != 0; left &= left - 1) {
        read_one(k + static_cast<std::size_t>(std::countr_zero(left)));
      }
    }
    for (; k < rows; ++k) read_one(k);
    if (fields_[field].as == use::time) {
      for (k = 0; k < rows; ++k) time_of(numbers[k], rows_ + k);
    }
  }

  /// The row at the cursor, whatever it holds, behind those that wait.
  void read_row() {
    cursor_.begin_row();
    for (std::size_t field = 0;; ++field) {
      if (field < fields_.size() && fields_[field].as != use::ignored) {
        std::string_view value = cursor_.field();
        if (is_missing(value)) value = {};
        if (fields_[field].is_number()) {
          read_number_of(field, value, rows_);
          if (fields_[field].as == use::time) time_of(read_[field].numbers[rows_], rows_);
        } else {
          read_[field].texts[rows_] = cursor_.unescaped(value) ? copies_.emplace_back(value) : value;
        }
      } else {
        (void)cursor_.field();
      }
      const bool more = cursor_.another_field();
      if (!more && field + 1 != fields_.size()) cursor_.bad_row(fields_.size());
      if (!more) return;
    }
  }

  /// A number, none, or a reason why the row is a bad one.
  [[gnu::noinline]] void read_number_of(std::size_t field, std::string_view value, std::size_t row) {
    double& number = read_[field].numbers[row];
    number = missing;
    if (is_missing(value)) return;
    const csv_number outcome = read_number(value, number);
    if (outcome == csv_number::good) return;
    std::string reason;
    if (fields_[field].as == use::time && outcome == csv_number::none) {
      (void)moments_.of_seconds(moment_reader::seconds_of(value), value, times_[row], reason);
    } else {
      reason = footfall::text("column '", fields_[field].name, "': expected a number, got '", csv_excerpt(value), "'");
    }
    number = no_ticks;
    if (!reason.empty()) reasons_.try_emplace(row, std::move(reason));
  }

  void time_of(double ticks, std::size_t row) {
    timed_[row] = !std::isnan(ticks);
    if (std::isnan(ticks) || ticks == no_ticks) return;
    std::string reason;
    if (!moments_.of_ticks(ticks, times_[row], reason)) reasons_.try_emplace(row, std::move(reason));
  }

  /// Which of the rows behind those that wait are events: they wait too. Of two reasons the one of the earlier field counts.
  void decide(std::size_t rows, index first) {
    found.rows += static_cast<index>(rows);
    const std::size_t begin = rows_;
    const std::string_view* const visitors = read_[visitor_].texts.data();
    const std::string_view* const names = read_[name_].texts.data();
    for (std::size_t k = begin; k < begin + rows; ++k) {
      if (visitors[k].empty()) {
        ++found.without_visitor;
        continue;
      }
      const bool good = reasons_.empty() || !reasons_.contains(k);
      if (good && timed_[k] && !names[k].empty()) [[likely]] {
        if (rows_ != k) move(k, rows_);
        ++rows_;
        continue;
      }
      bad(first + static_cast<index>(k - begin), good ? reason_of(k) : reasons_.at(k));
    }
    reasons_.clear();
  }

  std::string reason_of(std::size_t k) {
    std::string reason;
    if (read_[name_].texts[k].empty()) return footfall::text("column '", columns_.name, "': the name is missing");
    (void)moments_.missing(reason);
    return reason;
  }

  void bad(index row, const std::string& reason) {
    require(!columns_.strict, error_code::bad_text, "csv_log", "row ", row, ", ", reason);
    ++found.bad;
    if (found.bad_rows.size() < columns_.reported_rows) found.bad_rows.push_back({row, reason});
  }

  void move(std::size_t from, std::size_t to) {
    times_[to] = times_[from];
    for (column& each : read_) {
      if (!each.texts.empty()) each.texts[to] = each.texts[from];
      if (!each.numbers.empty()) each.numbers[to] = each.numbers[from];
    }
  }

  /// The rows that wait, to the log.
  void append() {
    const auto some = [&](const auto& all) { return std::span(all.data(), rows_); };
    event_rows rows{.times = some(times_)};
    for (std::size_t i = 0; i < fields_.size(); ++i) {
      const auto& [texts, numbers] = read_[i];
      switch (fields_[i].as) {
        case use::visitor: rows.visitors = some(texts); break;
        case use::name: rows.names = some(texts); break;
        case use::session: rows.sessions = some(texts); break;
        case use::page: rows.pages = some(texts); break;
        case use::revenue: rows.revenues = some(numbers); break;
        case use::number: rows.numbers.push_back({fields_[i].name, some(numbers)}); break;
        case use::text: rows.texts.push_back({fields_[i].name, some(texts)}); break;
        case use::time:
        case use::ignored: break;
      }
    }
    append_rows(found.events, rows);
    rows_ = 0;
    copies_.clear();
  }

  bool is_missing(std::string_view value) const {
    return value.empty() ||
           std::find(options_.missing.begin(), options_.missing.end(), value) != options_.missing.end();
  }

  csv_cursor cursor_;
  const std::vector<csv_log_field>& fields_;
  const log_columns& columns_;
  const csv_options& options_;
  moment_reader moments_;
  bool quick_ = true;
  std::size_t visitor_ = 0, name_ = 0;  // fields
  csv_ends ends_;
  std::size_t rows_ = 0;             // that wait
  std::vector<std::int64_t> times_;  // of these, and of those that are being read
  std::vector<char> timed_;          // whether there is a time, be it a bad one
  std::vector<column> read_;         // of each field
  std::map<std::size_t, std::string> reasons_;
  std::deque<std::string> copies_;
};

}  // namespace detail

FOOTFALL_END_NAMESPACE
