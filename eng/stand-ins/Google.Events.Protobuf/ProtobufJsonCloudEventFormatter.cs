using System.Net.Mime;
using CloudNative.CloudEvents;
using Google.Protobuf;

namespace Google.Events.Protobuf;

/// <summary>
/// Reads an event's data with the JSON parser of Google.Protobuf, and with it its strictness; under the content type
/// <c>application/protobuf</c> as the message's own bytes.
/// </summary>
internal sealed class ProtobufJsonCloudEventFormatter<T> : DecodingFormatter
    where T : class, IMessage<T>, new()
{
    private static readonly JsonParser Parser = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

    public override void DecodeBinaryModeEventData(ReadOnlyMemory<byte> body, CloudEvent cloudEvent)
    {
        if (body.IsEmpty)
        {
            cloudEvent.Data = null;
            return;
        }

        var contentType = new ContentType(cloudEvent.DataContentType ?? MediaTypeNames.Application.Json);
        cloudEvent.Data = contentType.MediaType == "application/protobuf" ? OfBytes(body) : OfJson(body);
    }

    protected override object DecodeData(string json) => Parser.Parse<T>(json);

    // By a reader, not as text: a byte order mark and bytes that are no UTF-8 pass, as in the real package.
    private static T OfJson(ReadOnlyMemory<byte> body)
    {
        using var reader = new StreamReader(new MemoryStream(body.ToArray(), writable: false));
        return Parser.Parse<T>(reader);
    }

    private static T OfBytes(ReadOnlyMemory<byte> body)
    {
        var message = new T();
        message.MergeFrom(body.Span);
        return message;
    }
}
