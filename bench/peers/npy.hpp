// SPDX-License-Identifier: MIT
// Reads the .npy files that generate.py writes: little-endian numbers in C order, one or two dimensions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <fstream>
#include <span>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <vector>

namespace peers {

/// Row by row, as numpy keeps it; a one-dimensional array has one column.
template <class T>
struct npy_array {
  std::vector<T> values;
  std::size_t rows = 0;
  std::size_t columns = 1;

  std::span<const T> row(std::size_t i) const { return {values.data() + i * columns, columns}; }
};

namespace detail {

/// The text between `before` and `after` in the header of a .npy file, which is a Python dictionary.
inline std::string between(const std::string& header, const std::string& before, char after) {
  const std::size_t begin = header.find(before);
  const std::size_t end = begin == std::string::npos ? begin : header.find(after, begin + before.size());
  if (end == std::string::npos) throw std::runtime_error("not a header of a .npy file: " + header);
  return header.substr(begin + before.size(), end - begin - before.size());
}

template <class T>
std::string type_name() {
  return std::string("<") + (std::is_floating_point_v<T> ? 'f' : 'i') + std::to_string(sizeof(T));
}

}  // namespace detail

/// Throws std::runtime_error when the file is not there, is cut short, or holds another type or order.
template <class T>
npy_array<T> load_npy(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot open " + path);
  unsigned char start[10] = {};
  file.read(reinterpret_cast<char*>(start), sizeof start);
  std::string header(std::size_t{start[8]} + std::size_t{256} * start[9], ' ');
  file.read(header.data(), static_cast<std::streamsize>(header.size()));
  if (!file || start[6] != 1) throw std::runtime_error(path + " is not a .npy file of version 1");

  const std::string type = detail::between(header, "'descr': '", '\'');
  if (type != detail::type_name<T>()) {
    throw std::runtime_error(path + " holds " + type + ", wanted " + detail::type_name<T>());
  }
  if (detail::between(header, "'fortran_order': ", ',') != "False") {
    throw std::runtime_error(path + " is not in C order");
  }

  npy_array<T> result;
  const std::string shape = detail::between(header, "'shape': (", ')');
  std::size_t digits = 0;
  result.rows = std::stoull(shape, &digits);
  const std::size_t second = shape.find_first_of("0123456789", digits);
  if (second != std::string::npos) result.columns = std::stoull(shape.substr(second));

  result.values.resize(result.rows * result.columns);
  const auto bytes = static_cast<std::streamsize>(result.values.size() * sizeof(T));
  file.read(reinterpret_cast<char*>(result.values.data()), bytes);
  if (!file) throw std::runtime_error(path + " is cut short");
  return result;
}

}  // namespace peers
