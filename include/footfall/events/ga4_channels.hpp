// SPDX-License-Identifier: MIT
// The default channels of Google Analytics 4 as a table of rules, and the search engines and assistants that referrers name.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include <footfall/core/version.hpp>
#include <footfall/events/channel_rules.hpp>

FOOTFALL_BEGIN_NAMESPACE

struct ga4_channel_options {
  /// With the channel that Google added in May 2026, for visits whose medium is ai-assistant; and, which Google does not do, for
  /// those that an assistant on our list referred, as trackers and older exports have them. Without: the table of 2023.
  bool ai_assistants = true;
};

namespace detail {

// Rules by the definitions that Google publishes for traffic that ads of Google's own networks do not cover (an export does not
// tell their kind of network), in Google's order. Its lists of some 800 sites are not ours: these name the large ones.
inline constexpr std::string_view ga4_lists = R"(
list paid = *cp*, ppc, retargeting, paid*
list shop_words = shop*, *[^a-df-z]shop*, *shopping*
list email = email, e-mail, e_mail, e mail

list search = google, google.*, www.google.*, bing, yahoo, duckduckgo, ecosia, baidu, yandex, naver, daum, seznam, qwant
list search = startpage, brave, ask, aol, sogou, so.com, lycos, dogpile, swisscows, mojeek, metager, rambler, kagi, coc coc
list search = yandex.*, www.yandex.*, com.google.android.googlequicksearchbox
sites search = bing.com, search.yahoo.com, search.yahoo.co.jp, duckduckgo.com, ecosia.org, baidu.com, search.naver.com
sites search = search.daum.net, search.seznam.cz, qwant.com, startpage.com, search.brave.com, ask.com, search.aol.com
sites search = sogou.com, so.com, lycos.com, dogpile.com, swisscows.com, mojeek.com, metager.org, kagi.com, coccoc.com

list social = facebook, fb, instagram, ig, twitter, x, linkedin, pinterest, tiktok, reddit, snapchat, threads, tumblr, vk
list social = whatsapp, telegram, messenger, wechat, weibo, line, quora, bluesky, mastodon, xing, discord, pinterest.*
sites social = facebook.com, fb.com, fb.me, instagram.com, twitter.com, x.com, t.co, linkedin.com, lnkd.in, pinterest.com
sites social = pin.it, tiktok.com, reddit.com, snapchat.com, threads.net, threads.com, tumblr.com, vk.com, whatsapp.com
sites social = wa.me, t.me, telegram.org, messenger.com, weibo.com, weibo.cn, line.me, quora.com, bsky.app, xing.com
sites social = discord.com, mastodon.social, ok.ru, meetup.com, nextdoor.com, kakao.com

list video = youtube, vimeo, twitch, dailymotion, netflix, hulu, disneyplus, youku, iqiyi, bilibili, rumble
sites video = youtube.com, youtu.be, vimeo.com, twitch.tv, dailymotion.com, netflix.com, hulu.com, disneyplus.com
sites video = youku.com, iqiyi.com, bilibili.com, rumble.com, nicovideo.jp, wistia.com

list shopping = amazon, amazon.*, www.amazon.*, ebay, ebay.*, www.ebay.*, etsy, alibaba, aliexpress, walmart, rakuten
list shopping = mercadolibre, mercadolibre.*, shopify, idealo, idealo.*, shopee, shopee.*, lazada, lazada.*, google shopping
sites shopping = etsy.com, alibaba.com, aliexpress.com, walmart.com, rakuten.co.jp, rakuten.com, shopify.com, shop.app
sites shopping = target.com, bestbuy.com, allegro.pl, bol.com, zalando.com, otto.de, temu.com, taobao.com, tmall.com
)";

inline constexpr std::string_view ai_assistant_list = R"(
list assistants = chatgpt, gemini, claude, copilot, perplexity, grok, deepseek
sites assistants = chatgpt.com, chat.openai.com, gemini.google.com, bard.google.com, claude.ai, copilot.microsoft.com
sites assistants = perplexity.ai, grok.com, chat.deepseek.com, chat.mistral.ai, meta.ai, poe.com, you.com
)";

inline constexpr std::string_view ga4_paid_rules = R"(
Direct: source = (direct); medium = (none), (not set)
Direct: source = (empty), (direct); medium = (empty)
Cross-network: campaign = *cross-network*
Paid Shopping: source = @shopping; medium = @paid
Paid Shopping: campaign = @shop_words; medium = @paid
Paid Search: source = @search; medium = @paid
Paid Social: source = @social; medium = @paid
Paid Video: source = @video; medium = @paid
Display: medium = display, banner, expandable, interstitial, cpm
Paid Other: medium = @paid
)";

inline constexpr std::string_view ai_assistant_rules = R"(
AI Assistant: medium = ai-assistant
AI Assistant: source = @assistants; medium = referral
)";

inline constexpr std::string_view ga4_other_rules = R"(
Organic Shopping: source = @shopping
Organic Shopping: campaign = @shop_words
Organic Social: source = @social
Organic Social: medium = social, social-network, social-media, sm, social network, social media
Organic Video: source = @video
Organic Video: medium = *video*
Organic Search: source = @search
Organic Search: medium = organic
Referral: medium = referral, app, link
Email: source = @email
Email: medium = @email
Affiliates: medium = affiliate
Audio: medium = audio
SMS: source = sms
SMS: medium = sms
Mobile Push Notifications: medium = *push, *mobile*, *notification*
Mobile Push Notifications: source = firebase
)";

// What a referrer's host says: "source / medium" as channels of hosts.
inline constexpr std::string_view referrer_rules = R"(version referrers-2026
google / organic: source = google.*, www.google.*, com.google.android.googlequicksearchbox
yandex / organic: source = yandex.*, www.yandex.*
sites bing = bing.com
bing / organic: source = @bing
sites yahoo = search.yahoo.com, search.yahoo.co.jp
yahoo / organic: source = @yahoo
sites duckduckgo = duckduckgo.com
duckduckgo / organic: source = @duckduckgo
sites ecosia = ecosia.org
ecosia / organic: source = @ecosia
sites baidu = baidu.com
baidu / organic: source = @baidu
sites naver = search.naver.com
naver / organic: source = @naver
sites daum = search.daum.net
daum / organic: source = @daum
sites seznam = search.seznam.cz
seznam / organic: source = @seznam
sites qwant = qwant.com
qwant / organic: source = @qwant
sites startpage = startpage.com
startpage / organic: source = @startpage
sites brave = search.brave.com
brave / organic: source = @brave
sites ask = ask.com
ask / organic: source = @ask
sites aol = search.aol.com
aol / organic: source = @aol
sites sogou = sogou.com
sogou / organic: source = @sogou
sites kagi = kagi.com
kagi / organic: source = @kagi
)";

}  // namespace detail

/// The default channel group as a table named ga4-2026, or ga4-2023 without assistants: what Google publishes for manual traffic,
/// with our own, shorter lists of sites. Numbers will differ a little from Google's reports, which also know its ads' networks.
inline channel_rules ga4_channels(const ga4_channel_options& options = {}) {
  std::string table = options.ai_assistants ? "version ga4-2026" : "version ga4-2023";
  table += detail::ga4_lists;
  if (options.ai_assistants) table += detail::ai_assistant_list;
  table += detail::ga4_paid_rules;
  if (options.ai_assistants) table += detail::ai_assistant_rules;
  table += detail::ga4_other_rules;
  return channel_rules::parse(std::move(table));
}

/// Hosts of search engines, each with the source and medium that a visit from there has: a table whose channels read
/// "google / organic". Hosts that no rule fits are referrals.
inline channel_rules known_referrers() { return channel_rules::parse(std::string(detail::referrer_rules)); }

FOOTFALL_END_NAMESPACE
