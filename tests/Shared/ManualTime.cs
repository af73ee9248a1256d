namespace PixelPipeline.Testing;

/// <summary>A clock that a test sets; timers take no notice of it.</summary>
internal sealed class ManualTime(DateTimeOffset now) : TimeProvider
{
    private DateTimeOffset _now = now;

    public ManualTime()
        : this(new DateTimeOffset(2026, 11, 20, 11, 12, 28, TimeSpan.Zero))
    {
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => _now;

    public override long GetTimestamp() => _now.Ticks;

    public void Advance(TimeSpan by) => _now += by;

    public void Set(DateTime now) => _now = new DateTimeOffset(now, TimeSpan.Zero);
}
