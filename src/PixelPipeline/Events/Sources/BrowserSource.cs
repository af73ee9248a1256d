namespace PixelPipeline.Events.Sources;

/// <summary><c>browser</c>: a person's browser, or the app that shows pages in its place.</summary>
internal sealed class BrowserSource() : ColumnSource("browser")
{
    public override object? Read(scoped ref EventFacts facts) => facts.Agent.Browser;
}
