// SPDX-License-Identifier: MIT
// The code of docs/features.md, in its order: a table doubted and cleaned, a pipeline of ten columns, and a level never seen.
#include <iomanip>
#include <iostream>

#include <footfall/footfall.hpp>

namespace ff = footfall;

namespace {

const char* const export_of_a_shop =
    "visitor,pages,seconds,cart,device,source,hour,day\n"
    "a,3,80,0,mobile,email,9,Mon\n"
    "b,9,400,1,desktop,search,20,Sat\n"
    "b,9,400,1,desktop,search,20,Sat\n"
    "c,1,,0,Mobile,search,23,Sun\n"
    "d,0,12,0,mobile,direct,3,Tue\n"
    "e,5,310,0,desktop,email,14,Wed\n"
    "f,12,95,1,mobile,search,18,Fri\n"
    "g,2,35,0,tablet,direct,7,Thu\n";

ff::table doubt(const ff::table& sessions) {
  using ff::field;
  const auto report = ff::check_quality(
      sessions, {field("pages") >= 1, implies(field("cart") == 1, field("pages") >= 2), field("seconds") <= 86'400});
  std::cout << report.sessions << " sessions, " << report.repeated << " repeated, " << report.columns[2].missing
            << " without seconds\n";
  for (const auto& rule : report.rules) {
    std::cout << rule.rule << ": broken " << rule.broken << ", unknown " << rule.unknown << '\n';
  }

  const auto clean =
      ff::cleaning(sessions).drop_repeated().drop_where(field("pages") < 1).rename_level("device", "Mobile", "mobile");
  for (const auto& step : clean.steps()) std::cout << step.what << ": " << step.changed << '\n';
  return clean.sessions();
}

auto ten_columns() {
  return ff::columns(ff::numeric{.columns = {"pages", "seconds"}, .missing = ff::missing_number::fill},
                     ff::ratio{.of = "seconds", .to = "pages"},
                     ff::one_hot{.columns = {"device"}, .unseen = ff::unseen_level::other}, ff::cycle{.of = "hour"},
                     ff::weekend{.of = "day", .names = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"}});
}

void look_inside(const ff::table& sessions) {
  const auto recipe = ten_columns();
  const auto fitted = recipe.fit(sessions);
  const auto x = fitted.transform(sessions);

  std::cout << "fills:";
  for (const double fill : fitted.step<0>().fills()) std::cout << ' ' << fill;
  std::cout << "\nlevels of device:";
  for (const auto& level : fitted.step<2>().categories()[0].levels) std::cout << ' ' << level;
  std::cout << "\n\n";
  std::cout << std::fixed << std::setprecision(3);
  for (ff::index column = 0; column < x.cols(); ++column) {
    const auto& info = x.columns()[static_cast<std::size_t>(column)];
    std::cout << std::setw(2) << column + 1 << "  " << std::left << std::setw(18) << info.name << std::setw(15)
              << info.source << std::right << std::setw(8) << x.values()(2, column) << '\n';
  }
}

void meet_a_new_level(const ff::table& sessions) {
  const auto later = ff::parse_csv("device\nwatch\n");
  const ff::one_hot refusing{{"device"}};
  try {
    refusing.fit(sessions).transform(later);
  } catch (const ff::error& refused) {
    std::cout << refused.what() << '\n';
  }

  for (const auto unseen : {ff::unseen_level::all_zero, ff::unseen_level::other}) {
    const auto x = ff::one_hot{{"device"}, unseen}.fit(sessions).transform(later);
    for (ff::index i = 0; i < x.cols(); ++i) {
      std::cout << x.columns()[static_cast<std::size_t>(i)].name << ' ' << static_cast<int>(x.values()(0, i)) << "  ";
    }
    std::cout << '\n';
  }
}

void add_one_of_your_own(const ff::table& sessions) {
  const auto depth =
      ff::function_of("depth", {"pages", "cart"}, [](double pages, double cart) { return pages + 5 * cart; });
  std::cout << ff::columns(ten_columns(), depth).fit(sessions).transform(sessions).cols() << " columns\n";
}

void choose(const ff::table& sessions) {
  const auto staged = sessions.with_stage({"pages", "seconds"}, ff::stage::browse)
                          .with_stage({"device", "source", "hour", "day", "visitor"}, ff::stage::context)
                          .with_stage({"cart"}, ff::stage::cart);
  const ff::select early{.without = {"visitor"}, .until = ff::stage::browse, .type = ff::column_type::numeric};
  for (const auto& name : early.names(staged)) std::cout << name << ' ';
  std::cout << '\n';
}

void split_by_visitor(const ff::table& sessions) {
  const ff::split careless{{0, 1, 3, 4, 5, 6}, {2, 7}};
  const auto leaks = ff::find_leaks(sessions, careless, "visitor");
  std::cout << leaks.repeated.size() << " test session repeats a training session, " << leaks.known_visitors.size()
            << " is of a visitor who is known\n";

  const auto parts = ff::grouped_split(sessions["visitor"], {.test_share = 0.25, .seed = 1});
  std::cout << (ff::find_leaks(sessions, parts, "visitor").none() ? "none" : "some") << '\n';
}

}  // namespace

int main() {
  const auto raw = ff::parse_csv(export_of_a_shop);
  const auto sessions = doubt(raw);
  look_inside(sessions);
  meet_a_new_level(sessions);
  add_one_of_your_own(sessions);
  choose(sessions);
  split_by_visitor(raw);
}
