using CloudNative.CloudEvents;
using Google.Cloud.Functions.Framework;
using Google.Events.Protobuf.Cloud.PubSub.V1;

namespace PixelPipeline.Functions;

/// <summary>
/// The function that Pub/Sub's deliveries reach: hands the log entry of one message on. Completing acknowledges the
/// message; an exception makes Pub/Sub deliver it again.
/// </summary>
/// <seealso href="https://cloud.google.com/eventarc/docs/cloudevents"/>
public sealed class PixelFunction : ICloudEventFunction<MessagePublishedData>
{
    private readonly EntryHandler _handler;

    /// <summary>Made by the framework for each request.</summary>
    /// <param name="handler">Takes entries all the way.</param>
    public PixelFunction(EntryHandler handler) => _handler = handler;

    /// <summary>Handles one message.</summary>
    /// <param name="cloudEvent">The event around it.</param>
    /// <param name="data">The message; what holds none is a malformed request.</param>
    /// <param name="cancellationToken">The delivery ended.</param>
    /// <exception cref="MalformedDeliveryException">There is no message.</exception>
    /// <exception cref="Writing.RowNotCommittedException">The row is not committed, or that is not known.</exception>
    public Task HandleAsync(CloudEvent cloudEvent, MessagePublishedData data, CancellationToken cancellationToken) =>
        data?.Message is { } message
            ? _handler.HandleAsync(message.Data.Memory, cancellationToken)
            : throw new MalformedDeliveryException();
}
