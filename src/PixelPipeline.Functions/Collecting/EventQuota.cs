using System.Threading.RateLimiting;

namespace PixelPipeline.Functions.Collecting;

/// <summary>How many events a second are taken under each key.</summary>
internal sealed class EventQuota : IDisposable
{
    private const int MostPeriodsPerSecond = 10;

    private readonly PartitionedRateLimiter<string> _limiter;

    /// <summary>Sets a quota up.</summary>
    /// <param name="eventsPerSecond">For each key, in this instance. A second's worth, and at least one full request, may come at once.</param>
    public EventQuota(int eventsPerSecond) => _limiter = PartitionedRateLimiter.Create<string, string>(key => RateLimitPartition.GetTokenBucketLimiter(key, _ => OptionsOf(eventsPerSecond)));

    /// <summary>False where so many more are too many now.</summary>
    public bool TryTake(string keyName, int events)
    {
        using var lease = _limiter.AttemptAcquire(keyName, events);
        return lease.IsAcquired;
    }

    public void Dispose() => _limiter.Dispose();

    // A period adds whole events, so it is as long as these take.
    private static TokenBucketRateLimiterOptions OptionsOf(int eventsPerSecond)
    {
        var eventsPerPeriod = (eventsPerSecond + MostPeriodsPerSecond - 1) / MostPeriodsPerSecond;
        return new TokenBucketRateLimiterOptions
        {
            TokenLimit = Math.Max(eventsPerSecond, PixelPipeline.Collecting.EventBody.MaxEvents),
            TokensPerPeriod = eventsPerPeriod,
            ReplenishmentPeriod = TimeSpan.FromSeconds((double)eventsPerPeriod / eventsPerSecond),
        };
    }
}
