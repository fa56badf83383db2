# SPDX-License-Identifier: MIT
# R's ranger and data.table: `Rscript r_peer.R OPERATION THREADS REPEATS`. Prints the same lines of JSON as the
# Python runners do and exits with 3 when a package is missing.

arguments <- commandArgs(TRUE)
if (length(arguments) != 3) stop("usage: r_peer.R OPERATION THREADS REPEATS")
threads <- as.integer(arguments[2])
repeats <- as.integer(arguments[3])

script <- sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE))
here <- dirname(normalizePath(script))
data_folder <- Sys.getenv("PEERS_DATA", file.path(here, "..", "..", "out", "peers-data"))

# The line of operations.csv as a list; its settings as numbers where they are.
read_operation <- function(name) {
  path <- Sys.getenv("PEERS_OPERATIONS", file.path(here, "operations.csv"))
  table <- read.csv(path, comment.char = "#", colClasses = "character")
  line <- as.list(table[table$operation == name, ])
  if (length(line$title) != 1) stop("unknown operation ", name)
  pairs <- strsplit(strsplit(line$settings, " ")[[1]], "=")
  for (pair in pairs) line[[pair[1]]] <- type.convert(pair[2], as.is = TRUE)
  line
}

need <- function(package) {
  if (!requireNamespace(package, quietly = TRUE)) {
    message("r-cran-", package, " is not installed")
    quit(status = 3)
  }
}

# A .npy file of version 1 in C order: little-endian float32, float64 or int32, one or two dimensions.
read_npy <- function(name) {
  file <- file(file.path(data_folder, name), "rb")
  on.exit(close(file))
  start <- readBin(file, "raw", 10)
  header <- readChar(file, as.integer(start[9]) + 256L * as.integer(start[10]), useBytes = TRUE)
  shape <- as.integer(strsplit(gsub(".*'shape': \\(([0-9, ]*)\\).*", "\\1", header), ", *")[[1]])
  size <- as.integer(sub(".*'descr': '<[fi]([48])'.*", "\\1", header))
  what <- if (grepl("'descr': '<i", header)) "integer" else "double"
  values <- readBin(file, what, prod(shape), size = size, endian = "little")
  if (length(shape) == 1) values else matrix(values, shape[1], shape[2], byrow = TRUE)
}

timed <- function(work) {
  seconds <- numeric(0)
  for (i in seq_len(repeats)) {
    start <- as.numeric(Sys.time())
    result <- work(i)
    seconds <- c(seconds, as.numeric(Sys.time()) - start)
  }
  list(seconds = seconds, result = result)
}

# ROC-AUC and average precision; ties count half and as one step.
ranking_quality <- function(score, y) {
  order <- order(-score)
  score <- score[order]
  y <- y[order]
  positives <- sum(y)
  negatives <- length(y) - positives
  auc <- (sum(rank(score)[y == 1]) - positives * (positives + 1) / 2) / (positives * negatives)
  step <- !duplicated(score, fromLast = TRUE)
  found <- cumsum(y)[step]
  precision <- found / which(step)
  list(roc_auc = auc, average_precision = sum(diff(c(0, found)) / positives * precision))
}

json_object <- function(values) {
  fields <- sprintf('"%s": %s', names(values), vapply(values, format, "", digits = 10, scientific = FALSE))
  paste0("{", paste(fields, collapse = ", "), "}")
}

peak_memory_mb <- function() {
  line <- grep("VmHWM", readLines("/proc/self/status"), value = TRUE)
  round(as.numeric(gsub("[^0-9]", "", line)) / 1024, 1)
}

emit <- function(operation, peer, package, runs, quality) {
  cat(sprintf(paste0('{"operation": "%s", "workload": "%s", "peer": "%s", "version": "%s", "threads": %d, ',
                     '"runs": [%s], "min": %.7f, "median": %.7f, "quality": %s, "notes": {}, "rss_mb": %s, ',
                     '"load1": %s}\n'),
              operation$operation, operation$title, peer, as.character(packageVersion(package)), threads,
              paste(sprintf("%.7f", runs), collapse = ", "), min(runs), median(runs), json_object(quality),
              peak_memory_mb(), strsplit(readLines("/proc/loadavg"), " ")[[1]][1]))
}

# ranger has no bound on the leaf but on the node that may still be split: twice the leaf where it is above 1.
fit_forest <- function(operation, x, y, seed) {
  ranger::ranger(x = x, y = y, num.trees = operation$trees, mtry = operation$features_per_split,
                 probability = TRUE, max.depth = operation$max_depth, num.threads = threads, seed = seed,
                 min.node.size = if (operation$min_leaf == 1) 1 else 2 * operation$min_leaf, oob.error = FALSE)
}

score_with <- function(forest, x) predict(forest, x, num.threads = threads)$predictions[, "1"]

load_features <- function(name) {
  x <- read_npy(paste0(name, "_X.npy"))
  colnames(x) <- paste0("x", seq_len(ncol(x)))
  x
}

load_split <- function(operation) {
  x <- load_features(operation$x)
  y <- read_npy(paste0(operation$x, "_y.npy"))
  train <- seq_along(y) <= (length(y) * 3) %/% 4
  list(x = x[train, ], y = factor(y[train]), x_test = x[!train, ], y_test = y[!train])
}

forest_train <- function(operation) {
  need("ranger")
  split <- load_split(operation)
  measured <- timed(function(i) fit_forest(operation, split$x, split$y, seed = i))
  emit(operation, "ranger (R)", "ranger", measured$seconds,
       ranking_quality(score_with(measured$result, split$x_test), split$y_test))
}

forest_score <- function(operation) {
  need("ranger")
  split <- load_split(operation)
  forest <- fit_forest(operation, split$x, split$y, seed = 1)
  scored <- load_features(operation$scored)
  measured <- timed(function(i) score_with(forest, scored))
  emit(operation, "ranger (R)", "ranger", measured$seconds,
       ranking_quality(score_with(forest, split$x_test), split$y_test))
}

read_csv <- function(operation) {
  need("data.table")
  data.table::setDTthreads(threads)
  path <- file.path(data_folder, paste0(operation$csv, ".csv"))
  data.table::fread(path)
  measured <- timed(function(i) data.table::fread(path))
  table <- measured$result
  emit(operation, "data.table fread", "data.table", measured$seconds,
       list(rows = nrow(table), columns = ncol(table), clicks = sum(table$clicks)))
}

groupby <- function(operation) {
  need("data.table")
  suppressPackageStartupMessages(library(data.table))
  setDTthreads(threads)
  table <- fread(file.path(data_folder, "attr.csv"))
  measured <- timed(function(i) {
    table[, .(sessions = .N, conversions = sum(converted), revenue = sum(revenue)), by = .(channel, segment)]
  })
  emit(operation, "data.table by, text keys", "data.table", measured$seconds,
       list(groups = nrow(measured$result), revenue = sum(measured$result$revenue)))
}

handlers <- list(
  forest_train_full = forest_train,
  forest_train_d12 = forest_train,
  forest_train_1m = forest_train,
  forest_score_25k = forest_score,
  forest_score_1m = forest_score,
  csv_500k = read_csv,
  groupby_500k = groupby
)
handler <- handlers[[arguments[1]]]
if (is.null(handler)) stop("unknown operation ", arguments[1], "; known here are ",
                           paste(names(handlers), collapse = ", "))
handler(read_operation(arguments[1]))
