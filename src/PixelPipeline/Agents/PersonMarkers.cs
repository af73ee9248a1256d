using static PixelPipeline.Agents.AgentSign;
using static PixelPipeline.Agents.WordEnds;

namespace PixelPipeline.Agents;

/// <summary>What tells people's browsers, systems and devices.</summary>
internal static class PersonMarkers
{
    private static readonly Marker[] Browsers =
    [
        new("instagram ", Instagram, Start), new("fban/messenger", Messenger), new("fban/", Facebook), new("fbav/", Facebook), new("fb_iab", Facebook), new("metaiab facebook", Facebook), new("micromessenger", WeChat), new("wxwork", WeChat),
        new("line/", Line, Start), new("kakaotalk", KakaoTalk), new("naver(", Naver), new("snapchat/", Snapchat), new("[pinterest/", Pinterest), new("pinterest for", Pinterest), new("twitter for", Twitter), new("twitterandroid", Twitter), new("[linkedinapp", LinkedIn),
        new("baidubrowser", Baidu), new("baiduboxapp", Baidu), new("bidubrowser", Baidu), new("mqqbrowser", Qq), new("qqbrowser", Qq), new(" qq/", Qq), new("huaweibrowser", Huawei), new("miuibrowser", Miui), new("vivobrowser", Vivo),
        new("heytapbrowser", Oppo), new("oppobrowser", Oppo), new("ucbrowser", UcBrowser), new("ucweb", UcBrowser), new("ubrowser/", UcBrowser), new("whale/", Whale), new("yabrowser", Yandex), new("yandexsearch", Yandex), new("yaapp_", Yandex), new("yasearchbrowser", Yandex), new("samsungbrowser", Samsung),
        new("silk/", Silk), new("silk-accelerated", Silk), new("ddg/", DuckDuckGo), new("duckduckgo/", DuckDuckGo), new("ecosia", Ecosia), new("gsa/", Gsa, Start), new("vivaldi", Vivaldi), new("opr/", Opera), new("opios/", Opera), new("opt/", Opera, Start), new("opx/", Opera, Start),
        new("opera", Opera), new("edg/", Edge), new("edga/", Edge), new("edgios/", Edge), new("edge/", Edge), new("oculusbrowser", Oculus), new("playstation", PlayStationBrowser), new("nintendo", NintendoBrowser), new("electron/", Electron),
        new("thunderbird", Thunderbird), new("outlook", Outlook, Start), new("palemoon", PaleMoon), new("seamonkey", SeaMonkey), new("waterfox", Waterfox), new("focus/", Focus, Start), new("klar/", Focus, Start), new("firefox/", Firefox), new("fxios/", Firefox), new("; wv)", WebView),
        new("msie ", InternetExplorer), new("trident/", InternetExplorer), new("konqueror", Konqueror), new("epiphany", Epiphany), new("blackberry", BlackBerryBrowser), new("bb10", BlackBerryBrowser), new("playbook", BlackBerryBrowser), new("chromium/", Chromium), new("chrome/", Chrome),
        new("crios/", Chrome), new("crmo/", Chrome), new("safari/", Safari), new("applewebkit/", WebKit), new("lynx/", TextBrowser, Start), new("links (", TextBrowser, Start), new("elinks", TextBrowser, Start), new("w3m/", TextBrowser, Start),
    ];

    private static readonly Marker[] Systems =
    [
        new("windows phone", WindowsPhone), new("windows mobile", WindowsPhone), new("windows ce", WindowsPhone), new("xbox", Xbox), new("playstation", PlayStation), new("nintendo", Nintendo), new("kaios", KaiOs), new("harmonyos", HarmonyOs), new("tizen", Tizen), new("openharmony", HarmonyOs),
        new("web0s", WebOs), new("webos", WebOs), new("hpwos", WebOs), new("cros ", ChromeOs), new("ipad", IPad), new("iphone", IPhone), new("ipod", IPhone), new("appletv", IPhone), new("apple tv", IPhone), new("blackberry", BlackBerry), new("bb10", BlackBerry), new("playbook", BlackBerry), new("symbian", Symbian), new("symbos", Symbian),
        new("series60", Symbian), new("android", Android), new("windows", Windows, Start), new("win98", Windows), new("win95", Windows), new("macintosh", Mac), new("mac os x", Mac), new("darwin", Mac), new("freebsd", Bsd), new("openbsd", Bsd), new("netbsd", Bsd), new("linux", Linux), new("x11;", Linux), new("ubuntu", Linux), new("sailfish", Linux),
    ];

    private static readonly Marker[] Devices =
    [
        new("smart-tv", Tv), new("smarttv", Tv), new("smart tv", Tv), new("hbbtv", Tv), new("vidaa", Tv), new("_tv_", Tv), new("smartcast", Tv), new("whaleos", Tv), new("nettv", Tv), new("googletv", Tv), new("android tv", Tv), new("appletv", Tv), new("apple tv", Tv), new("netcast", Tv), new("crkey", Tv), new("bravia", Tv), new("aft", Tv, Start), new("roku", Tv), new("web0s", Tv), new("tv;", Tv, Start), new("large screen", Tv),
        new("oculusbrowser", Headset), new("quest ", Headset), new("tablet", Tablet), new("playbook", Tablet), new("kindle", Tablet), new("silk/", Tablet), new("mobile", Mobile), new("phone", Mobile), new("opera mini", Mobile), new("opera mobi", Mobile), new("midp", Mobile), new("j2me", Mobile), new("nokia", Mobile), new("docomo", Mobile),
    ];

    /// <summary>All of them.</summary>
    public static IEnumerable<Marker> All => [.. Browsers, .. Systems, .. Devices];
}
