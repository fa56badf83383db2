// SPDX-License-Identifier: MIT
// footfall's own side of the comparison: `ours OPERATION THREADS REPEATS` prints the line of JSON that the peers print.
// Loading and laying out the arrays, labels included, is outside the clock, as it is for the peers.

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <limits>
#include <map>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <footfall/events.hpp>
#include <footfall/footfall.hpp>
#include <footfall/store/model.hpp>

#include "npy.hpp"
#include "runner.hpp"

namespace ff = footfall;

namespace {

using figures = std::vector<std::pair<std::string, double>>;

struct job {
  peers::operation operation;
  int threads;
  int repeats;

  ff::run_options run() const { return {.threads = threads}; }
};

void emit(const job& task, const std::vector<double>& runs, const figures& quality, const figures& notes = {}) {
  double load = 0;
  getloadavg(&load, 1);
  const std::string version = std::to_string(FOOTFALL_VERSION_MAJOR) + "." + std::to_string(FOOTFALL_VERSION_MINOR) +
                              "." + std::to_string(FOOTFALL_VERSION_PATCH);
  peers::json_line()
      .add("operation", task.operation.name)
      .add("workload", task.operation.title)
      .add("peer", "footfall")
      .add("version", version)
      .add("build", ff::build_tag())
      .add("threads", task.threads)
      .add("runs", runs)
      .add("min", peers::minimum(runs))
      .add("median", peers::median(runs))
      .add("quality", quality)
      .add("notes", notes)
      .add("rss_mb", peers::peak_memory_mb())
      .add("load1", load)
      .print();
}

// ---------------------------------------------------------------------------------------------------- work loads

/// Rows [begin, end) of an array, column by column.
ff::matrix<float> as_matrix(const peers::npy_array<float>& array, std::size_t begin, std::size_t end) {
  using row_major = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  return Eigen::Map<const row_major>(array.values.data() + begin * array.columns, static_cast<ff::index>(end - begin),
                                     static_cast<ff::index>(array.columns));
}

ff::matrix<float> load_matrix(const std::string& name) {
  const auto array = peers::load_npy<float>(peers::data_path(name + "_X.npy"));
  return as_matrix(array, 0, array.rows);
}

/// W1 or W1L: the first three quarters are for training.
struct split {
  ff::matrix<float> x;
  ff::labels y;
  ff::matrix<float> x_test;
  ff::labels y_test;
  peers::npy_array<float> rows;  // as they came, for scoring one session at a time
  std::size_t train = 0;

  explicit split(const std::string& name) : rows(peers::load_npy<float>(peers::data_path(name + "_X.npy"))) {
    const auto labels = peers::load_npy<std::int32_t>(peers::data_path(name + "_y.npy")).values;
    train = rows.rows * 3 / 4;
    const auto middle = labels.begin() + static_cast<std::ptrdiff_t>(train);
    x = as_matrix(rows, 0, train);
    y = ff::labels(std::vector(labels.begin(), middle));
    x_test = as_matrix(rows, train, rows.rows);
    y_test = ff::labels(std::vector(middle, labels.end()));
  }
};

/// One sort serves both figures, as a user of the library would have it.
figures ranking_quality(const std::vector<double>& score, const ff::labels& y) {
  const auto ranking = ff::ranking(score, y);
  return {{"roc_auc", ff::roc_auc(ranking).value}, {"average_precision", ff::average_precision(ranking).value}};
}

// -------------------------------------------------------------------------------------------------------- forest

ff::random_forest forest_recipe(const peers::operation& operation) {
  return {.trees = operation.number("trees"),
          .features_per_split = operation.number("features_per_split"),
          .max_depth = operation.number("max_depth"),
          .min_leaf = operation.number("min_leaf"),
          .out_of_bag = false,
          .seed = 1};
}

void forest_train(const job& task) {
  const split data(task.operation.text("x"));
  ff::fitted_forest<float> forest;
  const auto runs =
      peers::timed(task.repeats, [&] { forest = forest_recipe(task.operation).fit(data.x, data.y, {}, task.run()); });
  emit(task, runs, ranking_quality(forest.score(data.x_test, task.run()), data.y_test),
       {{"nodes", static_cast<double>(forest.nodes())}});
}

void forest_score(const job& task) {
  const split data(task.operation.text("x"));
  const auto forest = forest_recipe(task.operation).fit(data.x, data.y, {}, task.run());
  const auto scored = load_matrix(task.operation.text("scored"));
  const auto runs = peers::timed(task.repeats, [&] { forest.score(scored, task.run()); });
  emit(task, runs, ranking_quality(forest.score(data.x_test, task.run()), data.y_test));
}

/// p50 and p99 of single calls, over sessions in no particular order, warm.
void forest_score_one(const job& task) {
  constexpr std::size_t warm_up = 200;
  constexpr std::size_t calls = 20'000;
  const split data(task.operation.text("x"));
  const auto forest = forest_recipe(task.operation).fit(data.x, data.y, {}, task.run());
  const std::size_t tests = data.rows.rows - data.train;

  std::vector<double> p50s;
  std::vector<double> p99s;
  std::vector<double> single(tests, std::numeric_limits<double>::quiet_NaN());
  for (int repeat = 0; repeat < task.repeats; ++repeat) {
    std::vector<double> seconds;
    for (std::size_t i = 0; i < warm_up + calls; ++i) {
      const std::size_t at = i * 7919 % tests;
      const auto session = data.rows.row(data.train + at);
      const double start = peers::now();
      single[at] = forest.score_one(session);
      const double stop = peers::now();
      if (i >= warm_up) seconds.push_back(stop - start);
    }
    p50s.push_back(peers::percentile(seconds, .5));
    p99s.push_back(peers::percentile(seconds, .99));
  }
  for (std::size_t i = 0; i < tests; ++i) {
    if (std::isnan(single[i])) single[i] = forest.score_one(data.rows.row(data.train + i));
  }
  emit(task, p50s, ranking_quality(single, data.y_test), {{"p99_s", peers::minimum(p99s)}});
}

/// A file beside the work loads: for `forest_save` the time to write it, for `forest_load` to read it.
void forest_file(const job& task) {
  const split data(task.operation.text("x"));
  const auto forest = forest_recipe(task.operation).fit(data.x, data.y, {}, task.run());
  const std::string path = peers::data_path("ours_forest.ffm");
  ff::save(path, forest);
  ff::fitted_forest<float> loaded;
  const bool save = task.operation.name == "forest_save";
  const auto runs = peers::timed(task.repeats, [&] {
    if (save) {
      ff::save(path, forest);
    } else {
      loaded = ff::load<ff::fitted_forest<float>>(path);
    }
  });
  loaded = ff::load<ff::fitted_forest<float>>(path);
  const auto size = std::filesystem::file_size(path);
  const auto read = peers::timed(task.repeats, [&] {  // the file alone, as the standard library reads it
    std::vector<char> bytes(size);
    std::ifstream(path, std::ios::binary).read(bytes.data(), static_cast<std::streamsize>(size));
  });
  const auto bytes = static_cast<double>(size);
  emit(task, runs, ranking_quality(loaded.score(data.x_test, task.run()), data.y_test),
       {{"bytes", bytes},
        {"bytes_a_node", bytes / static_cast<double>(loaded.nodes())},
        {"read_s", peers::minimum(read)}});
  std::filesystem::remove(path);
}

/// SHAP values of the first test sessions; making the explainer, which knows the training sessions, is outside the clock.
void forest_explain(const job& task) {
  const split data(task.operation.text("x"));
  const auto forest = forest_recipe(task.operation).fit(data.x, data.y, {}, task.run());
  const auto explainer = ff::explainer_for(forest, data.x, {}, task.run());
  const ff::matrix<float> some = data.x_test.topRows(task.operation.number("sessions"));
  ff::explanations reasons;
  const auto runs = peers::timed(task.repeats, [&] { reasons = explainer.explain(some, task.run()); });
  const auto scores = forest.score(some, task.run());
  double error = 0;
  for (ff::index row = 0; row < some.rows(); ++row) {
    const double sum = reasons.base + reasons.values.row(row).sum();
    error = std::max(error, std::abs(sum - scores[static_cast<std::size_t>(row)]));
  }
  emit(task, runs, {{"additivity_error", error}});
}

// ------------------------------------------------------------------------------------------------------ clusters

/// Summed in double over the assignment, whatever the library says of itself.
double exact_inertia(const ff::matrix<float>& x, const ff::fitted_kmeans<float>& fitted) {
  const auto ids = fitted.assign(x);
  double sum = 0;
  for (ff::index row = 0; row < x.rows(); ++row) {
    const auto center = fitted.centers().row(ids[static_cast<std::size_t>(row)]);
    sum += (x.row(row).cast<double>() - center).squaredNorm();
  }
  return sum;
}

/// One pass: what the passes after the first one add, from the same given centres on both sides.
void kmeans_pass(const job& task) {
  const auto x = load_matrix(task.operation.text("x"));
  const int clusters = task.operation.number("clusters");
  const int limit = task.operation.number("passes");
  const ff::matrix<float> centers = x.topRows(clusters);
  const auto fit = [&](int passes) {
    return ff::kmeans{.clusters = clusters, .restarts = 1, .max_passes = passes, .tolerance = 0, .seed = 1}.fit_from(
        centers, x, {}, task.run());
  };

  // A fit that ends before its limit may leave out its last assignment: stay below, as the peers do.
  int passes = fit(limit).passes();
  if (passes < limit) --passes;
  ff::fitted_kmeans<float> fitted;
  const auto one = peers::timed(task.repeats, [&] { fit(1); });
  const auto all = peers::timed(task.repeats, [&] { fitted = fit(passes); });
  std::vector<double> runs;
  for (const double seconds : all) runs.push_back((seconds - peers::minimum(one)) / (passes - 1));
  emit(task, runs, {{"inertia", exact_inertia(x, fitted)}},
       {{"fit_s", peers::minimum(all)}, {"passes", static_cast<double>(passes)}});
}

void kmeans_restarts(const job& task) {
  const auto x = load_matrix(task.operation.text("x"));
  ff::kmeans recipe{.clusters = task.operation.number("clusters"),
                    .restarts = task.operation.number("restarts"),
                    .max_passes = 300,
                    .tolerance = 1e-4,
                    .seed = 0};
  ff::fitted_kmeans<float> fitted;
  const auto runs = peers::timed(task.repeats, [&] {
    ++recipe.seed;
    fitted = recipe.fit(x, {}, task.run());
  });
  emit(task, runs, {{"inertia", exact_inertia(x, fitted)}}, {{"passes", static_cast<double>(fitted.passes())}});
}

void silhouette(const job& task) {
  const std::string name = task.operation.text("x");
  const auto x = load_matrix(name);
  const ff::segment_ids ids = peers::load_npy<std::int32_t>(peers::data_path(name + "_ids.npy")).values;
  double mean = 0;
  const auto runs = peers::timed(task.repeats, [&] { mean = ff::silhouette(x, ids, task.run()).mean; });
  emit(task, runs, {{"silhouette", mean}});
}

// ------------------------------------------------------------------------------------------------------ the rest

void scaler(const job& task) {
  const auto x = load_matrix(task.operation.text("x"));
  ff::features<float> scaled;
  const auto runs = peers::timed(
      task.repeats, [&] { scaled = ff::standard_scaler{}.fit(x, {}, task.run()).transform(x, task.run()); });

  double mean_error = 0;
  double deviation_error = 0;
  for (ff::index column = 0; column < scaled.cols(); ++column) {
    const Eigen::ArrayXd values = scaled.values().col(column).cast<double>();
    const double mean = values.mean();
    mean_error = std::max(mean_error, std::abs(mean));
    deviation_error = std::max(deviation_error, std::abs(std::sqrt((values - mean).square().mean()) - 1));
  }
  emit(task, runs, {{"mean_error", mean_error}, {"deviation_error", deviation_error}});
}

void pca(const job& task) {
  const auto x = load_matrix(task.operation.text("x"));
  const ff::pca recipe{.components = task.operation.number("components")};
  ff::features<float> projected;
  const auto runs =
      peers::timed(task.repeats, [&] { projected = recipe.fit(x, {}, task.run()).transform(x, task.run()); });
  figures variances;
  for (ff::index column = 0; column < projected.cols(); ++column) {
    const Eigen::ArrayXd values = projected.values().col(column).cast<double>();
    variances.emplace_back("variance_" + std::to_string(column + 1), (values - values.mean()).square().mean());
  }
  emit(task, runs, variances);
}

/// Both areas, and on our side alone Kolmogorov-Smirnov and the lift table, all from one sort.
void roc_auc_ap(const job& task) {
  const auto score = peers::load_npy<double>(peers::data_path(task.operation.text("scores") + ".npy")).values;
  const ff::labels y(peers::load_npy<std::int32_t>(peers::data_path(task.operation.text("labels") + ".npy")).values);
  figures quality;
  double more = 0;
  const auto runs = peers::timed(task.repeats, [&] {
    const auto ranking = ff::ranking(score, y, task.run());
    quality = {{"roc_auc", ff::roc_auc(ranking).value}, {"average_precision", ff::average_precision(ranking).value}};
    more = ff::ks_statistic(ranking).value + ff::decile_table(ranking).front().lift;
  });
  if (std::isnan(more)) throw std::runtime_error("the figures are missing");
  emit(task, runs, quality);
}

void read_csv(const job& task) {
  const std::string path = peers::data_path(task.operation.text("csv") + ".csv");
  ff::table table = ff::read_csv(path, {}, task.run());
  const auto runs = peers::timed(task.repeats, [&] { table = ff::read_csv(path, {}, task.run()); });
  double clicks = 0;
  for (const double value : table["clicks"].numbers()) clicks += value;
  emit(task, runs,
       {{"rows", static_cast<double>(table.rows())},
        {"columns", static_cast<double>(table.cols())},
        {"clicks", clicks}});
}

/// From a shop's log to a table of its sessions, as examples/events.cpp has it.
void events(const job& task) {
  const std::string path = peers::data_path(task.operation.text("csv") + ".csv");
  const ff::session_features features({{"page_views", ff::fold::count("page_view")},
                                       {"product_views", ff::fold::count("view_item")},
                                       {"searches", ff::fold::count("search")},
                                       {"purchases", ff::fold::count("purchase")},
                                       {"revenue", ff::fold::sum("purchase", "value")},
                                       {"add_to_cart", ff::fold::any("add_to_cart")},
                                       {"dearest_view", ff::fold::largest("view_item", "value")},
                                       {"duration", ff::fold::duration()},
                                       {"device", ff::fold::first_text({}, "device")},
                                       {"hour", ff::fold::hour()}});
  ff::table table;
  const auto runs = peers::timed(task.repeats, [&] {
    const auto read =
        ff::read_csv_log(path, {.page = "page", .numbers = {"value"}, .texts = {"device"}}, {}, task.run());
    const auto sessions = ff::sessionize(read.events, ff::session_rules::ga4(), task.run());
    table = ff::features_of(read.events, sessions, features, ff::as_of::end(), task.run()).features;
  });
  figures quality{{"sessions", static_cast<double>(table.rows())}};
  for (const auto& [figure, name] :
       {std::pair{"page_views", "page_views"}, {"revenue", "revenue"}, {"duration", "duration"}, {"hours", "hour"}}) {
    double sum = 0;
    for (const double value : table[name].numbers()) sum += value;
    quality.emplace_back(figure, sum);
  }
  emit(task, runs, quality);
}

void groupby(const job& task) {
  const auto codes = [](const char* name) { return peers::load_npy<std::int32_t>(peers::data_path(name)).values; };
  const auto channel = codes("attr_ch.npy");
  const auto segment = codes("attr_sg.npy");
  const ff::labels converted(codes("attr_cv.npy"));
  const auto revenue = peers::load_npy<double>(peers::data_path("attr_rv.npy")).values;
  ff::channel_totals totals(6, 4);
  const auto runs = peers::timed(task.repeats, [&] {
    totals = ff::channel_totals(6, 4);
    totals.add(channel, segment, converted, revenue);
  });
  emit(task, runs,
       {{"groups", static_cast<double>((totals.counts().array() > 0).count())}, {"revenue", totals.of_all().revenue}});
}

const std::map<std::string, std::function<void(const job&)>> handlers{
    {"forest_train_full", forest_train},
    {"forest_train_d12", forest_train},
    {"forest_train_1m", forest_train},
    {"forest_score_25k", forest_score},
    {"forest_score_1m", forest_score},
    {"forest_score_one", forest_score_one},
    {"forest_explain", forest_explain},
    {"forest_save", forest_file},
    {"forest_load", forest_file},
    {"kmeans_w2", kmeans_pass},
    {"kmeans_w1k", kmeans_pass},
    {"kmeans_w2h", kmeans_pass},
    {"kmeans_w2_restarts", kmeans_restarts},
    {"kmeans_w1k_restarts", kmeans_restarts},
    {"kmeans_w2h_restarts", kmeans_restarts},
    {"silhouette_25k", silhouette},
    {"scaler_w2h", scaler},
    {"pca_w2h", pca},
    {"roc_auc_ap_1m", roc_auc_ap},
    {"roc_auc_ap_1m_ties", roc_auc_ap},
    {"roc_auc_ap_10m", roc_auc_ap},
    {"roc_auc_ap_10m_ties", roc_auc_ap},
    {"csv_500k", read_csv},
    {"groupby_500k", groupby},
    {"events_2m", events},
};

}  // namespace

int main(int argc, char** argv) {
  try {
    if (argc != 4) throw std::runtime_error("usage: ours OPERATION THREADS REPEATS");
    const auto handler = handlers.find(argv[1]);
    if (handler == handlers.end()) {
      std::string known;
      for (const auto& [name, function] : handlers) known += (known.empty() ? "" : ", ") + name;
      throw std::runtime_error("unknown operation " + std::string(argv[1]) + "; known here are " + known);
    }
    handler->second({peers::read_operation(argv[1]), std::stoi(argv[2]), std::stoi(argv[3])});
  } catch (const std::exception& problem) {
    std::cerr << problem.what() << '\n';
    return 1;
  }
}
