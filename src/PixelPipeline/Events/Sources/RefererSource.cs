namespace PixelPipeline.Events.Sources;

/// <summary><c>referer</c>: the client's Referer header.</summary>
internal sealed class RefererSource() : ColumnSource("referer")
{
    public override object? Read(scoped ref EventFacts facts) => EventFacts.Text(facts.Entry.Referer);
}
