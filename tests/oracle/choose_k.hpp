// SPDX-License-Identifier: MIT
// Written by make_choose_k.py with scikit-learn 1.2.1: do not edit.
// clang-format off
#pragma once

#include <cstdint>
#include <vector>

namespace oracle {

inline const std::vector<double> choose_x = {
    -1.0, 0.625, 2.875, 2.0, -0.125, 3.875, -0.75, 1.75, 1.75, -1.375, 0.375, 2.5, -5.0, 3.0, 0.25, -3.875, 2.375,
    0.25, 3.25, 0.75, 4.625, -2.0, 1.625, 1.625, 3.875, 2.375, 4.375, -2.125, 5.125, 1.5, -3.0, -0.5, 2.25, -2.125,
    3.625, 1.75, -4.125, 2.375, 1.375, -2.75, 0.875, 3.0, 3.125, 1.625, 4.25, -3.125, 7.5, 3.125, -4.75, 6.375, 5.5,
    -3.5, 7.375, 5.0, -3.125, 8.0, 4.25, 1.5, 1.75, 4.5, -3.875, 2.875, -0.125, 1.625, 2.0, 5.75, -0.625, 1.25,
    2.75, 2.75, 1.125, 4.25, 2.625, 1.25, 6.375, 1.25, 1.75, 5.375, -2.75, 1.375, 2.5, -4.25, 6.625, 3.375, 4.875,
    3.375, 6.25, 2.875, 1.375, 5.0, -4.75, 2.75, 1.5, -2.0, -0.75, 1.125, -3.5, 6.75, 4.5, 4.5, 1.125, 3.875, 3.125,
    3.25, 3.5, 4.875, 2.5, 4.5, -4.125, 8.5, 5.0, -4.25, 8.875, 5.0, 3.5, 1.125, 4.375, 3.25, 0.75, 5.125, -0.5,
    2.125, 3.625, -2.375, 3.875, 0.375, -2.875, 1.375, 0.25, -1.25, -0.625, 3.875, -4.875, 1.625, 0.25, -4.625, 3.0,
    0.875, -2.75, 7.0, 5.0, 2.125, 1.625, 3.875, -5.75, 8.375, 3.75, 2.0, 0.25, 5.25, 1.625, 0.75, 5.25, 5.0, 0.75,
    4.75, -2.5, 3.0, 2.25, 3.125, 1.25, 3.75, -3.875, 1.75, 2.5, 3.0, 0.875, 5.875, -5.125, 4.5, 2.5, -2.375, 1.75,
    2.375, -3.0, 3.125, 0.125, -3.25, 2.875, 1.25};
inline const std::vector<std::int32_t> choose_good = {
    0, 2, 0, 0, 1, 1, 2, 0, 2, 1, 0, 1, 1, 0, 2, 3, 3, 3, 3, 2, 1, 2, 0, 2, 2, 2, 0, 3, 2, 2, 1, 0, 3, 2, 2, 2, 3,
    3, 2, 2, 0, 1, 1, 0, 1, 1, 3, 2, 3, 2, 2, 2, 1, 2, 1, 2, 1, 0, 1, 1};
inline const std::vector<std::int32_t> choose_poor = {
    4, 3, 3, 1, 0, 4, 3, 1, 1, 3, 3, 1, 3, 0, 2, 0, 1, 1, 4, 4, 1, 2, 1, 3, 0, 2, 1, 3, 3, 4, 1, 4, 3, 3, 3, 2, 4,
    2, 2, 1, 4, 4, 3, 4, 1, 3, 3, 1, 2, 0, 3, 2, 4, 1, 4, 3, 4, 0, 4, 1};
inline const std::vector<double> choose_odd_x = {
    0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 3.0, 1.0, 4.0, 1.0, 5.0, 1.5, 9.0, 9.0};
inline const std::vector<std::int32_t> choose_odd_labels = {
    0, 0, 0, 2, 2, 2, 4};
inline const std::vector<double> choose_crossed_x = {
    -1.0, 0.0, 1.0, 0.0, 0.0, -1.0, 0.0, 1.0, 7.0, 7.0, 8.0, 7.0};
inline const std::vector<std::int32_t> choose_crossed_labels = {
    0, 0, 1, 1, 2, 2};
inline constexpr double choose_good_calinski_harabasz = 128.78466763627188;
inline constexpr double choose_good_davies_bouldin = 0.7191703677315302;
inline constexpr double choose_poor_calinski_harabasz = 1.2527032741001871;
inline constexpr double choose_poor_davies_bouldin = 9.042464582449911;
inline constexpr double choose_odd_calinski_harabasz = 118.85714285714283;
inline constexpr double choose_odd_davies_bouldin = 0.14589324138428741;
inline constexpr double choose_crossed_calinski_harabasz = 46.77777777777777;
inline constexpr double choose_crossed_davies_bouldin = 0.14621105364857379;

}  // namespace oracle
