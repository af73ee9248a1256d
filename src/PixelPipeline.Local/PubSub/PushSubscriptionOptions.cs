namespace PixelPipeline.Local.PubSub;

/// <summary>What the push subscription delivers, where to, and how patiently.</summary>
internal sealed record PushSubscriptionOptions
{
    internal const string DefaultId = "pixel-function";

    /// <summary>Failures after which the function's messages are given up.</summary>
    internal const int FunctionAttempts = 100;

    /// <summary>The function: <c>http://127.0.0.1:8081/</c>.</summary>
    public required Uri Endpoint { get; init; }

    /// <summary>The project of topic and subscription: <c>local</c> unless set otherwise.</summary>
    public string ProjectId { get; init; } = "local";

    /// <summary>The topic that the log sink publishes to.</summary>
    public string TopicId { get; init; } = "pixel-hits";

    /// <summary>The subscription; also names the file that keeps its state, so letters, digits and hyphens only.</summary>
    public string SubscriptionId { get; init; } = DefaultId;

    /// <summary>The path that the log sink's filter lets through.</summary>
    public string PixelPath { get; init; } = "/pixel.png";

    /// <summary>
    /// Pushes under way at once: 1,000 as with Pub/Sub (<see href="https://cloud.google.com/pubsub/docs/push"/>).
    /// </summary>
    public int MaxInFlight { get; init; } = 1000;

    /// <summary>
    /// Messages that are in flight or wait for another attempt; with this many, reading ahead pauses. Bounds memory and
    /// the size of the state file.
    /// </summary>
    public int MaxOutstanding { get; init; } = 10_000;

    /// <summary>A push that is not answered by then counts as refused: 60 seconds unless set otherwise, at most 600.</summary>
    public TimeSpan AckDeadline { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The pause after a message's first failure; it doubles with each one.</summary>
    public TimeSpan MinBackoff { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest pause between two attempts of a message.</summary>
    public TimeSpan MaxBackoff { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// A message is moved to the dead letters after this many failures. 100, with pauses that reach
    /// <see cref="MaxBackoff"/> after ten of them, take about 90 minutes.
    /// </summary>
    public int MaxDeliveryAttempts { get; init; } = FunctionAttempts;

    /// <summary>How often the positions are saved. What was acknowledged since is delivered again after a SIGKILL.</summary>
    public TimeSpan SaveInterval { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How long segments that are wholly acknowledged, and dead letters, are kept: 30 days unless set otherwise.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(30);

    /// <summary>The topic's full name: <c>projects/local/topics/pixel-hits</c>.</summary>
    public string TopicName => $"projects/{ProjectId}/topics/{TopicId}";

    /// <summary>Where a Pub/Sub of Google's puts what was given up: <c>projects/local/topics/pixel-hits-dead-letters</c>.</summary>
    public string DeadLetterTopicName => $"{TopicName}-dead-letters";

    /// <summary>What keeps them there: <c>projects/local/subscriptions/pixel-hits-dead-letters</c>.</summary>
    public string DeadLetterSubscriptionName => $"projects/{ProjectId}/subscriptions/{TopicId}-dead-letters";

    /// <summary>The subscription's full name: <c>projects/local/subscriptions/pixel-function</c>.</summary>
    public string SubscriptionName => $"projects/{ProjectId}/subscriptions/{SubscriptionId}";
}
