namespace PixelPipeline.Local.PubSub;

/// <summary>Counts what becomes of messages. Safe for concurrent use.</summary>
internal sealed class DeliveryCounters
{
    private long _published;
    private long _acknowledged;
    private long _inFlight;
    private long _deadLettered;
    private long _gone;

    public void Published() => Interlocked.Increment(ref _published);

    public void PushBegins() => Interlocked.Increment(ref _inFlight);

    public void PushEnds() => Interlocked.Decrement(ref _inFlight);

    public void Ended(DeliveryEnd end) => Interlocked.Increment(ref Counter(end));

    public PushSubscriptionStatistics Read(long unreadBytes)
    {
        // What has ended is read before what was published, or the difference could be negative.
        var acknowledged = Interlocked.Read(ref _acknowledged);
        var deadLettered = Interlocked.Read(ref _deadLettered);
        var gone = Interlocked.Read(ref _gone);
        var inFlight = Interlocked.Read(ref _inFlight);
        var open = Interlocked.Read(ref _published) - acknowledged - deadLettered - gone;
        return new(
            open + acknowledged + deadLettered + gone,
            acknowledged,
            inFlight,
            Math.Max(0, open - inFlight),
            unreadBytes,
            deadLettered);
    }

    private ref long Counter(DeliveryEnd end)
    {
        switch (end)
        {
            case DeliveryEnd.Acknowledged:
                return ref _acknowledged;
            case DeliveryEnd.DeadLettered:
                return ref _deadLettered;
            default:
                return ref _gone;
        }
    }
}
