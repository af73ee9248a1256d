using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using PixelPipeline.Logs;

namespace PixelPipeline.Collecting;

/// <summary>Reads what a client posts: one JSON object, or an array of them.</summary>
public static class EventBody
{
    /// <summary>The most events in one body: what one publish request of Pub/Sub takes.</summary>
    /// <seealso href="https://cloud.google.com/pubsub/quotas#resource_limits"/>
    public const int MaxEvents = 1_000;

    /// <summary>Reads the events of a body.</summary>
    /// <param name="json">Any bytes.</param>
    /// <param name="events">At least one; null where the body is none.</param>
    /// <param name="error">What is wrong with it; null where there is nothing.</param>
    /// <returns>False for anything but one object or an array of 1 to <see cref="MaxEvents"/> objects.</returns>
    public static bool TryRead(
        ReadOnlySpan<byte> json, [NotNullWhen(true)] out IReadOnlyList<CollectedEvent>? events, [NotNullWhen(false)] out FieldError? error)
    {
        events = null;
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = json.Length }); // any depth: each level takes a byte
            reader.Read();
            var read = new List<CollectedEvent>();
            error = reader.TokenType switch
            {
                JsonTokenType.StartObject => ReadOne(ref reader, json, read),
                JsonTokenType.StartArray => ReadArray(ref reader, json, read),
                _ => new FieldError(null, null, "The body must be a JSON object or an array of objects."),
            };
            if (error is null)
            {
                reader.Read(); // anything after the value makes this throw
                events = read;
            }
        }
        catch (JsonException)
        {
            error = new FieldError(null, null, "The body is not JSON.");
        }

        return events is not null && error is null;
    }

    private static FieldError? ReadOne(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> json, List<CollectedEvent> events)
    {
        events.Add(ReadEvent(ref reader, json, index: null));
        return null;
    }

    private static FieldError? ReadArray(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> json, List<CollectedEvent> events)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                return new FieldError(events.Count, null, "Each element must be a JSON object.");
            }

            if (events.Count == MaxEvents)
            {
                return new FieldError(null, null, $"At most {MaxEvents} events fit in one request.");
            }

            events.Add(ReadEvent(ref reader, json, events.Count));
        }

        return events.Count == 0 ? new FieldError(null, null, "The array holds no event.") : null;
    }

    private static CollectedEvent ReadEvent(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> json, int? index)
    {
        var collected = new CollectedEvent(index);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = Encoding.UTF8.GetString(JsonText.ReadString(ref reader));
            reader.Read();
            var kind = KindOf(reader.TokenType);
            var value = JsonText.ReadValue(ref reader, json);
            var isNested = kind is JsonValueKind.Object or JsonValueKind.Array;
            collected.AddFirst(name, new FieldValue(kind, isNested ? "" : Encoding.UTF8.GetString(value), name));
        }

        return collected;
    }

    private static JsonValueKind KindOf(JsonTokenType token) => token switch
    {
        JsonTokenType.StartObject => JsonValueKind.Object,
        JsonTokenType.StartArray => JsonValueKind.Array,
        JsonTokenType.Number => JsonValueKind.Number,
        JsonTokenType.True => JsonValueKind.True,
        JsonTokenType.False => JsonValueKind.False,
        JsonTokenType.Null => JsonValueKind.Null,
        _ => JsonValueKind.String,
    };
}
