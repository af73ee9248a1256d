namespace PixelPipeline.GoogleCloud.BigQuery;

/// <summary>The time that one piece of work has, however many calls it takes.</summary>
internal sealed class RetryDeadline
{
    private readonly TimeProvider _time;
    private readonly TimeSpan _limit;
    private readonly long _start;

    public RetryDeadline(TimeProvider time, TimeSpan limit)
    {
        _time = time;
        _limit = limit;
        _start = time.GetTimestamp();
    }

    public TimeSpan Elapsed => _time.GetElapsedTime(_start);

    public TimeSpan Remaining => _limit - Elapsed;
}
