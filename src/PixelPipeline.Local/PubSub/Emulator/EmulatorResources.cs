using System.Text.Json.Nodes;

namespace PixelPipeline.Local.PubSub.Emulator;

/// <summary>The topic, its push subscription and what keeps the dead letters, in an emulator, as the deployment makes them in the cloud.</summary>
internal sealed class EmulatorResources(PubSubEmulatorClient client, PushSubscriptionOptions options)
{
    /// <summary>Makes what is missing.</summary>
    /// <exception cref="PubSubEmulatorException">Something is missing still.</exception>
    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        await client.EnsureTopicAsync(options.TopicName, cancellationToken);
        await client.EnsureTopicAsync(options.DeadLetterTopicName, cancellationToken);

        // A topic without a subscription drops what is published to it: this one keeps the dead letters to be looked at.
        await client.EnsureSubscriptionAsync(options.DeadLetterSubscriptionName, new() { ["topic"] = options.DeadLetterTopicName }, cancellationToken);
        await client.EnsureSubscriptionAsync(options.SubscriptionName, Subscription(), cancellationToken);
    }

    private JsonObject Subscription() => new()
    {
        ["topic"] = options.TopicName,
        ["ackDeadlineSeconds"] = (int)options.AckDeadline.TotalSeconds,

        // A raw push says nothing of its topic but in the path; a function takes any path.
        ["pushConfig"] = new JsonObject { ["pushEndpoint"] = new Uri(options.Endpoint, options.TopicName).ToString() },
        ["deadLetterPolicy"] = new JsonObject
        {
            ["deadLetterTopic"] = options.DeadLetterTopicName,
            ["maxDeliveryAttempts"] = options.MaxDeliveryAttempts,
        },
        ["retryPolicy"] = new JsonObject
        {
            ["minimumBackoff"] = Duration(options.MinBackoff),
            ["maximumBackoff"] = Duration(options.MaxBackoff),
        },
    };

    private static string Duration(TimeSpan time) => FormattableString.Invariant($"{time.TotalSeconds:0.###}s");
}
