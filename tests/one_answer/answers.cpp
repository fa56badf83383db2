// SPDX-License-Identifier: MIT
// Prints a digest of what each part of the library gives, for data that integers make: lines `everywhere NAME DIGEST` must be
// the same from every compiler and instruction set, lines `build NAME DIGEST` from one build. Fails where the number of threads
// or the size of a batch changes a digest. scripts/one_answer.sh builds it in many ways and compares.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <iostream>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include <footfall/attribution/markov.hpp>
#include <footfall/attribution/rules.hpp>
#include <footfall/attribution/shapley.hpp>
#include <footfall/cluster/kmeans.hpp>
#include <footfall/cluster/silhouette.hpp>
#include <footfall/core/digest.hpp>
#include <footfall/core/random.hpp>
#include <footfall/data/csv.hpp>
#include <footfall/evaluate/deciles.hpp>
#include <footfall/evaluate/ranking.hpp>
#include <footfall/events/session_table.hpp>
#include <footfall/events/sessionize.hpp>
#include <footfall/events/studied_features.hpp>
#include <footfall/features/pca.hpp>
#include <footfall/features/standard_scaler.hpp>
#include <footfall/forest/random_forest.hpp>

namespace ff = footfall;

namespace {

constexpr int thread_counts[] = {1, 2, 3, 7};
constexpr ff::index batches[] = {1, 7, 64, 1000, 4000};
bool failed = false;

/// `f(threads)` for each number of threads must give one digest, which is printed.
template <class F>
void answer(const char* where, const std::string& name, F&& f) {
  const std::string first = ff::digest_of(f(ff::run_options{.threads = thread_counts[0]})).hex();
  for (const int threads : thread_counts) {
    if (ff::digest_of(f(ff::run_options{.threads = threads})).hex() != first) {
      std::cout << name << " changes with " << threads << " threads\n";
      failed = true;
    }
  }
  std::cout << where << ' ' << name << ' ' << first << '\n';
}

/// What `f(rows begin, rows end)` gives for all rows, in batches of each size, must be `whole`.
template <class Values, class F>
void in_batches(const std::string& name, const Values& whole, ff::index rows, F&& f) {
  for (const ff::index size : batches) {
    Values joined;
    for (ff::index begin = 0; begin < rows; begin += size) {
      const Values part = f(begin, std::min(rows, begin + size));
      joined.insert(joined.end(), part.begin(), part.end());
    }
    if (joined != whole) {
      std::cout << name << " changes in batches of " << size << '\n';
      failed = true;
    }
  }
}

struct world {
  std::string text;     // of a table
  ff::matrix<float> x;  // with ties and missing values
  ff::matrix<double> complete;
  ff::labels bought;
  ff::journeys paths;
  ff::event_log log;
};

world made() {
  constexpr ff::index rows = 4000;
  constexpr ff::index columns = 9;
  ff::random_stream stream(20'26);
  ff::matrix<float> x(rows, columns);
  ff::matrix<double> complete(rows, columns);
  std::vector<std::uint8_t> bought;
  for (ff::index row = 0; row < rows; ++row) {
    const auto kind = stream.below(4);
    std::uint64_t sum = 0;
    for (ff::index column = 0; column < columns; ++column) {
      const auto value = stream.below(column % 2 == 0 ? 12 : 4000) + kind * (column % 3 == 0 ? 40 : 3);
      sum += column < 4 ? value % 64 : 0;
      complete(row, column) = static_cast<double>(value) / 8;
      x(row, column) = stream.below(20) == 0 ? std::numeric_limits<float>::quiet_NaN() : static_cast<float>(value) / 8;
    }
    bought.push_back(sum + stream.below(120) > 170);
  }

  std::string text = "pages,seconds,device\n";
  for (ff::index row = 0; row < rows; ++row) {
    text +=
        std::to_string(stream.below(50)) + ',';  // one draw a statement: compilers differ in what they evaluate first
    text += std::to_string(stream.below(5000)) + ".125";
    text += stream.below(3) == 0 ? ",phone\n" : ",\"a tablet, or so\"\n";
  }

  std::vector<ff::path> paths;
  const std::vector<std::string> channels{"Ads", "Email", "Google", "Social", "Direct"};
  for (int i = 0; i < 300; ++i) {
    ff::path path;
    for (std::uint64_t touch = 0, touches = 1 + stream.below(6); touch < touches; ++touch) {
      path.touches.push_back(channels[stream.below(5)]);
    }
    path.conversions = static_cast<std::int64_t>(1 + stream.below(5));
    path.others = static_cast<std::int64_t>(stream.below(90));
    path.revenue = static_cast<double>(path.conversions * 25);
    paths.push_back(path);
  }

  ff::event_log log;
  for (int i = 0; i < 20'000; ++i) {
    ff::event event;
    event.visitor = "visitor " + std::to_string(stream.below(700));
    event.time = static_cast<std::int64_t>(stream.below(40'000) * 10'000'000);
    event.name = stream.below(30) == 0 ? "purchase" : stream.below(4) == 0 ? "view_item" : "page_view";
    log.append(event);
  }
  return {
      std::move(text), std::move(x), std::move(complete), ff::labels(std::move(bought)), ff::journeys::of_paths(paths),
      std::move(log)};
}

void integers(const world& w) {
  answer("everywhere", "table of a text", [&](const auto& run) { return ff::parse_csv(w.text, {}, run); });

  const ff::random_forest recipe{.trees = 40, .min_leaf = 3, .seed = 5};
  const auto forest = recipe.fit(w.x, w.bought);
  const auto scores = forest.score(w.x);
  answer("everywhere", "bins", [&](const auto& run) { return recipe.fit(w.x, w.bought, {}, run).bins(); });
  answer("everywhere", "forest", [&](const auto& run) { return recipe.fit(w.x, w.bought, {}, run); });
  answer("everywhere", "scores", [&](const auto& run) { return forest.score(w.x, run); });
  in_batches("scores", scores, w.x.rows(), [&](ff::index begin, ff::index end) {
    return forest.score(ff::matrix<float>(w.x.middleRows(begin, end - begin)));
  });
  answer("everywhere", "out-of-bag scores", [&](const auto&) { return forest.out_of_bag(); });

  // The first two columns as categories of 64 levels; what is missing stays so.
  auto with_levels = w.x;
  auto columns = ff::columns_of(w.x);
  for (std::size_t column = 0; column < 2; ++column) {
    columns[column].levels.emplace();
    for (int level = 0; level < 64; ++level) columns[column].levels->push_back(std::to_string(level));
    for (float& value : with_levels.col(static_cast<ff::index>(column))) value = std::fmod(8 * value, 64.0F);
  }
  const ff::features<float> categories(with_levels, columns);
  const auto native = recipe.fit(categories, w.bought);
  answer("everywhere", "forest of categories",
         [&](const auto& run) { return recipe.fit(categories, w.bought, {}, run); });
  answer("everywhere", "its scores", [&](const auto& run) { return native.score(categories, run); });
  answer("everywhere", "AUC", [&](const auto& run) { return ff::roc_auc(scores, w.bought, run).value; });
  answer("everywhere", "deciles", [&](const auto& run) {
    std::vector<double> counts;
    for (const auto& part : ff::decile_table(scores, w.bought, {}, run)) counts.push_back(part.positives);
    return counts;
  });

  const auto sessions = ff::sessionize(w.log);
  const auto declared = ff::studied_features();
  answer("everywhere", "sessions",
         [&](const auto& run) { return ff::sessionize(w.log, ff::session_rules::ga4(), run); });
  answer("everywhere", "features of sessions",
         [&](const auto& run) { return ff::features_of(w.log, sessions, declared, ff::as_of::end(), run).features; });

  const auto credit = [&](const std::string& name, const auto& rule) {
    answer("everywhere", name, [&](const auto&) { return rule.credit_of(w.paths).conversions; });
  };
  credit("credit to the first touch", ff::first_touch{});
  credit("credit to the last touch", ff::last_touch{});
  credit("credit to the last touch that is not direct", ff::last_non_direct{});
  credit("credit to all touches", ff::linear_touch{});
  credit("credit by position", ff::position_based{});
  answer("everywhere", "credit by Shapley values",
         [&](const auto& run) { return ff::rate_shapley{}.contributions(w.paths, {}, run).conversion; });
}

void floats(const world& w) {
  const auto scaler = ff::standard_scaler{}.fit(w.complete);
  const auto z = scaler.transform(w.complete);
  const auto rows_of = [&](const ff::matrix<double>& of, ff::index begin, ff::index end) {
    return ff::matrix<double>(of.middleRows(begin, end - begin));
  };
  const auto flat = [](const ff::matrix<double>& values) {  // row after row
    std::vector<double> result;
    for (ff::index row = 0; row < values.rows(); ++row) {
      for (ff::index column = 0; column < values.cols(); ++column) result.push_back(values(row, column));
    }
    return result;
  };
  answer("build", "scaler", [&](const auto& run) { return ff::standard_scaler{}.fit(w.complete, {}, run); });
  answer("build", "scaled", [&](const auto&) { return scaler.transform(w.complete); });
  in_batches("scaled", flat(z.values()), z.rows(), [&](ff::index begin, ff::index end) {
    return flat(ff::matrix<double>(scaler.transform(rows_of(w.complete, begin, end)).values()));
  });
  const ff::kmeans recipe{.clusters = 4, .restarts = 4, .seed = 5};
  const auto segments = recipe.fit(z);
  const auto ids = segments.assign(z);
  answer("build", "k-means", [&](const auto& run) { return recipe.fit(z, {}, run); });
  answer("build", "segments", [&](const auto& run) { return segments.assign(z, run); });
  in_batches("segments", ids, z.rows(),
             [&](ff::index begin, ff::index end) { return segments.assign(rows_of(z.values(), begin, end)); });
  answer("build", "silhouette", [&](const auto& run) { return ff::silhouette(z, ids, run).per_session; });
  const auto axes = ff::pca{.components = 3}.fit(z);
  answer("build", "principal components", [&](const auto& run) { return ff::pca{.components = 3}.fit(z, {}, run); });
  in_batches("principal components", flat(axes.transform(z).values()), z.rows(), [&](ff::index begin, ff::index end) {
    return flat(ff::matrix<double>(axes.transform(rows_of(z.values(), begin, end)).values()));
  });
  answer("build", "Markov chain", [&](const auto&) { return ff::markov{}.fit(w.paths); });
  answer("build", "credit by removal", [&](const auto&) { return ff::markov{}.credit_of(w.paths).conversions; });
}

}  // namespace

int main() {
  const world w = made();
  integers(w);
  floats(w);
  return failed ? 1 : 0;
}
