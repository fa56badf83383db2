// SPDX-License-Identifier: MIT
// All kernels at every length from 0 to 130, at every offset from 0 to 63 from a guard page on either side.
#include <csignal>
#include <cstdint>
#include <exception>
#include <span>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <footfall/core/random.hpp>

#include <tests/fuzz/kernels_fuzz.hpp>
#include <tests/fuzz/replay.hpp>
#include <tests/guarded_memory.hpp>
#include <tests/simd/kernel_twins.hpp>

namespace {

using side = guarded_arrays::side;

/// Bytes of a pool: with those that stand for NaN, infinities and the like, or without.
std::vector<std::uint8_t> pool(bool with_odd_ones) {
  footfall::random_stream stream(1);
  std::vector<std::uint8_t> bytes(9973);
  for (auto& each : bytes) each = static_cast<std::uint8_t>(with_odd_ones ? stream.below(256) : 12 + stream.below(244));
  return bytes;
}

/// Whether a process that does this is stopped by the system.
template <class F>
bool is_stopped(F&& f) {
  const pid_t child = fork();
  if (child == 0) {
    std::signal(SIGSEGV, SIG_DFL);
    f();
    _exit(0);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFSIGNALED(status) && WTERMSIG(status) == SIGSEGV;
}

}  // namespace

TEST_CASE("a byte beside guarded memory is out of reach, and one between two arrays is missed") {
  const guarded_memory memory(10);
  for (const std::ptrdiff_t place : {std::ptrdiff_t{-1}, memory.end() - memory.begin()}) {
    CHECK(is_stopped([&] { *const_cast<volatile std::byte*>(memory.begin() + place) = std::byte{1}; }));
    CHECK(is_stopped([&] { (void)*const_cast<volatile std::byte*>(memory.begin() + place); }));
  }
  CHECK_FALSE(is_stopped([&] { *const_cast<volatile std::byte*>(memory.end() - 1) = std::byte{1}; }));

  guarded_arrays arrays;
  for (const side from : {side::front, side::back}) {
    for (const std::ptrdiff_t place : {-1, 3}) {
      arrays.start(from, 1, {}, 0);
      auto* const three = arrays.room<float>(3);
      CHECK(arrays.clean());
      three[place] = 0;
      CHECK_FALSE(arrays.clean());
    }
  }
}

namespace {

/// What is wrong with a kernel anywhere; empty: nothing.
std::string fault_of(const kernel_twins::kernel& kernel, guarded_arrays& arrays) {
  static const auto plain = pool(false), odd = pool(true);
  for (footfall::index offset = 0; offset < 64; ++offset) {
    for (footfall::index length = 0; length < kernel.lengths; ++length) {
      for (const side from : {side::front, side::back}) {
        const auto position = static_cast<std::size_t>(offset * 131 + length) * 7;
        arrays.start(from, offset, (offset + length) % 4 == 3 ? odd : plain, position);
        std::string fault;
        try {
          kernel.check(arrays, length);
          if (!arrays.clean()) fault = "writes beside its arrays";
        } catch (const std::exception& wrong) {
          fault = wrong.what();
        }
        if (!fault.empty()) {
          return fault + ": length " + std::to_string(length) + ", offset " + std::to_string(offset) +
                 (from == side::front ? " from the front" : " from the back");
        }
      }
    }
  }
  return "";
}

}  // namespace

TEST_CASE("kernels give the bits of their plain twins and touch nothing else, at every length and offset") {
  guarded_arrays arrays;
  for (const auto& kernel : kernel_twins::kernels) {
    CAPTURE(kernel.name);
    CHECK(fault_of(kernel, arrays) == "");
  }
}

TEST_CASE("kernels: the inputs that fuzzing kept") {
  std::vector<bool> met(std::size(kernel_twins::kernels));
  fuzz::replay("kernels", [&](std::span<const std::uint8_t> input) {
    REQUIRE(!input.empty());
    met[input[0] % met.size()] = true;
  });
  fuzz::replay_beginnings("kernels", kernels_fuzz::check);
  for (std::size_t i = 0; i < met.size(); ++i) {
    CAPTURE(kernel_twins::kernels[i].name);
    CHECK(met[i]);
  }
}
