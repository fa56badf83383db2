# SPDX-License-Identifier: MIT
# Writes statistics.hpp: what R's distributions, tests and intervals say. Run from this folder: Rscript make_statistics.R
set.seed(20240601)
number <- function(x) ifelse(is.infinite(x), ifelse(x > 0, "HUGE_VAL", "-HUGE_VAL"), sprintf("%.17g", x))
row <- function(...) paste0("    {", paste(number(c(...)), collapse = ", "), "}")
numbers <- function(x) paste0("{", paste(number(x), collapse = ", "), "}")
lines <- character()
say <- function(...) lines <<- c(lines, paste0(...))
table_of <- function(name, type, rows) {
  say("inline const std::vector<", type, "> ", name, " = {")
  say(paste(rows, collapse = ",\n"), "};")
  say("")
}

say("// SPDX-License-Identifier: MIT")
say("// Written by make_statistics.R with R ", R.version$major, ".", R.version$minor, ": do not edit.")
say("// clang-format off")
say("#pragma once")
say("")
say("#include <cmath>")
say("#include <cstdint>")
say("#include <vector>")
say("")
say("namespace oracle {")
say("")
say("struct gamma_case { double shape, x, below, above; };")
rows <- c()
for (shape in c(0.5, 1, 1.5, 5, 50, 1234.5, 5e4, 5e5, 5e6, 1e9)) {
  for (z in c(-5, -1, 0, 0.3, 2, 7, 30)) {
    x <- max(shape * 1e-3, shape + z * sqrt(shape))
    rows <- c(rows, row(shape, x, pgamma(x, shape), pgamma(x, shape, lower.tail = FALSE)))
  }
}
table_of("gamma_cases", "gamma_case", rows)

say("struct beta_case { double a, b, x, below, above; };")
rows <- c()
for (shapes in list(c(0.5, 0.5), c(0.5, 3), c(7, 0.5), c(151, 474), c(462, 5788), c(5000, 0.5), c(5e6, 0.5), c(5, 1e6),
                    c(3e4, 1.2e5), c(1e5, 1e5), c(2e6, 8e6), c(3e8, 7e8))) {
  mean <- shapes[1] / sum(shapes)
  sd <- sqrt(mean * (1 - mean) / (sum(shapes) + 1))
  for (z in c(-6, -1, 0, 0.3, 2, 6)) {
    x <- mean + z * sd
    if (x <= 0 || x >= 1) x <- mean / 1000
    rows <- c(rows, row(shapes, x, pbeta(x, shapes[1], shapes[2]), pbeta(x, shapes[1], shapes[2], lower.tail = FALSE)))
  }
}
table_of("beta_cases", "beta_case", rows)

say("struct normal_case { double z, below, above; };")
table_of("normal_cases", "normal_case",
         sapply(c(-37, -20, -8, -3, -1.5, -0.1, 0, 0.5, 1.959963984540054, 6, 12, 36), function(z) row(z, pnorm(z), pnorm(-z))))
say("struct normal_quantile_case { double p, z; };")
table_of("normal_quantiles", "normal_quantile_case",
         sapply(c(1e-300, 1e-100, 1e-20, 1e-10, 0.001, 0.025, 0.3, 0.6, 0.975, 0.9999), function(p) row(p, qnorm(p))))

say("struct t_case { double t, degrees, above, p, quantile; };")
rows <- c()
for (degrees in c(1, 2, 3.7, 10, 100, 12345, 1e6)) {
  for (t in c(-40, -3, -0.5, 0.01, 1.7, 2.5, 15)) {
    p <- runif(1)^3
    rows <- c(rows, row(t, degrees, pt(t, degrees, lower.tail = FALSE), p, qt(p, degrees)))
  }
}
table_of("t_cases", "t_case", rows)

say("struct chi_square_case { double x, degrees, above, p, quantile; };")
rows <- c()
for (degrees in c(1, 2, 4, 17, 300, 1e5)) {
  for (ratio in c(0.01, 0.7, 1, 1.1, 3)) {
    p <- runif(1)
    rows <- c(rows, row(ratio * degrees, degrees, pchisq(ratio * degrees, degrees, lower.tail = FALSE), p, qchisq(p, degrees)))
  }
}
table_of("chi_square_cases", "chi_square_case", rows)

say("struct f_case { double f, degrees, denominator, below, above; };")
rows <- c()
for (degrees in list(c(1, 1), c(2, 17.3), c(4, 1e5), c(30, 30), c(5, 2))) {
  for (f in c(0.01, 0.8, 1, 2.5, 40)) {
    rows <- c(rows, row(f, degrees, pf(f, degrees[1], degrees[2]), pf(f, degrees[1], degrees[2], lower.tail = FALSE)))
  }
}
table_of("f_cases", "f_case", rows)

say("struct binomial_case { std::int64_t hits, trials; double share, below, above; };")
rows <- c()
for (each in list(c(0, 10, 0.1), c(3, 10, 0.5), c(9, 10, 0.99), c(151, 625, 0.07392), c(30100, 150000, 0.202),
                  c(1999000, 10000000, 0.2), c(2, 1000000, 1e-6))) {
  rows <- c(rows, row(each, pbinom(each[1], each[2], each[3]), pbinom(each[1], each[2], each[3], lower.tail = FALSE)))
}
table_of("binomial_cases", "binomial_case", rows)

say("struct exact_case { std::int64_t hits, trials; double confidence, low, high; };")
rows <- c()
for (each in list(c(0, 10, 0.95), c(10, 10, 0.95), c(1, 29, 0.95), c(151, 625, 0.95), c(81, 263, 0.9),
                  c(30300, 150000, 0.99), c(2, 1000000, 0.95), c(999999, 1000000, 0.5))) {
  rows <- c(rows, row(each, binom.test(each[1], each[2], conf.level = each[3])$conf.int))
}
table_of("exact_cases", "exact_case", rows)

# Samples of unequal spread with ties: whole seconds on a page.
say("struct sample_case { std::vector<std::vector<double>> groups; double f, degrees, denominator, p, h, kruskal_p, t, t_degrees, t_p, low, high; };")
rows <- c()
for (sizes in list(c(5, 7), c(12, 3, 9), c(40, 25, 10, 33, 8))) {
  groups <- lapply(seq_along(sizes), function(i) floor(rgamma(sizes[i], 1 + i / 4) * 40))
  of <- factor(rep(seq_along(sizes), sizes))
  values <- unlist(groups)
  anova <- oneway.test(values ~ of)
  kruskal <- kruskal.test(values, of)
  welch <- t.test(groups[[1]], groups[[2]], conf.level = 0.9)
  rows <- c(rows, paste0("    {{", paste(sapply(groups, numbers), collapse = ",\n      "), "},\n     ",
    paste(number(c(anova$statistic, anova$parameter, anova$p.value, kruskal$statistic, kruskal$p.value, welch$statistic,
                   welch$parameter, welch$p.value, welch$conf.int)), collapse = ", "), "}"))
}
table_of("sample_cases", "sample_case", rows)

say("struct paired_case { std::vector<double> a, b; double t, degrees, p, low, high; };")
a <- round(rnorm(15, 10, 3), 2)
b <- round(a + rnorm(15, 0.4, 1), 2)
paired <- t.test(a, b, paired = TRUE)
say("inline const paired_case paired = {", numbers(a), ",\n    ", numbers(b), ",\n    ",
    paste(number(c(paired$statistic, paired$parameter, paired$p.value, paired$conf.int)), collapse = ", "), "};")
say("")

say("struct mcnemar_case { std::int64_t only_a, only_b; double p; };")
table_of("mcnemar_cases", "mcnemar_case",
         sapply(list(c(1, 8), c(25, 12), c(0, 5), c(10, 10), c(50210, 49500)), function(x) row(x, binom.test(x[1], sum(x))$p.value)))

say("struct holm_case { std::vector<double> p, adjusted; };")
rows <- c()
for (p in list(c(0.01, 0.04, 0.03, 0.005), c(0.5), c(0.2, 0.2, 0.9, 1e-5, 0.012, 0.011), c(0, 1, 0.3))) {
  rows <- c(rows, paste0("    {", numbers(p), ", ", numbers(p.adjust(p, "holm")), "}"))
}
table_of("holm_cases", "holm_case", rows)
say("}  // namespace oracle")
writeLines(lines, "statistics.hpp")
