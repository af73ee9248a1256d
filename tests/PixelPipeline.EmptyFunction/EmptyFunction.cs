using CloudNative.CloudEvents;
using Google.Cloud.Functions.Framework;
using Google.Events.Protobuf.Cloud.PubSub.V1;

namespace PixelPipeline.EmptyFunction;

/// <summary>What a function for Pub/Sub messages costs that does nothing: <c>./pixel bench</c> runs it beside ours.</summary>
public sealed class EmptyFunction : ICloudEventFunction<MessagePublishedData>
{
    public Task HandleAsync(CloudEvent cloudEvent, MessagePublishedData data, CancellationToken cancellationToken) => Task.CompletedTask;
}
