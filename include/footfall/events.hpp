// SPDX-License-Identifier: MIT
// Table of contents: from events to tables of sessions. What reads GA4 exports (events/ga4.hpp, which needs simdjson) is
// included by its own header.
#pragma once

// What visitors did, and sessions cut from it.
#include <footfall/events/append_log.hpp>
#include <footfall/events/as_of.hpp>
#include <footfall/events/bounded_set.hpp>
#include <footfall/events/channel_rules.hpp>
#include <footfall/events/csv_log.hpp>
#include <footfall/events/csv_log_part.hpp>
#include <footfall/events/early_models.hpp>
#include <footfall/events/event.hpp>
#include <footfall/events/event_block.hpp>
#include <footfall/events/event_group.hpp>
#include <footfall/events/event_log.hpp>
#include <footfall/events/event_rows.hpp>
#include <footfall/events/event_view.hpp>
#include <footfall/events/feature_rows.hpp>
#include <footfall/events/fold.hpp>
#include <footfall/events/fold_plan.hpp>
#include <footfall/events/fold_program.hpp>
#include <footfall/events/ga4_channels.hpp>
#include <footfall/events/glob.hpp>
#include <footfall/events/lines.hpp>
#include <footfall/events/live.hpp>
#include <footfall/events/live_counts.hpp>
#include <footfall/events/parameter_forms.hpp>
#include <footfall/events/part_begins.hpp>
#include <footfall/events/session_features.hpp>
#include <footfall/events/session_list.hpp>
#include <footfall/events/session_rules.hpp>
#include <footfall/events/session_sources.hpp>
#include <footfall/events/session_state.hpp>
#include <footfall/events/session_stream.hpp>
#include <footfall/events/session_table.hpp>
#include <footfall/events/session_touches.hpp>
#include <footfall/events/sessionize.hpp>
#include <footfall/events/studied_features.hpp>
#include <footfall/events/table_log.hpp>
#include <footfall/events/text_dictionary.hpp>
#include <footfall/events/text_set.hpp>
#include <footfall/events/time_zone.hpp>
#include <footfall/events/traffic_source.hpp>
#include <footfall/events/url_query.hpp>
#include <footfall/events/visit_source.hpp>

// What a made-up shop's visitors did, for examples, tests and benches.
#include <footfall/synthetic/fashion_events.hpp>
#include <footfall/synthetic/ga4_lines.hpp>
