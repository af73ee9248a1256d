using System.Globalization;
using System.Text.Json.Nodes;

namespace PixelPipeline.LocalBigQuery.Tests.Sql.Reference;

/// <summary>The rows that the analysts' questions are asked of: in a table of all, and of some in two tables of a wildcard.</summary>
internal static class AnalystEvents
{
    public const string Fields =
        """{"name":"event_id","type":"STRING","mode":"REQUIRED"},{"name":"event_time","type":"TIMESTAMP","mode":"REQUIRED"},{"name":"user_id","type":"STRING","mode":"REQUIRED"},{"name":"type","type":"STRING"},{"name":"order_id","type":"STRING"},{"name":"user_agent","type":"STRING"},{"name":"referer","type":"STRING"}""";

    private static readonly string[] Types = ["open", "click", "buy"];
    private static readonly DateTime Start = new(2026, 11, 20, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>Two weeks of events at times that nobody shares, of users who open, click and buy, and of some who only open; one event came twice.</summary>
    public static IReadOnlyList<AnalystEvent> All { get; } =
    [
        .. Enumerable.Range(0, 240).Select(i => new AnalystEvent(
            $"e{i}",
            Start.AddSeconds((i * 5_039) + (i % 7 * 11)),
            $"u{i * i % 11}",
            i * i % 11 > 8 ? "open" : Types[i % 3],
            i % 3 == 2 ? $"o{i}" : null,
            "agent",
            $"https://{(i % 4 == 0 ? "news" : "shop")}.example/{(i % 2 == 0 ? "cart" : "home")}?q=a{i % 5}")),
        new("e7", Start.AddDays(13).AddSeconds(1), "u5", "click", null, "agent", "https://shop.example/home?q=a2"),
    ];

    /// <summary>The rows of the wildcard's tables, by suffix.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<AnalystEvent>> BySuffix { get; } = new Dictionary<string, IReadOnlyList<AnalystEvent>>
    {
        ["c0_20261120"] = [.. All.Take(10).Select(e => e with { EventId = "x" + e.EventId })],
        ["c1_20261121"] = [.. All.Skip(20).Take(5)],
    };

    public static async Task CreateAsync(RunningBigQuery bigQuery)
    {
        await CreateAsync(bigQuery, "ev", All);
        foreach (var (suffix, events) in BySuffix)
        {
            await CreateAsync(bigQuery, $"pixel_{suffix}", events);
        }
    }

    private static async Task CreateAsync(RunningBigQuery bigQuery, string table, IEnumerable<AnalystEvent> events)
    {
        await bigQuery.CreateTableAsync(table, Fields);
        var rows = events.Select(e => (JsonNode)new JsonObject { ["json"] = e.ToJson() });
        var answer = await bigQuery.InsertAsync(table, new JsonObject { ["rows"] = new JsonArray([.. rows]) }.ToJsonString());
        Assert.That(answer.Body["insertErrors"], Is.Null);
    }
}

/// <summary>One event.</summary>
internal sealed record AnalystEvent(string EventId, DateTime Time, string User, string Type, string? Order, string Agent, string Referer)
{
    /// <summary>Microseconds since 1970, as answers have it.</summary>
    public long Micros => (Time - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    public DateOnly Day => DateOnly.FromDateTime(Time);

    /// <summary>The whole row, as answers have it.</summary>
    public string Row => $"{EventId}|{Micros}|{User}|{Type}|{Order ?? "NULL"}|{Agent}|{Referer}";

    public JsonObject ToJson() => new()
    {
        ["event_id"] = EventId,
        ["event_time"] = Time.ToString("O", CultureInfo.InvariantCulture),
        ["user_id"] = User,
        ["type"] = Type,
        ["order_id"] = Order,
        ["user_agent"] = Agent,
        ["referer"] = Referer,
    };
}
