namespace PixelPipeline.Events.Sources;

/// <summary><c>event_id</c>: the same for every delivery of the entry.</summary>
internal sealed class IdSource() : ColumnSource("event_id")
{
    public override bool IsNeeded => true;

    public override object? Read(scoped ref EventFacts facts) => facts.EventId;
}
