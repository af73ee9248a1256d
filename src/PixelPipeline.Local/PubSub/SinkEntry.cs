using System.Text.Json;

namespace PixelPipeline.Local.PubSub;

/// <summary>What the log sink reads from an entry that it publishes.</summary>
/// <param name="Timestamp">The entry's <c>timestamp</c> as it stands there; null where there is none, or it is no time.</param>
/// <param name="ReceiveTimestamp">The entry's <c>receiveTimestamp</c>, likewise.</param>
internal readonly record struct SinkEntry(string? Timestamp, string? ReceiveTimestamp)
{
    /// <summary>When the sink published the entry. Taken from the entry, so that each delivery says the same.</summary>
    public string? PublishTime => ReceiveTimestamp ?? Timestamp;

    /// <exception cref="JsonException">The entry is not JSON, so the sink cannot have published it.</exception>
    public static SinkEntry Read(ReadOnlyMemory<byte> entry)
    {
        using var document = JsonDocument.Parse(entry);
        return new(Time(document.RootElement, "timestamp"), Time(document.RootElement, "receiveTimestamp"));
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

    private static string? Time(JsonElement entry, string name)
    {
        try
        {
            return entry.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.TryGetDateTimeOffset(out _)
                ? value.GetString()
                : null;
        }
        catch (InvalidOperationException)
        {
            return null; // JsonElement has no other way to tell that text or a name is not Unicode
        }
    }
}
