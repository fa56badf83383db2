// SPDX-License-Identifier: MIT
// Table of contents: all that begins with a table of sessions. What begins with events is listed in <footfall/events.hpp>;
// what writes files and pages (store/, report/) is included by its own headers.
#pragma once

// What every floor uses.
#include <footfall/core/concepts.hpp>
#include <footfall/core/digest.hpp>
#include <footfall/core/error.hpp>
#include <footfall/core/features.hpp>
#include <footfall/core/huge_pages.hpp>
#include <footfall/core/labels.hpp>
#include <footfall/core/parallel.hpp>
#include <footfall/core/parts.hpp>
#include <footfall/core/progress.hpp>
#include <footfall/core/random.hpp>
#include <footfall/core/stage.hpp>
#include <footfall/core/text_hash.hpp>
#include <footfall/core/types.hpp>
#include <footfall/core/version.hpp>

// Rates and means, intervals, tests, power.
#include <footfall/statistics/cramers_v.hpp>
#include <footfall/statistics/distributions.hpp>
#include <footfall/statistics/effect_size.hpp>
#include <footfall/statistics/exact_sum.hpp>
#include <footfall/statistics/holm.hpp>
#include <footfall/statistics/incomplete.hpp>
#include <footfall/statistics/interval.hpp>
#include <footfall/statistics/kruskal_wallis.hpp>
#include <footfall/statistics/long_sum.hpp>
#include <footfall/statistics/mean.hpp>
#include <footfall/statistics/mean_tests.hpp>
#include <footfall/statistics/power.hpp>
#include <footfall/statistics/quadrature.hpp>
#include <footfall/statistics/quantile.hpp>
#include <footfall/statistics/rate.hpp>
#include <footfall/statistics/rate_comparison.hpp>
#include <footfall/statistics/rate_range.hpp>
#include <footfall/statistics/resample.hpp>
#include <footfall/statistics/tests.hpp>

// Tables of sessions: reading, labelling, splitting.
#include <footfall/data/cleaning.hpp>
#include <footfall/data/column.hpp>
#include <footfall/data/condition.hpp>
#include <footfall/data/csv.hpp>
#include <footfall/data/csv_blocks.hpp>
#include <footfall/data/csv_cursor.hpp>
#include <footfall/data/csv_ends.hpp>
#include <footfall/data/csv_levels.hpp>
#include <footfall/data/csv_number.hpp>
#include <footfall/data/csv_rows.hpp>
#include <footfall/data/csv_windows.hpp>
#include <footfall/data/duplicates.hpp>
#include <footfall/data/file_text.hpp>
#include <footfall/data/funnel_faults.hpp>
#include <footfall/data/grouped_split.hpp>
#include <footfall/data/label.hpp>
#include <footfall/data/leakage.hpp>
#include <footfall/data/quality.hpp>
#include <footfall/data/random_split.hpp>
#include <footfall/data/split.hpp>
#include <footfall/data/table.hpp>
#include <footfall/data/time_split.hpp>
#include <footfall/data/timestamp.hpp>
#include <footfall/data/write_csv.hpp>

// From columns to features.
#include <footfall/features/bin_numbers.hpp>
#include <footfall/features/categorical.hpp>
#include <footfall/features/categories.hpp>
#include <footfall/features/clip.hpp>
#include <footfall/features/columns.hpp>
#include <footfall/features/cycle.hpp>
#include <footfall/features/difference.hpp>
#include <footfall/features/formula.hpp>
#include <footfall/features/function_of.hpp>
#include <footfall/features/interaction.hpp>
#include <footfall/features/known_by.hpp>
#include <footfall/features/learned_quantiles.hpp>
#include <footfall/features/log1p.hpp>
#include <footfall/features/min_max_scaler.hpp>
#include <footfall/features/named.hpp>
#include <footfall/features/numeric.hpp>
#include <footfall/features/one_hot.hpp>
#include <footfall/features/ordinal.hpp>
#include <footfall/features/pca.hpp>
#include <footfall/features/principal_axes.hpp>
#include <footfall/features/ratio.hpp>
#include <footfall/features/rescaler.hpp>
#include <footfall/features/robust_scaler.hpp>
#include <footfall/features/scaler_moments.hpp>
#include <footfall/features/select.hpp>
#include <footfall/features/share.hpp>
#include <footfall/features/standard_scaler.hpp>
#include <footfall/features/target_rate.hpp>
#include <footfall/features/weekday.hpp>
#include <footfall/features/weekend.hpp>

// Who will buy.
#include <footfall/forest/binning.hpp>
#include <footfall/forest/class_weights.hpp>
#include <footfall/forest/code_groups.hpp>
#include <footfall/forest/explain.hpp>
#include <footfall/forest/explanation.hpp>
#include <footfall/forest/fitted_bins.hpp>
#include <footfall/forest/fitted_forest.hpp>
#include <footfall/forest/forest_words.hpp>
#include <footfall/forest/importance.hpp>
#include <footfall/forest/left_out.hpp>
#include <footfall/forest/level_columns.hpp>
#include <footfall/forest/partial_dependence.hpp>
#include <footfall/forest/permutation_importance.hpp>
#include <footfall/forest/permuted_walks.hpp>
#include <footfall/forest/plain_tree.hpp>
#include <footfall/forest/random_forest.hpp>
#include <footfall/forest/shapley_walk.hpp>
#include <footfall/forest/tree.hpp>

// Who is alike.
#include <footfall/cluster/calinski_harabasz.hpp>
#include <footfall/cluster/center_silhouette.hpp>
#include <footfall/cluster/center_sums.hpp>
#include <footfall/cluster/choose_k.hpp>
#include <footfall/cluster/chosen_k.hpp>
#include <footfall/cluster/davies_bouldin.hpp>
#include <footfall/cluster/gap_statistic.hpp>
#include <footfall/cluster/k_verdict.hpp>
#include <footfall/cluster/kmeans.hpp>
#include <footfall/cluster/kmeans_stream.hpp>
#include <footfall/cluster/known_segments.hpp>
#include <footfall/cluster/matching.hpp>
#include <footfall/cluster/mini_batch_kmeans.hpp>
#include <footfall/cluster/nearest_segments.hpp>
#include <footfall/cluster/pair_sums.hpp>
#include <footfall/cluster/silhouette.hpp>
#include <footfall/cluster/silhouette_estimate.hpp>
#include <footfall/cluster/stability.hpp>

// What a model is worth.
#include <footfall/evaluate/beta_calibration.hpp>
#include <footfall/evaluate/business_case.hpp>
#include <footfall/evaluate/calibration_map.hpp>
#include <footfall/evaluate/claim.hpp>
#include <footfall/evaluate/compare.hpp>
#include <footfall/evaluate/confusion.hpp>
#include <footfall/evaluate/curves.hpp>
#include <footfall/evaluate/deciles.hpp>
#include <footfall/evaluate/delong.hpp>
#include <footfall/evaluate/descending.hpp>
#include <footfall/evaluate/evaluation_audit.hpp>
#include <footfall/evaluate/figure.hpp>
#include <footfall/evaluate/isotonic.hpp>
#include <footfall/evaluate/lift.hpp>
#include <footfall/evaluate/logistic_curve.hpp>
#include <footfall/evaluate/measures.hpp>
#include <footfall/evaluate/platt.hpp>
#include <footfall/evaluate/probability_scores.hpp>
#include <footfall/evaluate/published_business_case.hpp>
#include <footfall/evaluate/published_evaluation.hpp>
#include <footfall/evaluate/published_segments.hpp>
#include <footfall/evaluate/ranking.hpp>
#include <footfall/evaluate/ranking_intervals.hpp>
#include <footfall/evaluate/ranking_limits.hpp>
#include <footfall/evaluate/reliability.hpp>
#include <footfall/evaluate/uplift.hpp>

// What the segments are.
#include <footfall/segments/column_profile.hpp>
#include <footfall/segments/persona.hpp>
#include <footfall/segments/persona_rule.hpp>
#include <footfall/segments/profile.hpp>

// Where buyers came from.
#include <footfall/attribution/chain_inverse.hpp>
#include <footfall/attribution/channel_tests.hpp>
#include <footfall/attribution/channel_totals.hpp>
#include <footfall/attribution/channels.hpp>
#include <footfall/attribution/collect.hpp>
#include <footfall/attribution/composition.hpp>
#include <footfall/attribution/credit.hpp>
#include <footfall/attribution/credit_comparison.hpp>
#include <footfall/attribution/credit_interval.hpp>
#include <footfall/attribution/journey.hpp>
#include <footfall/attribution/markov.hpp>
#include <footfall/attribution/markov_chain.hpp>
#include <footfall/attribution/path_transforms.hpp>
#include <footfall/attribution/rules.hpp>
#include <footfall/attribution/shapley.hpp>

// What may be recommended.
#include <footfall/advice/catalogues.hpp>
#include <footfall/advice/evidence.hpp>
#include <footfall/advice/recommendation.hpp>

// A first look at a table and its outcome.
#include <footfall/explore/column_auc.hpp>
#include <footfall/explore/correlation.hpp>
#include <footfall/explore/label_rates.hpp>
#include <footfall/explore/telling_columns.hpp>

// Steps one after another.
#include <footfall/pipeline/chain.hpp>
#include <footfall/pipeline/cross_validate.hpp>

// Made-up shops for examples, tests and benches.
#include <footfall/synthetic/channel_mix.hpp>
#include <footfall/synthetic/fashion_store.hpp>
