using CloudNative.CloudEvents;
using Google.Cloud.Functions.Framework;
using Google.Events.Protobuf.Cloud.PubSub.V1;
using PixelPipeline;
using PixelPipeline.Events;
using PixelPipeline.Tables;
using PixelPipeline.Writing;

namespace TellHits;

/// <summary>A function of your own on the same hits: it tells who did what, and why an entry is no event.</summary>
public sealed class TellHits : ICloudEventFunction<MessagePublishedData>
{
    private static readonly PixelProcessor Processor =
        new(EventSchema.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "schema.json")), "schema.json"), new TableLayout.Partitioned("pixel"), "/pixel.png");

    /// <inheritdoc/>
    public Task HandleAsync(CloudEvent cloudEvent, MessagePublishedData data, CancellationToken cancellationToken)
    {
        var outcome = Processor.Process(data.Message.Data.Span);
        Console.WriteLine(outcome is EntryOutcome.Written hit ? $"{hit.Row["user_id"]}: {hit.Row["type"]}" : $"no event: {outcome}");
        return Task.CompletedTask;
    }
}
