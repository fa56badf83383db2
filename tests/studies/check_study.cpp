// SPDX-License-Identifier: MIT
// Holds what a study wrote against what it promises, and says what does not hold:
//
//   check_study propensity|segmentation FOLDER SESSIONS docs/studies.md
#include <array>
#include <cmath>
#include <cstddef>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include <tests/report/parsed_html.hpp>
#include <tests/report/parsed_json.hpp>

namespace {

namespace fs = std::filesystem;

int faults = 0;
void holds(bool good, const std::string& what) {
  if (good) return;
  std::cerr << what << '\n';
  ++faults;
}

std::string bytes_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw std::runtime_error("there is no " + file.string());
  return {std::istreambuf_iterator<char>(in), {}};
}

double number(const parsed_json& value) {
  if (value.kind != 'l' || value.text == "null" || value.text == "true" || value.text == "false") return std::nan("");
  return std::stod(value.text);
}
bool within(double value, double low, double high) { return low <= value && value <= high; }

// ------------------------------------------------------------------------------------------------------- the numbers

void check_model(const parsed_json& report, const std::string& name) {
  const auto& model = report[name];
  for (const char* area : {"roc_auc", "average_precision"}) {
    const auto& range = model[std::string(area) + "_interval"];
    const double value = number(model[area]);
    holds(within(value, 0, 1) && within(value, number(range["low"]), number(range["high"])), name + ": " + area);
  }
  for (const char* lift : {"lift_10", "lift_20"}) {
    const auto& range = model[std::string(lift) + "_interval"];
    const double value = number(model[lift]);
    holds(value > 0 && within(value, number(range["low"]), number(range["high"])), name + ": " + lift);
  }
  holds(model["deciles"].items.size() == 10, name + ": there are ten tenths");
}

/// A verdict says where the published figure lies.
void check_claims(const parsed_json& list, const std::string& name, char study, int items) {
  const std::set<std::string> verdicts = {"reproduced", "within_noise", "bounded", "contradicted", "not_derivable"};
  holds(!list.items.empty(), name + ": there are some");
  for (const auto& claim : list.items) {
    const auto& id = claim["id"].text;
    const std::string what = name + ", " + id + ", " + claim["name"].text + ": ";
    const std::string prefix = std::string("S") + study + "-";
    holds(id.size() == 5 && id.rfind(prefix, 0) == 0 && within(std::stod(id.substr(3)), 1, items), what + "the id");
    const double published = number(claim["published"]), low = number(claim["low"]), high = number(claim["high"]);
    const auto& verdict = claim["verdict"].text;
    holds(verdicts.count(verdict) == 1 && !claim["why"].text.empty() && !std::isnan(published), what + "its parts");
    const bool inside = within(published, low, high);
    if (verdict == "within_noise") holds(inside, what + "lies outside");
    if (verdict == "contradicted") holds(!inside, what + "lies inside");
    if (verdict == "not_derivable") holds(std::isnan(number(claim["reproduced"])), what + "has a figure");
  }
}

std::string verdict_of(const parsed_json& list, const std::string& id) {
  for (const auto& claim : list.items) {
    if (claim["id"].text == id && claim["verdict"].text == "contradicted") return "contradicted";
  }
  return "another";
}

/// Groups of all sessions: shares and conversions that fit their counts. Returns the sessions of each by name.
std::map<std::string, double> check_groups(const parsed_json& groups, double sessions, double base) {
  std::map<std::string, double> counts;
  double all = 0, buyers = 0;
  for (const auto& group : groups.items) {
    const auto& name = group["name"].text;
    const auto& conversion = group["conversion"];
    const double own = number(group["sessions"]), hits = number(conversion["hits"]);
    const auto& range = conversion["interval"];
    holds(own > 0 && number(conversion["trials"]) == own, name + ": its sessions");
    holds(std::fabs(number(group["share"]) - own / sessions) < 1e-9, name + ": its share");
    holds(within(hits / own, number(range["low"]), number(range["high"])), name + ": its interval");
    holds(!group["sentence"].text.empty(), name + ": says why it is called so");
    holds(counts.emplace(name, own).second, name + ": is there twice");
    all += own;
    buyers += hits;
  }
  holds(all == sessions, "the groups hold all sessions");
  holds(std::fabs(buyers / sessions - base) < 1e-9, "the groups hold all buyers");
  return counts;
}

// ------------------------------------------------------------------------------------------------- the list to act on

using csv_row = std::vector<std::string>;
std::vector<csv_row> read_csv(const std::string& text) {
  std::vector<csv_row> rows;
  csv_row row;
  std::string field;
  bool quoted = false;
  for (const char c : text) {
    if (c == '"')
      quoted = !quoted;  // quotes within quotes come in pairs, and are not looked at here
    else if (quoted || (c != ',' && c != '\n'))
      field += c;
    else {
      row.push_back(std::exchange(field, {}));
      if (c == '\n') rows.push_back(std::exchange(row, {}));
    }
  }
  holds(!quoted && field.empty() && row.empty(), "audience.csv: the last line ends");
  return rows;
}

/// `wanted`: how many of its sessions each segment should have there.
void check_audience(const fs::path& file, const csv_row& header, std::size_t decile, double sessions,
                    const std::map<std::string, double>& wanted) {
  auto rows = read_csv(bytes_of(file));
  holds(!rows.empty() && rows.front() == header, "audience.csv: its columns");
  std::map<std::string, double> counts;
  double before = -1;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const auto& row = rows[i];
    const std::string what = "audience.csv, line " + std::to_string(i + 1) + ": ";
    if (row.size() != header.size()) {
      holds(false, what + "as many fields as columns");
      return;
    }
    const double session = std::stod(row[0]), tenth = std::stod(row[decile]);
    holds(session > before && session < sessions, what + "the session");
    for (std::size_t score = 1; score < decile; ++score) holds(within(std::stod(row[score]), 0, 1), what + "a score");
    holds(within(tenth, 1, 10) && tenth == std::floor(tenth), what + "the decile");
    holds(!row[decile + 2].empty(), what + "the action");
    counts[row[decile + 1]] += 1;
    before = session;
  }
  holds(counts == wanted, "audience.csv: the sessions of each segment");
}

// ---------------------------------------------------------------------------------------------------------- the page

void check_page(const fs::path& folder) {
  const std::string html = bytes_of(folder / "report.html");
  holds(html.size() <= 2U << 20, "report.html: " + std::to_string(html.size()) + " bytes");
  holds(unbalanced(html).empty(), "report.html: " + unbalanced(html));
  std::size_t charts = 0;
  for (const auto& entry : fs::directory_iterator(folder / "charts")) {
    const std::string name = entry.path().filename().string();
    const std::string specification = bytes_of(entry.path());
    const parsed_json width = json_reader::read(specification)["width"];  // a page gives its own
    holds(number(width) > 0, name + ": has a width of its own");
    const std::string wrong = wrong_in_specification(specification, width.text);
    holds(wrong.empty(), name + ": " + wrong);
    const std::string place = "<figcaption id=\"chart-" + name.substr(0, name.find('.')) + "\">";
    holds(html.find(place) != std::string::npos, name + ": is in the page");
    ++charts;
  }
  std::size_t in_page = 0;
  for (auto at = html.find("<figcaption id=\"chart-"); at != std::string::npos;
       at = html.find("<figcaption id=\"chart-", at + 1))
    ++in_page;
  holds(charts > 0 && charts == in_page, "charts/: as many as in the page");
  for (const char* word : {"nan", "-nan", "inf", "-inf"}) {
    holds(html.find(std::string(">") + word + "<") == std::string::npos,
          std::string("report.html: a cell says ") + word);
  }
}

/// Each of the items stands in a row of its own, and the sections that a row names in italics are in the page.
void check_checklist(const fs::path& document, const fs::path& folder, char study, int items) {
  const std::string text = bytes_of(document), html = bytes_of(folder / "report.html");
  for (int item = 1; item <= items; ++item) {
    const std::string id = std::string("S") + study + "-" + (item < 10 ? "0" : "") + std::to_string(item);
    const auto at = text.find("\n| " + id + " |");
    holds(at != std::string::npos, "docs/studies.md: " + id + " has a row");
    if (at == std::string::npos) continue;
    const std::string row = text.substr(at + 1, text.find('\n', at + 1) - at - 1);
    for (auto open = row.find('*'); open != std::string::npos;) {
      const auto close = row.find('*', open + 1);
      if (close == std::string::npos) break;
      const std::string section = row.substr(open + 1, close - open - 1);
      holds(html.find(">" + section + "</h2>") != std::string::npos,
            "docs/studies.md: " + id + " names a section '" + section + "' that is not there");
      open = row.find('*', close + 1);
    }
  }
}

void check_propensity(const fs::path& folder, const parsed_json& report, double sessions, double base) {
  for (const char* model : {"model_a", "model_b", "model_b_live"}) check_model(report, model);
  const auto& claims = report["claims"];
  check_claims(claims, "claims", '1', 46);
  check_claims(report["claims_against_each_other"], "claims against each other", '1', 46);
  // Whatever somebody's own log says: only the made-up shop is held to this.
  const bool made = report["made_from"]["data"].text.find("label seed_like") != std::string::npos;
  if (made) holds(verdict_of(claims, "S1-14") == "contradicted", "S1-14 is contradicted");
  holds(verdict_of(claims, "S1-42") == "contradicted", "S1-42 is contradicted");
  holds(verdict_of(report["claims_against_each_other"], "S1-14") == "contradicted", "S1-14 is impossible");
  check_audience(folder / "audience.csv",
                 {"session", "propensity", "propensity_before_cart", "decile", "segment", "action"}, 3, sessions,
                 check_groups(report["segments"], sessions, base));
}

void check_segmentation(const fs::path& folder, const parsed_json& report, double sessions, double base) {
  check_claims(report["claims"], "claims", '2', 29);
  (void)check_groups(report["personas"], sessions, base);
  // Whoever did not buy and has a persona with a recommendation that was made.
  std::map<std::string, double> wanted;
  for (const auto& persona : report["personas"].items) {
    const auto& name = persona["name"].text;
    for (const auto& each : report["recommendations"].items) {
      if (each["made"].text != "true" || each["recommendation"].text.rfind(name + ": ", 0) != 0) continue;
      wanted[name] = number(persona["sessions"]) - number(persona["conversion"]["hits"]);
    }
  }
  const double read = sessions + number(report["dropped_sessions"]);
  check_audience(folder / "audience.csv", {"session", "propensity", "decile", "segment", "action"}, 2, read, wanted);
}

}  // namespace

int main(int count, char** words) {
  if (count != 5) {
    std::cerr << "usage: check_study propensity|segmentation FOLDER SESSIONS docs/studies.md\n";
    return 2;
  }
  try {
    const std::string study = words[1];
    const fs::path folder = words[2];
    const double sessions = std::stod(words[3]);
    const parsed_json report = json_reader::read(bytes_of(folder / "report.json"));
    const double base = number(report["base_rate"]);
    holds(report["study"].text == study, "report.json: the study");
    holds(number(report["sessions"]) == sessions, "report.json: the sessions");
    holds(within(base, 0, 1) &&
              within(base, number(report["base_rate_interval"]["low"]), number(report["base_rate_interval"]["high"])),
          "report.json: the base rate");
    const bool first = study == "propensity";
    first ? check_propensity(folder, report, sessions, base) : check_segmentation(folder, report, sessions, base);
    check_page(folder);
    check_checklist(words[4], folder, first ? '1' : '2', first ? 46 : 29);
  } catch (const std::exception& failure) {
    std::cerr << failure.what() << '\n';
    ++faults;
  }
  return faults == 0 ? 0 : 1;
}
