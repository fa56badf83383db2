// SPDX-License-Identifier: MIT
// All that the tables of contents list is installed.
#include <footfall/events.hpp>
#include <footfall/footfall.hpp>

int main() {}
