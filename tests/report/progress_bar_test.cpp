// SPDX-License-Identifier: MIT
// A line that is drawn over itself, and only where somebody watches.
#include <sstream>

#include <doctest/doctest.h>

#include <footfall/report/progress_bar.hpp>

namespace ff = footfall;

TEST_CASE("the bar fills") {
  std::ostringstream out;
  {
    ff::progress_bar bar(out, true);
    bar.show("k", 1, 2);
    CHECK(out.str() == "\r[============            ]  50 % k");
    bar.show("k", 1, 2);
    CHECK(out.str().size() == 35);  // nothing new
    bar.show("k", 7, 2);
    CHECK(out.str().ends_with("\r[========================] 100 % k"));
    bar.show("x", 0, 0);
    CHECK(out.str().ends_with("\rx" + std::string(33, ' ')));
  }
  CHECK(out.str().ends_with("\r \r"));  // wiped at the end
}

TEST_CASE("where nobody watches nothing is written") {
  std::ostringstream out;
  ff::progress_bar bar(out, false);
  bar.show("k", 1, 2);
  bar.clear();
  CHECK(out.str() == "");
  CHECK(!bar.observer());
}

TEST_CASE("an observer draws and lets work go on") {
  std::ostringstream out;
  ff::progress_bar bar(out, true);
  CHECK(bar.observer()("fit", 1, 4));
  CHECK(out.str().ends_with(" 25 % fit"));
  bar.clear();
  const auto size = out.str().size();
  bar.clear();
  CHECK(out.str().size() == size);
}
