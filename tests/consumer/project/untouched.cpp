// SPDX-License-Identifier: MIT
#include <iostream>

#include <footfall/core/version.hpp>

int main() { std::cout << footfall::build_tag() << '\n'; }
