using System.Net.Mime;
using CloudNative.CloudEvents;
using Google.Events.Protobuf.Cloud.PubSub.V1;
using Google.Protobuf;

namespace PixelPipeline.Functions.Pixels;

/// <summary>
/// Reads deliveries for the pixel's function. Of what Pub/Sub writes, it makes the message's data, which is all that the
/// function uses, in one pass; whatever looks otherwise goes to the formatter of the events package, so that the same is
/// refused and taken as by that.
/// </summary>
/// <param name="whole">The package's.</param>
internal sealed class PushFormatter(CloudEventFormatter whole) : CloudEventFormatter
{
    /// <summary>In front of the formatter that the framework would use.</summary>
    public static PushFormatter Create() => new(CloudEventFormatterAttribute.CreateFormatter(typeof(MessagePublishedData))!);

    /// <inheritdoc/>
    public override void DecodeBinaryModeEventData(ReadOnlyMemory<byte> body, CloudEvent cloudEvent)
    {
        ArgumentNullException.ThrowIfNull(cloudEvent);
        if (cloudEvent.DataContentType == MediaTypeNames.Application.Json && PlainPush.TryRead(body.Span, out var data))
        {
            // Nobody else has the array, so the message may keep it.
            cloudEvent.Data = new MessagePublishedData { Message = new PubsubMessage { Data = UnsafeByteOperations.UnsafeWrap(data) } };
        }
        else
        {
            whole.DecodeBinaryModeEventData(body, cloudEvent);
        }
    }

    /// <inheritdoc/>
    public override CloudEvent DecodeStructuredModeMessage(ReadOnlyMemory<byte> body, ContentType? contentType, IEnumerable<CloudEventAttribute>? extensionAttributes) =>
        whole.DecodeStructuredModeMessage(body, contentType, extensionAttributes);

    /// <inheritdoc/>
    public override IReadOnlyList<CloudEvent> DecodeBatchModeMessage(ReadOnlyMemory<byte> body, ContentType? contentType, IEnumerable<CloudEventAttribute>? extensionAttributes) =>
        whole.DecodeBatchModeMessage(body, contentType, extensionAttributes);

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> EncodeBinaryModeEventData(CloudEvent cloudEvent) => whole.EncodeBinaryModeEventData(cloudEvent);

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> EncodeStructuredModeMessage(CloudEvent cloudEvent, out ContentType contentType) =>
        whole.EncodeStructuredModeMessage(cloudEvent, out contentType);

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> EncodeBatchModeMessage(IEnumerable<CloudEvent> cloudEvents, out ContentType contentType) =>
        whole.EncodeBatchModeMessage(cloudEvents, out contentType);
}
