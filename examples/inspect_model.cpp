// SPDX-License-Identifier: MIT
// What is in a model file, without building the model: inspect_model FILE.
#include <exception>
#include <iostream>

#include <footfall/footfall.hpp>
#include <footfall/store/model.hpp>

namespace ff = footfall;

int main(int count, char** words) {
  if (count != 2) {
    std::cerr << "usage: inspect_model FILE\n";
    return 2;
  }
  try {
    const auto about = ff::inspect(words[1]);
    std::cout << "written by  footfall " << about.version << '\n' << "digest      " << about.digest << '\n';
    std::cout << "steps       ";
    for (const auto& step : about.steps) std::cout << (&step == &about.steps.front() ? "" : ", ") << step;
    std::cout << '\n';
    for (const auto& each : about.sizes)
      std::cout << each.name << std::string(12 - std::min<std::size_t>(11, each.name.size()), ' ') << each.text << '\n';
    std::cout << "columns     " << about.columns.size() << '\n';
    for (const auto& column : about.columns) {
      std::cout << "  " << column.name << " (from " << column.source << ", known at: " << name_of(column.stage)
                << ")\n";
    }
    for (const auto& note : about.notes) std::cout << note.name << ": " << note.text << '\n';
    return 0;
  } catch (const std::exception& failure) {
    std::cerr << failure.what() << '\n';
    return 1;
  }
}
