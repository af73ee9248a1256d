namespace PixelPipeline.Dashboard.Pages;

/// <summary>What well-known hosts are, for those who do not know them by heart.</summary>
internal static class ReferrerNames
{
    private static readonly (string Kind, string Name, string[] Hosts)[] Known =
    [
        ("search", "Google", ["google.*"]),
        ("search", "Bing", ["bing.com"]),
        ("search", "DuckDuckGo", ["duckduckgo.com"]),
        ("search", "Yahoo", ["search.yahoo.com", "yahoo.com", "yahoo.co.jp"]),
        ("search", "Ecosia", ["ecosia.org"]),
        ("search", "Startpage", ["startpage.com"]),
        ("search", "Brave Search", ["search.brave.com"]),
        ("search", "Qwant", ["qwant.com"]),
        ("search", "Kagi", ["kagi.com"]),
        ("search", "Yandex", ["yandex.*", "ya.ru"]),
        ("search", "Baidu", ["baidu.com"]),
        ("search", "Naver", ["naver.com"]),
        ("search", "Seznam", ["seznam.cz"]),
        ("social", "Facebook", ["facebook.com", "fb.com", "fb.me"]),
        ("social", "Instagram", ["instagram.com"]),
        ("social", "Threads", ["threads.net", "threads.com"]),
        ("social", "X", ["t.co", "twitter.com", "x.com"]),
        ("social", "LinkedIn", ["linkedin.com", "lnkd.in"]),
        ("social", "Reddit", ["reddit.com", "redd.it"]),
        ("social", "Hacker News", ["news.ycombinator.com"]),
        ("social", "YouTube", ["youtube.com", "youtu.be"]),
        ("social", "TikTok", ["tiktok.com"]),
        ("social", "Pinterest", ["pinterest.*", "pin.it"]),
        ("social", "Bluesky", ["bsky.app"]),
        ("social", "Mastodon", ["mastodon.social"]),
        ("social", "VK", ["vk.com"]),
        ("social", "Telegram", ["t.me", "web.telegram.org"]),
        ("social", "WhatsApp", ["whatsapp.com", "wa.me"]),
        ("social", "GitHub", ["github.com"]),
    ];

    /// <summary>Name and kind of a host, or of one below it: <c>l.facebook.com</c> is Facebook, social. Null for others.</summary>
    public static (string Kind, string Name)? Of(string host)
    {
        foreach (var (kind, name, hosts) in Known)
        {
            if (hosts.Any(known => IsOf(host, known)))
            {
                return (kind, name);
            }
        }

        return null;
    }

    private static bool IsOf(string host, string known) => known.EndsWith(".*", StringComparison.Ordinal)
        ? IsOfCountry(host, known[..^1])
        : host == known || host.EndsWith("." + known, StringComparison.Ordinal);

    // google.de, www.google.co.uk; not google.example.com.
    private static bool IsOfCountry(string host, string name)
    {
        var place = host.StartsWith(name, StringComparison.Ordinal) ? 0 : host.IndexOf("." + name, StringComparison.Ordinal) is >= 0 and var dot ? dot + 1 : -1;
        return place >= 0 && host[(place + name.Length)..] is var end && (end is "com" || (end.Length is 2 or 5 or 6 && end.Split('.') is [{ Length: 2 }] or ["co" or "com", { Length: 2 }]));
    }
}
