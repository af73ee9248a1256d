using System.Text.Json;

namespace PixelPipeline.Cli.Rejected;

/// <summary>A row of the table of rejected entries.</summary>
/// <param name="EventId">The entry's event id.</param>
/// <param name="Time">When it was rejected, UTC.</param>
/// <param name="Reason">Why.</param>
/// <param name="Column">The column concerned; null where there is none.</param>
/// <param name="Message">One sentence.</param>
/// <param name="Entry">The raw log entry.</param>
internal sealed record RejectedEntry(string EventId, DateTime Time, string Reason, string? Column, string? Message, byte[] Entry)
{
    /// <summary>The entry as JSON that can be written again; null where its bytes are none.</summary>
    public JsonElement? ReadJson()
    {
        try
        {
            using var json = JsonDocument.Parse(Entry);
            _ = JsonSerializer.SerializeToUtf8Bytes(json.RootElement); // half a surrogate pair, say, passes until here
            return json.RootElement.Clone();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            return null; // this may be why it was rejected
        }
    }

    /// <summary>What was asked for, and from which page: where to look for the sender. Null where the entry does not say.</summary>
    /// <param name="json">The entry, read.</param>
    public static (string? Url, string? Referer) RequestIn(JsonElement? json) => (TextIn(json, "requestUrl"), TextIn(json, "referer"));

    private static string? TextIn(JsonElement? json, string field) =>
        json is { ValueKind: JsonValueKind.Object } entry
        && entry.TryGetProperty("httpRequest", out var request) && request.ValueKind == JsonValueKind.Object
        && request.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
