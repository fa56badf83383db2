// SPDX-License-Identifier: MIT
// The sections of `limits` that are written for AVX-512: what the vector units, the caches and the memory give, and
// plain vector kernels of our operations. Empty in builds for other processors.

#include "limits.hpp"

#ifdef FOOTFALL_LIMITS_AVX512

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include <immintrin.h>

#include "npy.hpp"

namespace peers {
namespace {

constexpr std::size_t lanes = 16;

double as_gb_per_s(double bytes, double seconds) { return bytes / seconds / 1e9; }

// Arrays of vectors stay in registers only where no loop and no address is taken of them: hence these two.
template <int Count>
[[gnu::always_inline]] inline void clear(__m512 (&values)[Count]) {
  unrolled<Count>([&](auto k) { values[k] = _mm512_setzero_ps(); });
}
template <int Count>
[[gnu::always_inline]] inline __m512 total(const __m512 (&values)[Count]) {
  __m512 sum = values[0];
  unrolled<Count - 1>([&](auto k) { sum = _mm512_add_ps(sum, values[k + 1]); });
  return sum;
}

}  // namespace

// ------------------------------------------------------------------------------------------------- vector units

namespace {

double fma_gflops() {
  constexpr int chains = 12;
  constexpr int loops = 40'000'000;
  __m512 sums[chains];
  clear(sums);
  __m512 a = _mm512_set1_ps(0.5F);
  __m512 b = _mm512_set1_ps(0.25F);
  asm volatile("" : "+v"(a), "+v"(b));
  const double start = now();
  for (int i = 0; i < loops; ++i) {
    unrolled<chains>([&](auto k) {
      __m512 sum = _mm512_fmadd_ps(a, b, sums[k]);
      asm volatile("" : "+v"(sum));
      sums[k] = sum;
    });
  }
  return 2.0 * lanes * chains * loops / (now() - start) / 1e9;
}

template <class Op>
void report_unary(const std::string& what, const Op& op) {
  constexpr int chains = 8;
  constexpr int loops = 10'000'000;
  const double seconds = best_of(3, [&] {
    __m512 values[chains];
    for (int i = 0; i < chains; ++i) values[i] = _mm512_set1_ps(1.5F + static_cast<float>(i));
    for (int i = 0; i < loops; ++i) {
      unrolled<chains>([&](auto k) {
        __m512 value = op(values[k]);
        asm volatile("" : "+v"(value));
        values[k] = value;
      });
    }
  });
  report(what, "8 chains", 1, seconds * clock_ghz() * 1e9 / (static_cast<double>(loops) * chains),
         "cycles per 16 lanes");
}

/// The square root to about 23 bits: an estimate and one step of Newton's.
__m512 newton_root(__m512 x) {
  const __m512 half = _mm512_set1_ps(0.5F);
  const __m512 estimate = _mm512_rsqrt14_ps(x);
  const __m512 root = _mm512_mul_ps(x, estimate);
  const __m512 error = _mm512_fnmadd_ps(root, _mm512_mul_ps(half, estimate), half);
  return _mm512_fmadd_ps(root, error, root);
}

}  // namespace

void limit_fma() {
  for (const int threads : {1, 2}) {
    double best = 0;
    for (int i = 0; i < 3; ++i) {
      std::vector<double> rates(static_cast<std::size_t>(threads));
      in_parallel(threads, [&](int part) { rates[static_cast<std::size_t>(part)] = fma_gflops(); });
      double sum = 0;
      for (const double rate : rates) sum += rate;
      best = std::max(best, sum);
    }
    report("AVX-512 float FMA", "12 independent sums", threads, best, "GFLOP/s");
  }
}

void limit_roots() {
  report_unary("vsqrtps", [](__m512 x) { return _mm512_sqrt_ps(x); });
  report_unary("vrsqrt14ps", [](__m512 x) { return _mm512_rsqrt14_ps(x); });
  report_unary("root by vrsqrt14ps and one Newton step, 23 bits", newton_root);
  report_unary("root by vrsqrt14ps alone, 14 bits", [](__m512 x) { return _mm512_mul_ps(x, _mm512_rsqrt14_ps(x)); });
}

// ------------------------------------------------------------------------------------------------------- memory

namespace {

void read_all(const float* values, std::size_t begin, std::size_t end) {
  constexpr int chains = 8;
  __m512 sums[chains];
  clear(sums);
  for (std::size_t i = begin; i < end; i += chains * lanes) {
    unrolled<chains>([&](auto k) { sums[k] = _mm512_add_ps(sums[k], _mm512_load_ps(values + i + lanes * k)); });
  }
  keep(total(sums));
}

void copy_streaming(const float* from, float* to, std::size_t begin, std::size_t end) {
  for (std::size_t i = begin; i < end; i += lanes) _mm512_stream_ps(to + i, _mm512_load_ps(from + i));
  _mm_sfence();
}

void copy_ordinary(const float* from, float* to, std::size_t begin, std::size_t end) {
  for (std::size_t i = begin; i < end; i += lanes) _mm512_store_ps(to + i, _mm512_load_ps(from + i));
}

void triad_streaming(const float* a, const float* b, float* to, std::size_t begin, std::size_t end) {
  const __m512 three = _mm512_set1_ps(3.0F);
  for (std::size_t i = begin; i < end; i += lanes) {
    _mm512_stream_ps(to + i, _mm512_fmadd_ps(three, _mm512_load_ps(b + i), _mm512_load_ps(a + i)));
  }
  _mm_sfence();
}

void report_memory(const big_array<float>& a, big_array<float>& b, big_array<float>& c, int threads) {
  const std::size_t n = a.size();
  const auto measure = [&](const std::string& what, const std::string& how, std::size_t arrays, const auto& work) {
    const double seconds = best_of(7, [&] {
      in_parallel(threads, [&](int part) {
        work(begin_of(n, threads, part, 8 * lanes), begin_of(n, threads, part + 1, 8 * lanes));
      });
    });
    report(what, how, threads, as_gb_per_s(static_cast<double>(arrays * n * sizeof(float)), seconds), "GB/s");
  };
  const std::string both = "bytes read and written";
  measure("memory read", "sum of 384 MiB", 1, [&](auto begin, auto end) { read_all(a.data(), begin, end); });
  measure("memory copy, streaming stores", both, 2,
          [&](auto begin, auto end) { copy_streaming(a.data(), b.data(), begin, end); });
  measure("memory copy, ordinary stores", both, 2,
          [&](auto begin, auto end) { copy_ordinary(a.data(), b.data(), begin, end); });
  measure("memory triad, streaming stores", both, 3,
          [&](auto begin, auto end) { triad_streaming(a.data(), b.data(), c.data(), begin, end); });
}

void report_working_set(const big_array<float>& a, const big_array<float>& b, std::size_t kib, int threads) {
  const std::size_t n = kib * 256;
  const std::size_t readings = std::max<std::size_t>(1, (std::size_t{256} << 10) / kib);
  const double seconds = best_of(5, [&] {
    in_parallel(threads, [&](int part) {
      const float* const own = part == 0 ? a.data() : b.data();
      for (std::size_t reading = 0; reading < readings; ++reading) read_all(own, 0, n);
    });
  });
  report("read by working set", std::to_string(kib) + " KiB a thread", threads,
         as_gb_per_s(static_cast<double>(readings * n * sizeof(float)) * threads, seconds), "GB/s");
}

}  // namespace

void limit_bandwidth() {
  constexpr std::size_t n = std::size_t{96} << 20;
  const big_array<float> a(n);
  big_array<float> b(n);
  big_array<float> c(n);
  for (const int threads : {1, 2}) report_memory(a, b, c, threads);
  for (const std::size_t kib : working_sets) {
    for (const int threads : {1, 2}) report_working_set(a, b, kib, threads);
  }
}

/// Sixteen independent random elements an instruction; `loads` in limits.cpp does the same one by one.
void limit_gather() {
  const big_array<float> memory((working_sets[std::size(working_sets) - 1] << 10) / sizeof(float));
  const float* const values = memory.data();
  for (const std::size_t kib : working_sets) {
    const std::size_t size = kib * 256;
    const random_places places(size);
    const int readings = kib > 4096 ? 40 : 400;
    const __m512i mask = _mm512_set1_epi32(static_cast<int>(size - 1));
    small_random draw{7};
    const double seconds = best_of(6, [&] {
      __m512 sums[4];
      clear(sums);
      for (int reading = 0; reading < readings; ++reading) {
        const __m512i moved = _mm512_set1_epi32(static_cast<int>(draw()));
        for (std::size_t i = 0; i < place_count; i += 4 * lanes) {
          unrolled<4>([&](auto k) {
            const __m512i place = _mm512_load_si512(places.data() + i + lanes * k);
            const __m512i at = _mm512_and_si512(_mm512_xor_si512(place, moved), mask);
            sums[k] = _mm512_add_ps(sums[k], _mm512_i32gather_ps(at, values, 4));
          });
        }
      }
      keep(total(sums));
    });
    report("vgatherdps of 16, independent random", std::to_string(kib) + " KiB", 1,
           seconds * 1e9 / (static_cast<double>(readings) * place_count), "ns per element");
  }
}

// ---------------------------------------------------------------------------------------------- the forest's walk

namespace {

struct walk_node {
  float threshold;
  std::int32_t feature;
};

constexpr std::size_t block_rows = 64;
constexpr int vectors = block_rows / lanes;

/// Complete trees in heap order, each with 2^depth places; features and thresholds drawn from the data.
std::vector<walk_node> random_trees(const npy_array<float>& x, std::size_t trees, int depth) {
  small_random draw{99};
  std::vector<walk_node> nodes(trees << depth);
  for (auto& node : nodes) {
    node.feature = static_cast<std::int32_t>(draw() % x.columns);
    node.threshold = x.row(draw() % x.rows)[static_cast<std::size_t>(node.feature)];
  }
  return nodes;
}

/// One tree over the 64 rows of a block, which lie column by column in `block`: 64 walks in flight.
__m512 walk(const walk_node* tree, int depth, const float* block) {
  const __m512i lane = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  const __m512i left = _mm512_set1_epi32(1);
  const __m512i right = _mm512_set1_epi32(2);
  __m512i at[vectors];
  unrolled<vectors>([&](auto k) { at[k] = _mm512_setzero_si512(); });
  for (int level = 0; level < depth; ++level) {
    unrolled<vectors>([&](auto k) {
      const __m512 threshold = _mm512_i32gather_ps(at[k], &tree->threshold, sizeof(walk_node));
      const __m512i feature = _mm512_i32gather_epi32(at[k], &tree->feature, sizeof(walk_node));
      const __m512i row = _mm512_add_epi32(lane, _mm512_set1_epi32(static_cast<int>(lanes) * k));
      const __m512 value = _mm512_i32gather_ps(_mm512_add_epi32(_mm512_slli_epi32(feature, 6), row), block, 4);
      const __mmask16 above = _mm512_cmp_ps_mask(value, threshold, _CMP_GT_OQ);
      at[k] = _mm512_add_epi32(_mm512_slli_epi32(at[k], 1), _mm512_mask_blend_epi32(above, left, right));
    });
  }
  __m512 ends[vectors];
  unrolled<vectors>([&](auto k) { ends[k] = _mm512_cvtepi32_ps(at[k]); });
  return total(ends);
}

void walk_rows(const npy_array<float>& x, const std::vector<walk_node>& nodes, std::size_t trees, int depth,
               std::size_t begin, std::size_t end) {
  std::vector<float> block(x.columns * block_rows);
  __m512 sum = _mm512_setzero_ps();
  for (std::size_t first = begin; first < end; first += block_rows) {
    for (std::size_t feature = 0; feature < x.columns; ++feature) {
      for (std::size_t row = 0; row < block_rows; ++row)
        block[feature * block_rows + row] = x.row(first + row)[feature];
    }
    for (std::size_t tree = 0; tree < trees; ++tree) {
      sum = _mm512_add_ps(sum, walk(nodes.data() + (tree << depth), depth, block.data()));
    }
  }
  keep(sum);
}

}  // namespace

void floor_forest_walk() {
  constexpr std::size_t trees = 300;
  const auto x = load_npy<float>(data_path("w1k_X.npy"));
  const std::size_t rows = x.rows / block_rows * block_rows;
  for (const int depth : {8, 12}) {
    const auto nodes = random_trees(x, trees, depth);
    for (const int threads : {1, 2}) {
      const double seconds = best_of(3, [&] {
        in_parallel(threads, [&](int part) {
          walk_rows(x, nodes, trees, depth, begin_of(rows, threads, part, block_rows),
                    begin_of(rows, threads, part + 1, block_rows));
        });
      });
      const std::string how = "300 complete trees of depth " + std::to_string(depth) + ", 3 gathers a level";
      report("forest walk, " + std::to_string(rows) + " rows", how, threads, seconds, "s");
      report("forest walk", how, threads, seconds * 1e9 / (static_cast<double>(rows * trees) * depth),
             "ns per row, tree and level");
    }
  }
}

// ----------------------------------------------------------------------------------------------------- clusters

namespace {

/// Columns one after another, cut to whole vectors.
struct column_major {
  big_array<float> values;
  std::size_t rows;

  explicit column_major(const npy_array<float>& x)
      : values(x.rows / lanes * lanes * x.columns), rows(x.rows / lanes * lanes) {
    for (std::size_t row = 0; row < rows; ++row) {
      for (std::size_t column = 0; column < x.columns; ++column) values[column * rows + row] = x.row(row)[column];
    }
  }
  const float* at(std::size_t column, std::size_t row) const { return values.data() + column * rows + row; }
};

template <int Clusters, int Columns>
struct lloyd_pass {
  float centers[Clusters][Columns];
  float half_norms[Clusters];

  explicit lloyd_pass(const npy_array<float>& x) {
    for (int k = 0; k < Clusters; ++k) {
      half_norms[k] = 0;
      for (int column = 0; column < Columns; ++column) {
        centers[k][column] = x.row(static_cast<std::size_t>(k) * 997 % x.rows)[static_cast<std::size_t>(column)];
        half_norms[k] += centers[k][column] * centers[k][column] / 2;
      }
    }
  }

  /// Sixteen sessions at a time: the nearest centre, then a masked sum for every centre.
  void operator()(const column_major& x, std::uint8_t* ids, std::size_t begin, std::size_t end) const {
    const float* columns[Columns];
    for (int column = 0; column < Columns; ++column) columns[column] = x.at(static_cast<std::size_t>(column), 0);
    alignas(64) float sums[Clusters][Columns][lanes] = {};
    for (std::size_t row = begin; row < end; row += lanes) {
      __m512 values[Columns];
      unrolled<Columns>([&](auto column) { values[column] = _mm512_load_ps(columns[column] + row); });
      __m512 nearest = _mm512_set1_ps(std::numeric_limits<float>::infinity());
      __m512i id = _mm512_setzero_si512();
      unrolled<Clusters>([&](auto k) {
        __m512 distance = _mm512_set1_ps(half_norms[k]);
        unrolled<Columns>([&](auto column) {
          distance = _mm512_fnmadd_ps(values[column], _mm512_set1_ps(centers[k][column]), distance);
        });
        const __mmask16 nearer = _mm512_cmp_ps_mask(distance, nearest, _CMP_LT_OQ);
        nearest = _mm512_min_ps(nearest, distance);
        id = _mm512_mask_mov_epi32(id, nearer, _mm512_set1_epi32(k));
      });
      _mm_storeu_si128(reinterpret_cast<__m128i*>(ids + row), _mm512_cvtepi32_epi8(id));
      for (int k = 0; k < Clusters; ++k) {
        const __mmask16 own = _mm512_cmpeq_epi32_mask(id, _mm512_set1_epi32(k));
        for (int column = 0; column < Columns; ++column) {
          const __m512 sum = _mm512_load_ps(sums[k][column]);
          _mm512_store_ps(sums[k][column], _mm512_mask_add_ps(sum, own, sum, values[column]));
        }
      }
    }
    keep(sums);
  }
};

template <int Clusters, int Columns>
void report_lloyd(const std::string& name) {
  const auto x = load_npy<float>(data_path(name + "_X.npy"));
  const lloyd_pass<Clusters, Columns> pass(x);
  const column_major columns(x);
  big_array<std::uint8_t> ids(columns.rows);
  for (const int threads : {1, 2}) {
    const double seconds = best_of(15, [&] {
      in_parallel(threads, [&](int part) {
        pass(columns, ids.data(), begin_of(columns.rows, threads, part, lanes),
             begin_of(columns.rows, threads, part + 1, lanes));
      });
    });
    report("Lloyd pass: assign and masked sums", name + " k " + std::to_string(Clusters), threads, seconds * 1e3, "ms");
  }
}

/// Adds the distances from four rows to every row from `first` on.
template <int Columns, class Root>
void add_distances(const column_major& x, std::size_t first, const Root& root, __m512 (&sums)[4]) {
  for (std::size_t row = first / lanes * lanes; row < x.rows; row += lanes) {
    __m512 squares[4];
    clear(squares);
    unrolled<Columns>([&](auto column) {
      const __m512 values = _mm512_load_ps(x.at(column, row));
      unrolled<4>([&](auto k) {
        const __m512 difference = _mm512_sub_ps(values, _mm512_set1_ps(*x.at(column, first + k)));
        squares[k] = _mm512_fmadd_ps(difference, difference, squares[k]);
      });
    });
    unrolled<4>([&](auto k) { sums[k] = _mm512_add_ps(sums[k], root(squares[k])); });
  }
}

template <class Root>
void report_distances(const column_major& x, const std::string& how, const Root& root) {
  constexpr std::size_t block = 64;
  for (const int threads : {1, 2}) {
    const double seconds = best_of(3, [&] {
      std::atomic<std::size_t> next = 0;
      in_parallel(threads, [&](int) {
        for (std::size_t begin = 0; (begin = next.fetch_add(block)) < x.rows;) {
          for (std::size_t row = begin; row < std::min(x.rows, begin + block); row += 4) {
            __m512 sums[4];
            clear(sums);
            add_distances<12>(x, row, root, sums);
            keep(total(sums));
          }
        }
      });
    });
    report("silhouette: distances of the pairs i < j, " + std::to_string(x.rows) + " x 12", how, threads, seconds, "s");
  }
}

}  // namespace

void floor_lloyd() {
  report_lloyd<4, 4>("w2s");
  report_lloyd<6, 12>("w1k");
  report_lloyd<8, 16>("w2h");
}

void floor_silhouette() {
  const column_major x(load_npy<float>(data_path("w1k_X.npy")));
  report_distances(x, "vsqrtps", [](__m512 square) { return _mm512_sqrt_ps(square); });
  report_distances(x, "vrsqrt14ps and one Newton step",
                   [](__m512 square) { return newton_root(_mm512_max_ps(square, _mm512_set1_ps(1e-30F))); });
}

// ------------------------------------------------------------------------------------------------- standardising

namespace {

struct moments {
  __m512 sum = _mm512_setzero_ps();
  __m512 squares = _mm512_setzero_ps();
};

/// Sixteen columns, row by row: every lane is a column.
moments moments_of(const float* x, std::size_t begin, std::size_t end) {
  moments even;
  moments odd;
  for (std::size_t i = begin; i < end; i += 2 * lanes) {
    const __m512 first = _mm512_load_ps(x + i);
    const __m512 second = _mm512_load_ps(x + i + lanes);
    even.sum = _mm512_add_ps(even.sum, first);
    even.squares = _mm512_fmadd_ps(first, first, even.squares);
    odd.sum = _mm512_add_ps(odd.sum, second);
    odd.squares = _mm512_fmadd_ps(second, second, odd.squares);
  }
  return {_mm512_add_ps(even.sum, odd.sum), _mm512_add_ps(even.squares, odd.squares)};
}

void standardise(const float* x, float* to, std::size_t begin, std::size_t end, __m512 mean, __m512 scale) {
  for (std::size_t i = begin; i < end; i += lanes) {
    _mm512_stream_ps(to + i, _mm512_mul_ps(_mm512_sub_ps(_mm512_load_ps(x + i), mean), scale));
  }
  _mm_sfence();
}

}  // namespace

void floor_scaler() {
  const auto loaded = load_npy<float>(data_path("w2h_X.npy"));
  const std::size_t n = loaded.values.size() / (2 * lanes) * (2 * lanes);
  big_array<float> x(n);
  big_array<float> scaled(n);
  std::copy_n(loaded.values.data(), n, x.data());
  const __m512 per_row = _mm512_set1_ps(1.0F / static_cast<float>(n / lanes));
  for (const int threads : {1, 2}) {
    const auto begin = [&](int part) { return begin_of(n, threads, part, 2 * lanes); };
    const double seconds = best_of(9, [&] {
      moments parts[2];
      in_parallel(threads, [&](int part) { parts[part] = moments_of(x.data(), begin(part), begin(part + 1)); });
      const __m512 mean = _mm512_mul_ps(_mm512_add_ps(parts[0].sum, parts[1].sum), per_row);
      const __m512 mean_square = _mm512_mul_ps(_mm512_add_ps(parts[0].squares, parts[1].squares), per_row);
      const __m512 variance = _mm512_fnmadd_ps(mean, mean, mean_square);
      const __m512 scale = _mm512_div_ps(_mm512_set1_ps(1.0F), _mm512_sqrt_ps(variance));
      in_parallel(threads,
                  [&](int part) { standardise(x.data(), scaled.data(), begin(part), begin(part + 1), mean, scale); });
    });
    report("standardise " + std::to_string(n / lanes) + " x 16", "output pages touched before", threads, seconds * 1e3,
           "ms");
  }
}

}  // namespace peers

#endif
