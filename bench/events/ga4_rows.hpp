// SPDX-License-Identifier: MIT
// Lines shaped like those of a GA4 export: the fields, their order and their lengths as the BigQuery export has them.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>

#include <footfall/core/error.hpp>
#include <footfall/core/random.hpp>

namespace workload {

/// A seeded shop's events, line after line: four in ten page views, four with items; ten events a visitor, among those of
/// 5,000 others.
class ga4_rows {
 public:
  /// With `nulls`, fields without a value are written as null, as some exporters do; BigQuery leaves them out.
  explicit ga4_rows(bool nulls) : nulls_(nulls) {}

  /// One line with its line feed. It is put together with single quotes, which become double ones at its end.
  void append_to(std::string& out) {
    static constexpr const char* names[] = {"page_view", "page_view", "page_view", "page_view",   "user_engagement",
                                            "scroll",    "view_item", "view_item", "add_to_cart", "purchase"};
    const std::string name = names[random_.below(10)];
    const bool sells = name == "view_item" || name == "add_to_cart" || name == "purchase";
    const std::uint64_t visitor = rows_++ / 10 + random_.below(5'000);
    const std::uint64_t session = 1'700'000'000 + visitor * 37 + random_.below(2) * 86'400;
    const std::string campaign = "?utm_source=newsletter\\u0026utm_medium=email\\u0026utm_campaign=spring";
    time_ += random_.below(900'000);
    const std::size_t begin = out.size();

    add(out, "{'event_date':'20231215','event_timestamp':'", time_, "','event_name':'", name, "','event_params':[");
    number(out, "ga_session_id", session);
    number(out, "ga_session_number", 1 + random_.below(9));
    add_text(out, "page_location",
             footfall::text("https://www.shop.example/en/women/shoes/product-", random_.below(20'000),
                            random_.below(4) == 0 ? campaign : ""));
    add_text(out, "page_title",
             footfall::text("Shoes for women, product ", random_.below(20'000), " - The Example Shop"));
    add_text(out, "page_referrer", "https://www.shop.example/en/women/shoes/");
    add_text(out, "session_engaged", "1");
    number(out, "engagement_time_msec", random_.below(60'000));
    number(out, "engaged_session_event", 1);
    add_text(out, "source", "google");
    add_text(out, "medium", "organic");
    add_text(out, "campaign", "(organic)");
    if (sells) add_text(out, "currency", "EUR");
    add_text(out, "ignore_referrer", "true");
    out.pop_back();  // the comma after the last parameter
    add(out, "],");
    absent(out, "event_previous_timestamp");
    absent(out, "event_value_in_usd");
    add(out, "'event_bundle_sequence_id':'", random_.below(2'000'000'000), "',");
    absent(out, "event_server_timestamp_offset");
    absent(out, "user_id");
    add(out, "'user_pseudo_id':'", 100'000'000 + visitor * 4001, '.', session,
        "','privacy_info':{'analytics_storage':'Yes','ads_storage':'Yes','uses_transient_token':'No'},'user_properties'"
        ":[],"
        "'user_first_touch_timestamp':'",
        session, "282001','user_ltv':{'revenue':'0.0','currency':'USD'},'device':{'category':'",
        random_.below(2) == 0 ? "mobile" : "desktop",
        "','mobile_brand_name':'Samsung','mobile_model_name':'SM-G781B','mobile_marketing_name':'Galaxy S20 FE 5G',");
    absent(out, "mobile_os_hardware_model");
    add(out, "'operating_system':'Android','operating_system_version':'Android 13.0.0',");
    absent(out, "vendor_id");
    absent(out, "advertising_id");
    add(out, "'language':'de-ch','is_limited_ad_tracking':'No',");
    absent(out, "time_zone_offset_seconds");
    add(out,
        "'web_info':{'browser':'Chrome','browser_version':'119.0.6045.194','hostname':'www.shop.example'}},"
        "'geo':{'city':'Zurich','country':'Switzerland','continent':'Europe','region':'Zurich',"
        "'sub_continent':'Western Europe','metro':'(not set)'},");
    absent(out, "app_info");
    add(out,
        "'traffic_source':{'name':'(organic)','medium':'organic','source':'google'},'stream_id':'1234567890',"
        "'platform':'WEB',");
    absent(out, "event_dimensions");
    if (sells) {
      add(out,
          "'ecommerce':{'total_item_quantity':'2','purchase_revenue_in_usd':33.5,'purchase_revenue':31.0,"
          "'unique_items':'2'},'items':[");
      for (int item = 0; item < 2; ++item) {
        add(out, item > 0 ? "," : "", "{'item_id':'product_", random_.below(20'000),
            "','item_name':'Running shoe','item_brand':'Brand','item_variant':'blue','item_category':'Shoes',"
            "'item_category2':'(not set)','item_category3':'(not "
            "set)','price_in_usd':15.8,'price':14.59,'quantity':'1',"
            "'item_revenue_in_usd':16.75,'item_revenue':15.5,'coupon':'(not set)','affiliation':'(not set)',"
            "'item_list_name':'Search results','promotion_name':'(not set)'}");
      }
      add(out, "],");
    } else {
      absent(out, "ecommerce");
      add(out, "'items':[],");
    }
    add(out,
        "'collected_traffic_source':{'manual_campaign_name':'(organic)','manual_source':'google',"
        "'manual_medium':'organic'},'is_active_user':true}\n");
    std::replace(out.begin() + static_cast<std::ptrdiff_t>(begin), out.end(), '\'', '"');
  }

 private:
  template <class... Parts>
  static void add(std::string& out, const Parts&... parts) {
    out += footfall::text(parts...);
  }
  void add_text(std::string& out, const char* key, const std::string& value) const {
    add(out, "{'key':'", key, "','value':{'string_value':'", value,
        nulls_ ? "','int_value':null,'float_value':null,'double_value':null}}," : "'}},");
  }
  void number(std::string& out, const char* key, std::uint64_t value) const {
    add(out, "{'key':'", key, nulls_ ? "','value':{'string_value':null,'int_value':'" : "','value':{'int_value':'",
        value, nulls_ ? "','float_value':null,'double_value':null}}," : "'}},");
  }
  void absent(std::string& out, const char* name) const {
    if (nulls_) add(out, '\'', name, "':null,");
  }

  bool nulls_;
  std::uint64_t rows_ = 0;
  footfall::random_stream random_{20231215};
  std::uint64_t time_ = 1'702'600'000'000'000;
};

}  // namespace workload
