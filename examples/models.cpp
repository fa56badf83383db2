// SPDX-License-Identifier: MIT
// The code of docs/models.md, in its order: save a fitted pipeline, look into the file, load it, meet a damaged one.
#include <filesystem>
#include <fstream>
#include <iostream>

#include <footfall/footfall.hpp>
#include <footfall/store/model.hpp>

namespace ff = footfall;

namespace {

const auto recipe =
    ff::columns(ff::numeric{{"pages_viewed", "product_views", "add_to_cart"}}, ff::one_hot{{"device"}}) |
    ff::random_forest{.trees = 100, .min_leaf = 20, .out_of_bag = false, .seed = 7};
using fitted_recipe = ff::fitted_type<decltype(recipe), ff::table>;

}  // namespace

int main() {
  const auto sessions = ff::fashion_store{.sessions = 5'000, .seed = 7}.generate();
  const auto bought = ff::label(sessions, "purchased");
  const auto path = std::filesystem::temp_directory_path() / "propensity.ffm";

  const auto model = recipe.fit(sessions, bought);
  ff::save(path, model, {{"trained on", "5,000 made-up sessions"}});

  const auto about = ff::inspect(path);
  for (const auto& step : about.steps) std::cout << step << ' ';
  std::cout << '\n';
  for (const auto& size : about.sizes) std::cout << size.name << ' ' << size.text << '\n';
  for (const auto& note : about.notes) std::cout << note.name << ' ' << note.text << '\n';

  const auto loaded = ff::load<fitted_recipe>(path);
  std::cout << "equal to the last bit: " << (loaded == model ? "yes" : "no") << '\n';

  std::filesystem::resize_file(path, std::filesystem::file_size(path) - 1);
  try {
    ff::load<fitted_recipe>(path);
  } catch (const ff::error& failure) {
    const std::string said = failure.what();
    std::cout << "..." << said.substr(said.rfind("': ")) << '\n';
  }
  std::filesystem::remove(path);
}
