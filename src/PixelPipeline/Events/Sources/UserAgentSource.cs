namespace PixelPipeline.Events.Sources;

/// <summary><c>user_agent</c>: the client's User-Agent header.</summary>
internal sealed class UserAgentSource() : ColumnSource("user_agent")
{
    public override object? Read(scoped ref EventFacts facts) => EventFacts.Text(facts.Entry.UserAgent);
}
