using static PixelPipeline.Agents.AgentSign;
using static PixelPipeline.Agents.WordEnds;

namespace PixelPipeline.Agents;

/// <summary>
/// What tells machines from people. What machines have in common comes first and finds most of them, those of tomorrow
/// too; names are here only where they say more than that, or where nothing else would tell.
/// </summary>
internal static class MachineMarkers
{
    /// <summary>What machines have in common, and the people who look like them.</summary>
    private static readonly Marker[] Common =
    [
        new("bot", Bot, End), new("bots", Bot, End), new("robot", Bot), new("crawl", Bot), new("spider", Bot), new("scrap", Bot), new("slurp", Bot),
        new("fetch", Bot), new("archiv", Bot), new("indexer", Bot), new("feed", Bot), new("rss", Bot, Both), new("seo", Bot, Both), new("favicon", Bot),
        new("parser", Bot), new("extract", Bot), new("harvest", Bot), new("search", Bot, End), new("finder", Bot, End),
        new("subscriber", Bot), new("copier", Bot), new("sucker", Bot), new("webcapture", Bot), new("ips-agent", Bot), new("-agent", Bot, End),
        new("http:", Address), new("https:", Address), new("www.", Address), new(".com", Address, End), new(".org", Address, End), new(".net/", Address), new(".net)", Address),
        new(".io", Address, End), new("(at)", Address), new("@gmail", Address), new("bot@", Address), new("info@", Address), new(".fr", Address, End),
        new("compatible;", Compatible), new("-ai", Bot, End), new("google-", Bot), new("-google", Bot, End),
        new("cubot", NoBot), new("[fb", App), new("fban/", App), new("fb_iab", App), new("instagram", App, Start), new("micromessenger", App), new(" line/", App),
        new("electron/", App), new("gsa/", App, Start), new("pinterest for", App), new("barcelona ", App), new("snapchat/", App),
        new("outlook", PersonsProgram, Start), new("thunderbird", PersonsProgram), new("dalvik/", PersonsProgram), new("nokia", PersonsProgram, Start), new("sonyericsson", PersonsProgram, Start),
        new("blackberry", PersonsProgram, Start), new("samsung-", PersonsProgram, Start), new("mot-", PersonsProgram, Start), new("lg-", PersonsProgram, Start),
        new("ucweb/", PersonsProgram, Start), new("midp", PersonsProgram), new("j2me", PersonsProgram), new("docomo/", PersonsProgram), new("lynx/", PersonsProgram, Start), new("links (", PersonsProgram, Start),
        new("elinks", PersonsProgram, Start), new("w3m/", PersonsProgram, Start), new("cfnetwork/", PersonsProgram), new("mobilesafari/", PersonsProgram), new("netfront/", PersonsProgram), new("lotus-notes", PersonsProgram),
    ];

    /// <summary>Mail services.</summary>
    private static readonly Marker[] Mails =
    [
        new("googleimageproxy", MailProxy), new("yahoomailproxy", MailProxy), new("image fetcher", MailProxy), new("edge/12.246 mozilla/5.0", MailPrefetch),
    ];

    /// <summary>Messengers and social networks.</summary>
    private static readonly Marker[] Previews =
    [
        new("slackbot", LinkPreview), new("slack-imgproxy", LinkPreview), new("facebookexternalhit", LinkPreview), new("facebookcatalog", Crawler), new("facebot", LinkPreview), new("meta-external", LinkPreview),
        new("twitterbot", LinkPreview), new("discordbot", LinkPreview), new("whatsapp", LinkPreview, Start), new("telegrambot", LinkPreview), new("skypeuripreview", LinkPreview),
        new("bingpreview", LinkPreview), new("linkedinbot", LinkPreview), new("pinterest/0", LinkPreview), new("pinterestbot", LinkPreview), new("redditbot", LinkPreview), new("embedly", LinkPreview),
        new("iframely", LinkPreview), new("viber", LinkPreview, Start), new("vkshare", LinkPreview), new("vkrobot", LinkPreview), new("linespider", LinkPreview), new("hatena", LinkPreview), new("groupmebot", LinkPreview),
        new("flipboard", LinkPreview), new("tiktokspider", LinkPreview), new("addthis", LinkPreview), new("snap url preview", LinkPreview), new("mastodon/", LinkPreview), new("bluesky", LinkPreview), new("tumblr/", LinkPreview),
        new("everyonesocial", LinkPreview), new("onebox", LinkPreview), new("line-poker", LinkPreview), new("kakaotalk-scrap", LinkPreview), new("google-pagerenderer", LinkPreview), new("synapse ", LinkPreview), new("preview", LinkPreview), new("unfurl", LinkPreview), new("opengraph", LinkPreview), new("urllookup", LinkPreview),
    ];

    /// <summary>Monitors, scanners, libraries and driven browsers.</summary>
    private static readonly Marker[] Tools =
    [
        new("headless", Tool), new("phantomjs", Tool), new("puppeteer", Tool), new("playwright", Tool), new("selenium", Tool), new("webdriver", Tool), new("lighthouse", Tool), new("gtmetrix", Tool), new("ptst/", Tool),
        new("curl/", Tool), new("wget", Tool), new("python", Tool), new("aiohttp", Tool), new("httpx", Tool), new("go-http-client", Tool), new("okhttp", Tool), new("java/", Tool), new("httpclient", Tool), new("http-client", Tool),
        new("http_request", Tool), new("libwww", Tool), new("lwp-", Tool), new("lwp::", Tool), new("perl", Tool, Both), new("ruby", Tool, Both), new("guzzle", Tool), new("axios", Tool), new("node-fetch", Tool), new("undici", Tool), new("got (", Tool),
        new("php/", Tool), new("reqwest", Tool), new("postman", Tool), new("insomnia/", Tool), new("apachebench", Tool), new("jmeter", Tool), new("k6/", Tool, Start), new("rest-client", Tool), new("restsharp", Tool), new("urlgrabber", Tool),
        new("uptime", Tool), new("pingdom", Tool), new("statuscake", Tool), new("googlestackdriver", Tool), new("site24x7", Tool), new("newrelic", Tool), new("datadog", Tool), new("monitor", Tool), new("synthetic", Tool), new("watchdog", Tool),
        new("healthcheck", Tool), new("health-check", Tool), new("checker", Tool), new("linkcheck", Tool), new("validator", Tool), new("pinger", Tool), new("ping", Tool, Both), new("probe", Tool), new("nagios", Tool), new("zabbix", Tool), new("thousandeyes", Tool),
        new("scan", Tool), new("scanner", Tool), new("nmap", Tool), new("nikto", Tool), new("sqlmap", Tool), new("openvas", Tool), new("nessus", Tool), new("qualys", Tool), new("zgrab", Tool), new("masscan", Tool), new("censys", Tool), new("security", Tool), new("detectify", Tool),
        new("ssl", Tool, Start), new("certificate", Tool), new("msoffice", Tool), new("existence discovery", Tool), new("pixel-doctor", Tool), new("cron", Tool), new("webhook", Tool), new("cloudflare-", Tool), new("google-apps-script", Tool), new("speedtest", Tool),
        new("detector", Tool), new("watch", Tool), new("alert", Tool), new("cookie", Tool), new("verif", Tool), new("inspector", Tool), new("observer", Tool), new("umbrella", Tool), new("compliance", Tool), new("comply", Tool), new("antivir", Tool), new("-check", Tool, Both), new("secbot", Tool), new("jugendschutz", Tool),
        new("httrack", Tool), new("scrapy", Tool), new("colly", Tool, Start), new("httpie", Tool), new("jersey/", Tool), new("jetty/", Tool), new("http_get", Tool), new("httpunit", Tool), new("mechanize", Tool), new("appinsights", Tool), new("hardenize", Tool), new("catchpoint", Tool),
    ];

    /// <summary>Crawlers that nothing else in their agents gives away.</summary>
    private static readonly Marker[] Crawlers =
    [
        new("googlebot", Crawler), new("bingbot", Crawler), new("yandexbot", Crawler), new("mediapartners", Crawler), new("adsbot", Crawler), new("inoreader", Crawler), new("feedly", Crawler), new("gptbot", Crawler), new("claudebot", Crawler),
        new("heritrix", Crawler), new("nutch", Crawler),
    ];

    /// <summary>All of them.</summary>
    public static IEnumerable<Marker> All => [.. Common, .. Mails, .. Previews, .. Tools, .. Crawlers];
}
