namespace PixelPipeline.Events.Sources;

/// <summary><c>os</c>: a person's operating system.</summary>
internal sealed class OsSource() : ColumnSource("os")
{
    public override object? Read(scoped ref EventFacts facts) => facts.Agent.Os;
}
