using System.Net.Mime;
using System.Text.Json;
using CloudNative.CloudEvents;
using CloudNative.CloudEvents.SystemTextJson;

namespace Google.Events.Protobuf;

/// <summary>A function receives events and sends none, so this only decodes; structured mode is the SDK's own.</summary>
internal abstract class DecodingFormatter : CloudEventFormatter
{
    private readonly Structured _structured;

    protected DecodingFormatter() => _structured = new Structured(this);

    /// <summary>The data that this JSON object holds.</summary>
    protected abstract object DecodeData(string json);

    public sealed override CloudEvent DecodeStructuredModeMessage(
        ReadOnlyMemory<byte> body, ContentType contentType, IEnumerable<CloudEventAttribute> extensionAttributes) =>
        _structured.DecodeStructuredModeMessage(body, contentType, extensionAttributes);

    public sealed override IReadOnlyList<CloudEvent> DecodeBatchModeMessage(
        ReadOnlyMemory<byte> body, ContentType contentType, IEnumerable<CloudEventAttribute> extensionAttributes) =>
        _structured.DecodeBatchModeMessage(body, contentType, extensionAttributes);

    public sealed override ReadOnlyMemory<byte> EncodeBinaryModeEventData(CloudEvent cloudEvent) => throw OnlyDecodes();

    public sealed override ReadOnlyMemory<byte> EncodeStructuredModeMessage(CloudEvent cloudEvent, out ContentType contentType) =>
        throw OnlyDecodes();

    public sealed override ReadOnlyMemory<byte> EncodeBatchModeMessage(
        IEnumerable<CloudEvent> cloudEvents, out ContentType contentType) => throw OnlyDecodes();

    private static NotSupportedException OnlyDecodes() => new("The stand-in only decodes.");

    private sealed class Structured(DecodingFormatter outer) : JsonEventFormatter
    {
        protected override void DecodeStructuredModeDataProperty(JsonElement dataElement, CloudEvent cloudEvent) =>
            cloudEvent.Data = dataElement.ValueKind == JsonValueKind.Object
                ? outer.DecodeData(dataElement.GetRawText())
                : throw new InvalidOperationException("The event's 'data' is not an object.");

        protected override void DecodeStructuredModeDataBase64Property(JsonElement dataBase64Element, CloudEvent cloudEvent) =>
            throw new InvalidOperationException("The event has 'data_base64', where 'data' is expected.");
    }
}
