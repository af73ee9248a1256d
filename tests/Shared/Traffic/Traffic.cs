using System.Globalization;
using System.Text.Json;

namespace PixelPipeline.Testing;

/// <summary>One event of a shop that does not exist.</summary>
internal sealed record TrafficEvent(
    string EventId,
    DateTime EventTime,
    string UserId,
    string? Type,
    string? Page,
    string? Site,
    string? Referrer,
    string? Language,
    long? ScreenWidth,
    string? HitId,
    string? UtmSource,
    string? UtmMedium,
    string? UtmCampaign,
    string? AgentClass,
    string? Browser,
    string? Os,
    string? Device,
    string? Visitor)
{
    /// <summary>A row as a load job takes it.</summary>
    public string ToJson() => JsonSerializer.Serialize(new Dictionary<string, object?>
    {
        ["event_id"] = EventId,
        ["event_time"] = EventTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture),
        ["user_id"] = UserId,
        ["type"] = Type,
        ["page"] = Page,
        ["site"] = Site,
        ["referrer"] = Referrer,
        ["language"] = Language,
        ["screen_width"] = ScreenWidth,
        ["hit_id"] = HitId,
        ["utm_source"] = UtmSource,
        ["utm_medium"] = UtmMedium,
        ["utm_campaign"] = UtmCampaign,
        ["agent_class"] = AgentClass,
        ["browser"] = Browser,
        ["os"] = Os,
        ["device"] = Device,
        ["visitor"] = Visitor,
    }.Where(p => p.Value is not null).ToDictionary());
}

/// <summary>Made-up traffic with the rhythm of days and weeks, the same for the same seed.</summary>
/// <param name="seed">Any number.</param>
/// <param name="repeats">Of how many events in 100,000 there is another copy: a third each delivered again, sent again, posted again on another day.</param>
internal sealed class Traffic(int seed, int repeats = 600)
{
    private const string Shop = "shop.example";

    private static readonly string[] Pages =
    [
        "/", "/lamps", "/chairs", "/lamps/aurora", "/chairs/nordic", "/blog/light-for-small-rooms", "/sale", "/desks", "/desks/oak",
        "/blog/how-we-pack", "/cart", "/lamps/orion", "/help/shipping", "/chairs/folding", "/about", "/rugs", "/rugs/wool", "/help/returns",
    ];

    private static readonly (string? Referrer, int Weight)[] Referrers =
    [
        (null, 38), ("https://www.google.com/", 24), ("https://duckduckgo.com/", 5), ("https://www.bing.com/", 4), ("https://www.google.de/", 5),
        ("https://l.instagram.com/", 6), ("https://l.facebook.com/", 4), ("https://t.co/aBc", 2), ("https://news.ycombinator.com/item?id=1", 3),
        ("https://interiors.example/best-lamps", 5), ("https://www.reddit.com/r/lamps", 4),
    ];

    private static readonly (string Browser, string Os, string Device, long Width, int Weight)[] Clients =
    [
        ("chrome", "windows", "desktop", 1_920, 24), ("safari", "ios", "mobile", 390, 27), ("chrome", "android", "mobile", 412, 21),
        ("safari", "mac", "desktop", 1_440, 9), ("firefox", "windows", "desktop", 1_536, 6), ("edge", "windows", "desktop", 1_920, 7),
        ("firefox", "linux", "desktop", 1_920, 3), ("samsung", "android", "mobile", 360, 4), ("safari", "ios", "tablet", 820, 3),
    ];

    private static readonly (string? Source, string? Medium, string? Campaign, int Weight)[] Campaigns =
        [(null, null, null, 80), ("newsletter", "email", "autumn-lights", 9), ("google", "cpc", "brand", 6), ("instagram", "social", "autumn-lights", 5)];

    private readonly Random _random = new(seed);

    /// <summary>At least so many events of the days before an instant, some of them more than once.</summary>
    public List<TrafficEvent> Make(int count, DateTime end, int days)
    {
        var events = new List<TrafficEvent>(count + 10);
        while (events.Count < count)
        {
            AddVisit(events, end, days);
        }

        return events;
    }

    private void AddVisit(List<TrafficEvent> events, DateTime end, int days)
    {
        var time = TimeOfVisit(end, days);
        var (browser, os, device, width, _) = Weighted(Clients, c => c.Weight);
        var referrer = Weighted(Referrers, r => r.Weight).Referrer;
        var (source, medium, campaign, _) = Weighted(Campaigns, c => c.Weight);
        var machine = _random.Next(100) < 14 ? (string[])["crawler", "crawler", "tool", "link_preview"] is var kinds ? kinds[_random.Next(4)] : null : null;
        var visit = new TrafficEvent(
            "", time, _random.Next(3) == 0 ? $"user{_random.Next(4_000):0000}" : "anonymous", "view", null, Shop, referrer,
            _random.Next(5) switch { 0 => "de-AT", 1 => "fr", 2 => null, _ => "en-US" }, machine is null ? width : null, null, source, medium, campaign,
            machine ?? "person", machine is null ? browser : null, machine is null ? os : null, machine is null ? device : null, Hex(16));
        string? before = referrer;
        for (var left = 1 + (int)(-3 * Math.Log(1 - _random.NextDouble())); left > 0 && time < end; left--)
        {
            var page = $"https://{Shop}{Pages[Math.Min((int)(-4.5 * Math.Log(1 - _random.NextDouble())), Pages.Length - 1)]}";
            Add(events, visit with { EventTime = time, Page = page, Referrer = before });
            if (_random.Next(4) == 0)
            {
                Add(events, visit with { EventTime = time.AddSeconds(8), Page = page, Referrer = before, Type = _random.Next(9) == 0 ? "purchase" : "click" });
            }

            before = page; // from now on within the site
            time = time.AddMilliseconds(_random.Next(5_000, 90_000));
        }

        if (machine is null && _random.Next(4) == 0)
        {
            Add(events, visit with
            {
                Type = "open",
                Page = null,
                Site = null,
                Referrer = null,
                AgentClass = (string[])["person", "mail_proxy", "mail_proxy", "prefetch"] is var who ? who[_random.Next(4)] : null,
                UserId = $"user{_random.Next(4_000):0000}",
            });
        }
    }

    private void Add(List<TrafficEvent> events, TrafficEvent visit)
    {
        var type = _random.Next(400) switch { 0 => null, 1 => "doctor's", _ => visit.Type };
        var user = type == "doctor's" ? "pixel-doctor" : visit.UserId;
        var made = visit with { EventId = Hex(34), HitId = visit.Type == "open" ? null : Hex(24), Type = type, UserId = user, EventTime = Micro(visit.EventTime) };
        events.Add(made);
        switch (_random.Next(300_000) / Math.Max(repeats, 1))
        {
            case 0: // delivered again
                events.Add(made);
                break;
            case 1: // sent again by the browser
                events.Add(made with { EventId = Hex(34), EventTime = made.EventTime.AddSeconds(1) });
                break;
            case 2: // posted again by its client, on another day
                events.Add(made with { EventTime = made.EventTime.AddHours(-30) });
                break;
        }
    }

    private DateTime TimeOfVisit(DateTime end, int days)
    {
        while (true)
        {
            var time = end.AddSeconds(-_random.NextDouble() * days * 86_400);
            var daily = 0.55 - (0.45 * Math.Cos((time.TimeOfDay.TotalHours - 3) / 24 * 2 * Math.PI));
            var weekly = time.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 0.65 : 1;
            var growth = 0.7 + (0.3 * (1 - ((end - time).TotalDays / days)));
            if (_random.NextDouble() < daily * weekly * growth)
            {
                return time;
            }
        }
    }

    private T Weighted<T>(T[] choices, Func<T, int> weight)
    {
        var place = _random.Next(choices.Sum(weight));
        return choices.First(c => (place -= weight(c)) < 0);
    }

    private string Hex(int digits)
    {
        Span<byte> bytes = stackalloc byte[digits / 2];
        _random.NextBytes(bytes);
        return Convert.ToHexStringLower(bytes);
    }

    private static DateTime Micro(DateTime time) => time.AddTicks(-(time.Ticks % 10));
}
