using System.Text;
using System.Text.Json;
using PixelPipeline.Logs;

namespace PixelPipeline.Events;

/// <summary>Picks the attributes out of what a client sent; what the schema does not list is never decoded.</summary>
internal static class Attributes
{
    /// <summary>The longest name that can be a column's: each character as a percent sequence, an <c>amp;</c> before it.</summary>
    private const int MaxNameBytes = 3 * (4 + SchemaFile.MaxNameLength);

    /// <summary>Stands for a value that fits no column: a JSON object or array, whose own fields no schema lists.</summary>
    private static readonly object Unfit = new();

    private static ReadOnlySpan<byte> EscapedAmpersand => "amp;"u8;

    /// <summary>
    /// Reads the attributes of a query string. The first of a repeated name wins; a name that begins <c>amp;</c>,
    /// left over from an HTML-escaped ampersand, counts without it.
    /// </summary>
    /// <param name="schema">What may be collected.</param>
    /// <param name="query">As the client sent it.</param>
    /// <param name="values">Takes the decoded text of each attribute that is there, at its column's index.</param>
    public static void ReadQuery(EventSchema schema, ReadOnlySpan<byte> query, Span<object?> values)
    {
        Span<byte> decodedName = stackalloc byte[MaxNameBytes];
        while (FormEncoding.TryReadPair(ref query, out var name, out var value))
        {
            if (name.Length > decodedName.Length)
            {
                continue;
            }

            ReadOnlySpan<byte> decoded = decodedName[..FormEncoding.Decode(name, decodedName)];
            if (decoded.StartsWith(EscapedAmpersand))
            {
                decoded = decoded[EscapedAmpersand.Length..];
            }

            if (schema.TryGetAttribute(decoded, out var index))
            {
                values[index] ??= FormEncoding.Decode(value);
            }
        }
    }

    /// <summary>Finds one parameter of a hit, or one field of an event of the collector, that is no attribute of the schema.</summary>
    /// <param name="entry">The entry; its <see cref="LogEntry.Event"/>, where there is one, holds the fields.</param>
    /// <param name="query">Else this query does.</param>
    /// <param name="name">Its name, which needs no escapes.</param>
    /// <returns>The first one's text; null where there is none.</returns>
    public static string? Find(in LogEntry entry, ReadOnlySpan<byte> query, string name)
    {
        if (!entry.Event.IsEmpty)
        {
            return FindField(entry.Event, name);
        }

        while (FormEncoding.TryReadPair(ref query, out var found, out var value))
        {
            found = found.StartsWith(EscapedAmpersand) ? found[EscapedAmpersand.Length..] : found;
            if (Ascii.Equals(found, name))
            {
                return FormEncoding.Decode(value);
            }
        }

        return null;
    }

    /// <summary>
    /// Reads the attributes of an event that the collector published: the fields of a JSON object, numbers and
    /// booleans as their JSON text, null as nothing. Anything but an object has no attributes.
    /// </summary>
    /// <param name="schema">What may be collected.</param>
    /// <param name="json">One well-formed JSON value.</param>
    /// <param name="values">
    /// Takes the text of each attribute that is there, at its column's index; for an object or array something that is no text.
    /// </param>
    public static void ReadEvent(EventSchema schema, ReadOnlySpan<byte> json, Span<object?> values)
    {
        var reader = NewReader(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = JsonText.ReadString(ref reader);
            reader.Read();
            if (!schema.TryGetAttribute(name, out var index))
            {
                reader.Skip();
                continue;
            }

            var isUnfit = reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray;
            var value = JsonText.ReadValue(ref reader, json);
            values[index] ??= isUnfit ? Unfit : Encoding.UTF8.GetString(value);
        }
    }

    private static string? FindField(ReadOnlySpan<byte> json, string name)
    {
        var reader = NewReader(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isIt = Ascii.Equals(JsonText.ReadString(ref reader), name);
            reader.Read();
            if (isIt)
            {
                return reader.TokenType == JsonTokenType.String ? Encoding.UTF8.GetString(JsonText.ReadString(ref reader)) : null;
            }

            reader.Skip();
        }

        return null;
    }

    /// <summary>Reads to any depth: each level takes a byte.</summary>
    private static Utf8JsonReader NewReader(ReadOnlySpan<byte> json) => new(json, new JsonReaderOptions { MaxDepth = json.Length });
}
