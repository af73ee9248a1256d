using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Google.Events.Protobuf;

/// <summary>A message with a JSON form (https://protobuf.dev/programming-guides/json/).</summary>
internal interface IProtoJson<T>
{
    /// <summary>The message at the reader's object; fields it does not know are passed over.</summary>
    static abstract T Read(ref Utf8JsonReader reader);
}

/// <summary>The fields' JSON forms. A JSON null always means that the field is unset.</summary>
internal static class ProtoJson
{
    /// <exception cref="JsonException">This is no object.</exception>
    internal static void ExpectObject(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("An object is expected.");
        }
    }

    /// <summary>Goes to the next field of the object, its value current; false at the object's end.</summary>
    internal static bool NextField(ref Utf8JsonReader reader, out string name)
    {
        name = null;
        if (!reader.Read() || reader.TokenType == JsonTokenType.EndObject)
        {
            return false;
        }

        name = reader.GetString();
        reader.Read();
        return true;
    }

    internal static string Text(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Null ? "" : reader.GetString();

    /// <summary>A 64-bit number, which stands as text or as a number.</summary>
    internal static long Number(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Null => 0,
        JsonTokenType.String => long.Parse(reader.GetString(), System.Globalization.CultureInfo.InvariantCulture),
        _ => reader.GetInt64(),
    };

    internal static ByteString Bytes(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return ByteString.Empty;
        }

        // Decoded from the reader's own bytes and wrapped: the payload is copied once.
        return reader.TryGetBytesFromBase64(out var bytes)
            ? UnsafeByteOperations.UnsafeWrap(bytes)
            : UrlSafe(reader.GetString());
    }

    internal static Timestamp Time(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        // Good to 100 ns, where the real parser keeps the nanosecond.
        return Timestamp.FromDateTimeOffset(reader.GetDateTimeOffset());
    }

    internal static void Map(ref Utf8JsonReader reader, IDictionary<string, string> map)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return;
        }

        ExpectObject(ref reader);
        while (NextField(ref reader, out var key))
        {
            map[key] = reader.GetString() ?? throw new JsonException("A map has no null values.");
        }
    }

    private static ByteString UrlSafe(string text)
    {
        var plain = text.Replace('-', '+').Replace('_', '/').TrimEnd('=');
        return ByteString.FromBase64(plain.PadRight((plain.Length + 3) / 4 * 4, '='));
    }
}
