using PixelPipeline.Agents;

namespace PixelPipeline.Events.Sources;

/// <summary><c>agent_class</c>: who asked, a person or which kind of machine.</summary>
internal sealed class AgentClassSource() : ColumnSource("agent_class")
{
    public override object? Read(scoped ref EventFacts facts) => facts.Agent.Class.ToLabel();
}
