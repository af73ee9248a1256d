using PixelPipeline.GoogleCloud.BigQuery;
using PixelPipeline.Writing;

namespace PixelPipeline.GoogleCloud.Tests.BigQuery;

/// <summary>The rule for retries, where its deadline passes between two looks at the clock.</summary>
internal sealed class BigQueryRetryTests
{
    [Test]
    public void Deadline_ThatPassesJustAfterTheFirstLook_EndsTheRetries()
    {
        using var meter = new PipelineMeter();
        var time = new SteppingTime(TimeSpan.FromSeconds(0.6));
        var retry = new BigQueryRetry(meter, time);
        var calls = 0;
        var call = retry.ExecuteAsync<int>(
            retry.StartDeadline(TimeSpan.FromSeconds(1)),
            _ => ++calls > 3 ? Task.FromResult(0) : throw new HttpRequestException("transient"),
            CancellationToken.None);

        Assert.That(async () => await call, Throws.Exception);
        Assert.That(calls, Is.LessThanOrEqualTo(1));
    }

    /// <summary>A clock that moves on with each look at it; its timers are real.</summary>
    private sealed class SteppingTime(TimeSpan step) : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Interlocked.Add(ref _ticks, step.Ticks);
    }
}
