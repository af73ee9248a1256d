using System.Net.Mime;

namespace CloudNative.CloudEvents;

/// <summary>The base of the formatters here: a function receives events and sends none, so they only decode.</summary>
internal abstract class DecodingFormatter : CloudEventFormatter
{
    /// <summary>The data that these JSON bytes hold; never called for an empty body.</summary>
    protected abstract object? DecodeData(ReadOnlyMemory<byte> json);

    public sealed override void DecodeBinaryModeEventData(ReadOnlyMemory<byte> body, CloudEvent cloudEvent)
    {
        ArgumentNullException.ThrowIfNull(cloudEvent);
        cloudEvent.Data = body.IsEmpty ? null : DecodeData(body);
    }

    public sealed override CloudEvent DecodeStructuredModeMessage(
        ReadOnlyMemory<byte> body, ContentType? contentType, IEnumerable<CloudEventAttribute>? extensionAttributes)
    {
        var (cloudEvent, data, binary) = StructuredEvent.Read(body);
        DecodeBinaryModeEventData(binary ?? data, cloudEvent);
        return cloudEvent;
    }

    public sealed override ReadOnlyMemory<byte> EncodeStructuredModeMessage(CloudEvent cloudEvent, out ContentType contentType) =>
        throw new NotSupportedException("The stand-in only decodes.");

    public sealed override ReadOnlyMemory<byte> EncodeBinaryModeEventData(CloudEvent cloudEvent) =>
        throw new NotSupportedException("The stand-in only decodes.");

    public sealed override IReadOnlyList<CloudEvent> DecodeBatchModeMessage(
        ReadOnlyMemory<byte> body, ContentType? contentType, IEnumerable<CloudEventAttribute>? extensionAttributes) =>
        throw new NotSupportedException("The stand-in has no batch mode.");

    public sealed override ReadOnlyMemory<byte> EncodeBatchModeMessage(
        IEnumerable<CloudEvent> cloudEvents, out ContentType contentType) =>
        throw new NotSupportedException("The stand-in has no batch mode.");
}
