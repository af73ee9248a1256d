using System.Text.Json;
using CloudNative.CloudEvents;

namespace Google.Events.Protobuf;

/// <summary>Reads a message that knows its own JSON form.</summary>
internal sealed class ProtoJsonFormatter<T> : DecodingFormatter
    where T : IProtoJson<T>
{
    protected override object DecodeData(ReadOnlyMemory<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json.Span);
            reader.Read();
            var message = T.Read(ref reader);
            while (reader.Read())
            {
                // What follows the object must be white space, or this throws.
            }

            return message;
        }
        catch (Exception malformed) when (malformed is JsonException or FormatException or InvalidOperationException)
        {
            throw new InvalidJsonException(malformed.Message);
        }
    }
}

/// <summary>The body is not the JSON form of the message.</summary>
internal sealed class InvalidJsonException(string message) : Exception(message);
