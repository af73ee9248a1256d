using System.Text.Json;

namespace PixelPipeline.Local.PubSub;

/// <summary>What the log sink reads from an entry that it publishes.</summary>
/// <param name="Timestamp">The entry's <c>timestamp</c> as it stands there, or null.</param>
/// <param name="ReceiveTimestamp">The entry's <c>receiveTimestamp</c> as it stands there, or null.</param>
internal readonly record struct SinkEntry(string? Timestamp, string? ReceiveTimestamp)
{
    /// <summary>When the sink published the entry. Taken from the entry, so that each delivery says the same.</summary>
    public string? PublishTime => ReceiveTimestamp ?? Timestamp;

    /// <exception cref="JsonException">The entry is not JSON, so the sink cannot have published it.</exception>
    public static SinkEntry Read(ReadOnlyMemory<byte> entry)
    {
        using var document = JsonDocument.Parse(entry);
        return new(Text(document.RootElement, "timestamp"), Text(document.RootElement, "receiveTimestamp"));
    }

    /// <summary>Writes the attributes that the sink gives the message.</summary>
    public void WriteAttributes(Utf8JsonWriter json)
    {
        json.WriteStartObject("attributes");
        if (Timestamp is not null)
        {
            json.WriteString("logging.googleapis.com/timestamp", Timestamp);
        }

        json.WriteEndObject();
    }

    private static string? Text(JsonElement entry, string name) =>
        entry.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
