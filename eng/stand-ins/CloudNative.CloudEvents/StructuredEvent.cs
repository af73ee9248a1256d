using System.Text.Json;

namespace CloudNative.CloudEvents;

/// <summary>
/// The JSON event format in one pass: attributes go into the event, the bytes of <c>data</c> stay where they are
/// until a formatter decodes them.
/// </summary>
/// <param name="Event">The event, without its data.</param>
/// <param name="Data">The JSON value of <c>data</c>, empty where there is none.</param>
/// <param name="Binary">The decoded <c>data_base64</c>, null where there is none.</param>
internal readonly record struct StructuredEvent(CloudEvent Event, ReadOnlyMemory<byte> Data, byte[]? Binary)
{
    /// <exception cref="JsonException">The body is not JSON.</exception>
    /// <exception cref="ArgumentException">The body is no CloudEvent 1.0.</exception>
    internal static StructuredEvent Read(ReadOnlyMemory<byte> body)
    {
        var reader = new Utf8JsonReader(body.Span);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new ArgumentException("A structured CloudEvent is a JSON object.");
        }

        var cloudEvent = new CloudEvent();
        var (data, binary, version) = (ReadOnlyMemory<byte>.Empty, (byte[]?)null, (string?)null);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            switch (name)
            {
                case "data": data = Value(ref reader, body); break;
                case "data_base64": binary = reader.GetBytesFromBase64(); break;
                case "specversion": version = reader.GetString(); break;
                default: Attribute(ref reader, cloudEvent, name); break;
            }
        }

        // To the end: what follows the object must be white space.
        while (reader.Read())
        {
        }

        return CloudEventsSpecVersion.FromVersionId(version) is not null && cloudEvent.IsValid
            ? new StructuredEvent(cloudEvent, data, binary)
            : throw new ArgumentException("The structured CloudEvent lacks a required attribute.");
    }

    private static ReadOnlyMemory<byte> Value(ref Utf8JsonReader reader, ReadOnlyMemory<byte> body)
    {
        var start = (int)reader.TokenStartIndex;
        var isNull = reader.TokenType == JsonTokenType.Null;
        reader.Skip();
        return isNull ? default : body[start..(int)reader.BytesConsumed];
    }

    private static void Attribute(ref Utf8JsonReader reader, CloudEvent cloudEvent, string name)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null: break;
            case JsonTokenType.String: cloudEvent.SetAttributeFromString(name, reader.GetString()!); break;
            case JsonTokenType.True: cloudEvent.SetAttributeFromString(name, "true"); break;
            case JsonTokenType.False: cloudEvent.SetAttributeFromString(name, "false"); break;
            case JsonTokenType.Number: cloudEvent.SetAttributeFromString(name, reader.GetInt32().ToString(null, null)); break;
            default: throw new ArgumentException($"The CloudEvent attribute '{name}' is neither text, number nor boolean.");
        }
    }
}
