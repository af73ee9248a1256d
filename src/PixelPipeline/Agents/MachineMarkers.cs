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
        new("bot/", Bot), new("bots", Bot, End), new("robot", Bot), new("crawl", Bot), new("spider", Bot), new("scrap", Bot), new("slurp", Bot), new("fetch", Bot), new("archiv", Bot), new("indexer", Bot), new("favicon", Bot),
        new("parser", Bot), new("extract", Bot), new("harvest", Bot), new("subscriber", Bot), new("copier", Bot), new("sucker", Bot), new("webcapture", Bot), new("ips-agent", Bot), new("-agent", Bot, End), new("-ai", Bot, End), new("google-", Bot), new("-google", Bot, End),
        new("bot", MaybeBot, End), new("search", MaybeBot, End), new("finder", MaybeBot, End), new("feed", MaybeBot), new("rss", MaybeBot, Both), new("seo", MaybeBot, Both),
        new("monitor", MaybeTool), new("watch", MaybeTool), new("alert", MaybeTool), new("scan", MaybeTool), new("ssl", MaybeTool, Start), new("security", MaybeTool), new("cookie", MaybeTool), new("observer", MaybeTool), new("ping", MaybeTool, Both), new("comply", MaybeTool), new("perl", MaybeTool, Both), new("ruby", MaybeTool, Both),
        new("http:", Address), new("https:", Address), new("www.", Address), new(".com", Address, End), new(".org", Address, End), new(".net/", Address), new(".net)", Address),
        new(".io", Address, End), new("(at)", Address), new("@gmail", Address), new("bot@", Address), new("info@", Address), new(".fr", Address, End),
        new("compatible;", Compatible), new("cubot", NoBot), new("[fb", App), new("fban/", App), new("fb_iab", App), new("instagram", App, Start), new("micromessenger", App), new(" line/", App),
        new("electron/", App), new("gsa/", App, Start), new("pinterest for", App), new("barcelona ", App), new("snapchat/", App), new("naver(", App), new(" viber", App), new("flipboard/", App), new("valve steam", App), new("tesla/", App), new("puffin/", App),
        new("outlook", PersonsProgram, Start), new("macoutlook", PersonsProgram), new("microsoft office/", PersonsProgram), new("thunderbird", PersonsProgram), new("postbox", PersonsProgram), new("the bat!", PersonsProgram), new("evolution/", PersonsProgram, Start), new("lotus-notes", PersonsProgram),
        new("dalvik/", PersonsProgram), new("cfnetwork/", PersonsProgram), new("alamofire/", PersonsProgram), new("mobilesafari/", PersonsProgram), new("duckduckgo/", PersonsProgram), new("webpositive", PersonsProgram), new("amiga", PersonsProgram),
        new("nokia", PersonsProgram, Start), new("sonyericsson", PersonsProgram, Start), new("blackberry", PersonsProgram, Start), new("samsung-", PersonsProgram, Start), new("mot-", PersonsProgram, Start), new("lg-", PersonsProgram, Start), new("ucweb/", PersonsProgram, Start), new("pr(ucbrowser", PersonsProgram),
        new("midp", PersonsProgram), new("j2me", PersonsProgram), new("docomo/", PersonsProgram), new("up.browser", PersonsProgram), new("wap browser", PersonsProgram), new("wap-browser", PersonsProgram), new("obigo", PersonsProgram), new("teleca", PersonsProgram), new("netfront/", PersonsProgram),
        new("lynx/", PersonsProgram, Start), new("links (", PersonsProgram, Start), new("elinks", PersonsProgram, Start), new("w3m/", PersonsProgram, Start), new("dillo/", PersonsProgram, Start), new("netsurf/", PersonsProgram, Start), new("ncsa_mosaic", PersonsProgram),
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
        new("flipboardproxy", LinkPreview), new("flipboardbrowserproxy", LinkPreview), new("flipboardrss", LinkPreview), new("tiktokspider", LinkPreview), new("addthis", LinkPreview), new("snap url preview", LinkPreview), new("mastodon/", LinkPreview), new("bluesky", LinkPreview), new("tumblr/", LinkPreview),
        new("everyonesocial", LinkPreview), new("onebox", LinkPreview), new("line-poker", LinkPreview), new("kakaotalk-scrap", LinkPreview), new("google-pagerenderer", LinkPreview), new("synapse ", LinkPreview), new("friendica", LinkPreview), new("lemmy/", LinkPreview), new("gotosocial", LinkPreview), new("odklbot", LinkPreview), new("keybasebot", LinkPreview), new("evernote", LinkPreview), new("notion/", LinkPreview, Start), new("mattermost", LinkPreview), new("dingtalkbot", LinkPreview), new("github-camo", LinkPreview), new("xing bot", LinkPreview), new("preview", LinkPreview), new("unfurl", LinkPreview), new("opengraph", LinkPreview), new("urllookup", LinkPreview),
    ];

    /// <summary>What monitors and scanners call themselves, the "bots" among them too.</summary>
    private static readonly Marker[] Tools =
    [
        new("uptime", Tool), new("monitoring", Tool), new("synthetic", Tool), new("watchdog", Tool), new("healthcheck", Tool), new("health-check", Tool), new("pinger", Tool),
        new("secbot", Tool), new("vulnerab", Tool), new("pentest", Tool), new("antivir", Tool), new("umbrella", Tool), new("jugendschutz", Tool),
        new("dcv", Tool, Both), new("speedtest", Tool), new("cron", Tool, Both), new("easycron", Tool), new("compatible; ms-office", Tool), new("pagespeed", Tool), new("page speed", Tool), new("webhook", Tool), new("google-apps-script", Tool), new("existence discovery", Tool), new("pixel-doctor", Tool), new("cloudflare-", Tool), new("cloudfront", Tool),
        new("pingdom", Tool), new("statuscake", Tool), new("googlestackdriver", Tool), new("site24x7", Tool), new("newrelic", Tool), new("datadog", Tool), new("nagios", Tool), new("zabbix", Tool), new("thousandeyes", Tool), new("catchpoint", Tool), new("appinsights", Tool), new("nodeping", Tool),
        new("freshping", Tool), new("hetrixtools", Tool), new("betterstack", Tool), new("checkly", Tool), new("host-tracker", Tool), new("hosttracker", Tool), new("check-host", Tool), new("checkhost", Tool), new("updown.io", Tool), new("uptrends", Tool), new("uptimia", Tool), new("pingadmin", Tool), new("pingping", Tool), new("solarwinds", Tool),
        new("prtg", Tool), new("blackbox exporter", Tool), new("panopta", Tool), new("wormly", Tool), new("monspark", Tool), new("nixstats", Tool), new("pulsetic", Tool), new("onlineornot", Tool), new("binarycanary", Tool), new("isdownbot", Tool), new("mxtoolbox", Tool), new("wheresitup", Tool), new("testomato", Tool), new("deepnoc", Tool),
        new("netumo", Tool), new("hydrozen", Tool), new("serverdensity", Tool), new("netvigie", Tool), new("synthesibot", Tool), new("experibot", Tool), new("changedetection", Tool), new("sentry/", Tool, Start), new("bugsnag", Tool), new("honeybadger", Tool), new("splunk", Tool), new("dareboost", Tool), new("siteimprove", Tool), new("monsido", Tool),
        new("node-fetch", Tool), new("scrapy", Tool), new("gtmetrix", Tool), new("lighthouse", Tool), new("ptst/", Tool), new("w3c", Tool, Start), new("letsencrypt", Tool), new("trust-services", Tool), new("hstspreload", Tool), new("hardenize", Tool), new("testssl", Tool), new("netcraft", Tool), new("nmap", Tool), new("nikto", Tool), new("sqlmap", Tool), new("openvas", Tool), new("nessus", Tool), new("qualys", Tool),
        new("zgrab", Tool), new("censys", Tool), new("shodan", Tool), new("leakix", Tool), new("l9explore", Tool), new("l9tcpid", Tool), new("expanse, a palo", Tool), new("detectify", Tool), new("acunetix", Tool), new("netsparker", Tool), new("whatweb", Tool), new("zmeu", Tool), new("wpsec", Tool), new("sitelock", Tool), new("webtotem", Tool), new("bitsight", Tool), new("dorkbot", Tool), new("virustotal", Tool),
        new("safedns", Tool), new("k7mlwcbot", Tool), new("cyberpatrol", Tool), new("lightspeedsystems", Tool), new("blockaid", Tool), new("akismet", Tool), new("vaultpress", Tool), new("blogvault", Tool), new("gomezagent", Tool), new("rigor", Tool, Both), new("dejaclick", Tool), new("cloudflareobservatory", Tool), new("cloudflarediagnostics", Tool), new("barracuda", Tool), new("assetnote", Tool), new("burpcollaborator", Tool),
    ];

    /// <summary>Libraries, driven browsers, and what others than monitors do too: tools, unless they say that they are bots or are known for one.</summary>
    private static readonly Marker[] Libraries =
    [
        new("curl", Library, Both), new("wget", Library), new("python", Library), new("aiohttp", Library), new("httpx", Library), new("go-http-client", Library), new("okhttp", Library), new("java/", Library), new("httpclient", Library), new("http-client", Library), new("webclient", Library),
        new("http_request", Library), new("libwww", Library), new("lwp-", Library), new("lwp::", Library), new("guzzle", Library), new("axios", Library), new("undici", Library), new("got (", Library), new("php/", Library), new("reqwest", Library),
        new("anyevent-http", Library), new("pcore-http", Library), new("ahc/", Library, Start), new("jersey/", Library), new("jetty/", Library), new("http_get", Library), new("httpunit", Library), new("mechanize", Library), new("rest-client", Library), new("restsharp", Library), new("urlgrabber", Library), new("httpie", Library),
        new("postman", Library), new("insomnia/", Library), new("apachebench", Library), new("jmeter", Library), new("k6/", Library, Start), new("httrack", Library), new("colly", Library, Start), new("trafilatura", Library), new("newspaper/", Library, Start), new("larbin", Library),
        new("headless", Library), new("cypress/", Library), new("splash version", Library), new("phantomjs", Library), new("puppeteer", Library), new("playwright", Library), new("selenium", Library), new("webdriver", Library), new("probe", Library), new("detector", Library), new("verif", Library), new("certificate", Library), new("inspector", Library), new("validator", Library),
    ];

    /// <summary>Crawlers that nothing else in their agents gives away.</summary>
    private static readonly Marker[] Crawlers =
    [
        new("googlebot", Crawler), new("bingbot", Crawler), new("yandexbot", Crawler), new("mediapartners", Crawler), new("adsbot", Crawler), new("inoreader", Crawler), new("feedly", Crawler), new("gptbot", Crawler), new("claudebot", Crawler),
        new("heritrix", Crawler), new("nutch", Crawler),
    ];

    /// <summary>All of them.</summary>
    public static IEnumerable<Marker> All => [.. Common, .. Mails, .. Previews, .. Tools, .. Libraries, .. Crawlers];
}
