// SPDX-License-Identifier: MIT
// What becomes of each field of a GA4 export: the whole schema as a table, so that nothing is left out by oversight.
#pragma once

#include <string>
#include <vector>

#include <footfall/core/version.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// What a field of the export is read as.
enum class ga4_use {
  ignored,  ///< known, and not read
  visitor,  ///< text: whose event it is; an event without it is counted and left out
  name,     ///< text: the name of the event
  time,     ///< integer: microseconds since 1970 UTC
  parameters,  ///< the repeated records of key and value; ga_session_id and page_location among them become session and page
  revenue,  ///< number: added up over all records of the event
  text,     ///< a text parameter of the event, under `key`
  number    ///< a numeric parameter of the event, under `key`
};

/// One field. Records in its path are separated by points; a repeated record has `[]` after its name.
struct ga4_field {
  std::string path;
  ga4_use use = ga4_use::ignored;
  std::string key{};
};

/// The fields of the BigQuery export as of 2024, and of the public sample. To read one more, give its line another use:
/// its record need not be known. `user_pseudo_id` is the visitor, since `user_id` is missing in most events; what is said of
/// the visitor's first visit (`traffic_source`) and of all visits (`user_ltv`, `user_properties`) is not read by default.
inline std::vector<ga4_field> ga4_fields() {
  using enum ga4_use;
  return {
      {"event_date", ignored},  // the day of event_timestamp in the time zone of the property
      {"event_timestamp", time},
      {"event_name", name},
      {"event_params[]", parameters},
      {"event_previous_timestamp", ignored},
      {"event_value_in_usd", ignored},
      {"event_bundle_sequence_id", ignored},
      {"event_server_timestamp_offset", ignored},
      {"user_id", text, "user_id"},
      {"user_pseudo_id", visitor},
      {"privacy_info.analytics_storage", ignored},
      {"privacy_info.ads_storage", ignored},
      {"privacy_info.uses_transient_token", ignored},
      {"user_properties[]", ignored},
      {"user_first_touch_timestamp", ignored},
      {"user_ltv.revenue", ignored},
      {"user_ltv.currency", ignored},
      {"device.category", text, "device_category"},
      {"device.mobile_brand_name", ignored},
      {"device.mobile_model_name", ignored},
      {"device.mobile_marketing_name", ignored},
      {"device.mobile_os_hardware_model", ignored},
      {"device.operating_system", ignored},
      {"device.operating_system_version", ignored},
      {"device.vendor_id", ignored},
      {"device.advertising_id", ignored},
      {"device.language", ignored},
      {"device.is_limited_ad_tracking", ignored},
      {"device.time_zone_offset_seconds", ignored},
      {"device.browser", ignored},
      {"device.browser_version", ignored},
      {"device.web_info.browser", ignored},
      {"device.web_info.browser_version", ignored},
      {"device.web_info.hostname", ignored},
      {"geo.continent", ignored},
      {"geo.sub_continent", ignored},
      {"geo.country", text, "country"},
      {"geo.region", ignored},
      {"geo.city", ignored},
      {"geo.metro", ignored},
      {"app_info.id", ignored},
      {"app_info.version", ignored},
      {"app_info.install_store", ignored},
      {"app_info.firebase_app_id", ignored},
      {"app_info.install_source", ignored},
      {"traffic_source.name", ignored},
      {"traffic_source.medium", ignored},
      {"traffic_source.source", ignored},
      {"stream_id", ignored},
      {"platform", ignored},
      {"event_dimensions.hostname", ignored},
      {"ecommerce.total_item_quantity", number, "total_item_quantity"},
      {"ecommerce.purchase_revenue_in_usd", ignored},
      {"ecommerce.purchase_revenue", number, "purchase_revenue"},
      {"ecommerce.refund_value_in_usd", ignored},
      {"ecommerce.refund_value", number, "refund_value"},
      {"ecommerce.shipping_value_in_usd", ignored},
      {"ecommerce.shipping_value", ignored},
      {"ecommerce.tax_value_in_usd", ignored},
      {"ecommerce.tax_value", ignored},
      {"ecommerce.unique_items", ignored},
      {"ecommerce.transaction_id", text, "transaction_id"},
      {"items[].item_id", ignored},
      {"items[].item_name", ignored},
      {"items[].item_brand", ignored},
      {"items[].item_variant", ignored},
      {"items[].item_category", ignored},
      {"items[].item_category2", ignored},
      {"items[].item_category3", ignored},
      {"items[].item_category4", ignored},
      {"items[].item_category5", ignored},
      {"items[].price_in_usd", ignored},
      {"items[].price", ignored},
      {"items[].quantity", ignored},
      {"items[].item_revenue_in_usd", ignored},
      {"items[].item_revenue", revenue},
      {"items[].item_refund_in_usd", ignored},
      {"items[].item_refund", ignored},
      {"items[].coupon", ignored},
      {"items[].affiliation", ignored},
      {"items[].location_id", ignored},
      {"items[].item_list_id", ignored},
      {"items[].item_list_name", ignored},
      {"items[].item_list_index", ignored},
      {"items[].promotion_id", ignored},
      {"items[].promotion_name", ignored},
      {"items[].creative_name", ignored},
      {"items[].creative_slot", ignored},
      {"items[].item_params[]", ignored},
      {"collected_traffic_source.manual_campaign_id", ignored},
      {"collected_traffic_source.manual_campaign_name", text, "manual_campaign_name"},
      {"collected_traffic_source.manual_source", text, "manual_source"},
      {"collected_traffic_source.manual_medium", text, "manual_medium"},
      {"collected_traffic_source.manual_term", ignored},
      {"collected_traffic_source.manual_content", ignored},
      {"collected_traffic_source.manual_source_platform", ignored},
      {"collected_traffic_source.manual_creative_format", ignored},
      {"collected_traffic_source.manual_marketing_tactic", ignored},
      {"collected_traffic_source.gclid", text, "gclid"},
      {"collected_traffic_source.dclid", text, "dclid"},
      {"collected_traffic_source.srsltid", text, "srsltid"},
      {"session_traffic_source_last_click",
       ignored},  // by Google's own rules; footfall finds a session's source itself
      {"is_active_user", ignored},
      {"batch_event_index", ignored},
      {"batch_page_id", ignored},
      {"batch_ordering_id", ignored},
      {"publisher", ignored},
  };
}

FOOTFALL_END_NAMESPACE
