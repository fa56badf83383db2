// SPDX-License-Identifier: MIT
// Where the sources of this build lie, for tests that read files of the project.
#pragma once

#include <filesystem>

std::filesystem::path source_dir();
