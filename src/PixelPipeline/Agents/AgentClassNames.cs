namespace PixelPipeline.Agents;

/// <summary>The classes as rows and people name them.</summary>
public static class AgentClassNames
{
    /// <summary>Such as <c>mail_proxy</c>.</summary>
    public static string ToLabel(this AgentClass agentClass) => agentClass switch
    {
        AgentClass.Unknown => "unknown",
        AgentClass.Person => "person",
        AgentClass.MailProxy => "mail_proxy",
        AgentClass.Prefetch => "prefetch",
        AgentClass.LinkPreview => "link_preview",
        AgentClass.Crawler => "crawler",
        AgentClass.Tool => "tool",
        _ => throw new ArgumentOutOfRangeException(nameof(agentClass), agentClass, null),
    };
}
