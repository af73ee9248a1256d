namespace PixelPipeline.Events.Sources;

/// <summary><c>event_time</c>: when the load balancer, or the collector, received the request.</summary>
internal sealed class TimeSource() : ColumnSource("event_time", ColumnType.Timestamp)
{
    public override bool IsNeeded => true;

    public override object? Read(scoped ref EventFacts facts) => facts.EventTime;
}
