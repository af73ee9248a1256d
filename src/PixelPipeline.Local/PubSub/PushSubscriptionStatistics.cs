namespace PixelPipeline.Local.PubSub;

/// <summary>What a push subscription did since it started, and what it has left to do.</summary>
/// <param name="Published">Messages taken in: new ones, those an earlier run left over, and redelivered dead letters.</param>
/// <param name="Acknowledged">Messages that the function has taken.</param>
/// <param name="InFlight">Messages being pushed now.</param>
/// <param name="Backlog">Messages taken in that wait for a push.</param>
/// <param name="UnreadBytes">Bytes of the access log not looked at yet.</param>
/// <param name="DeadLettered">Messages moved to the dead letters.</param>
internal readonly record struct PushSubscriptionStatistics(
    long Published, long Acknowledged, long InFlight, long Backlog, long UnreadBytes, long DeadLettered)
{
    /// <summary>Whether all that is in the access log is done with.</summary>
    public bool IsCaughtUp => InFlight == 0 && Backlog == 0 && UnreadBytes == 0;
}
