namespace PixelPipeline.Agents;

/// <summary>Who asked for the pixel, as the user agent tells. The set is closed: it is what the column <c>agent_class</c> holds.</summary>
public enum AgentClass
{
    /// <summary>No agent, or one that tells nothing.</summary>
    Unknown,

    /// <summary>A browser, or an app that shows pages or mails, with a person before it.</summary>
    Person,

    /// <summary>A mail service fetched an image for a reader who has the mail open.</summary>
    MailProxy,

    /// <summary>A mail service fetched an image in advance: it says nothing about a reader.</summary>
    Prefetch,

    /// <summary>A messenger or social network fetched a page that somebody shared.</summary>
    LinkPreview,

    /// <summary>A search engine, an archive, a feed reader, or another program that reads the web by itself.</summary>
    Crawler,

    /// <summary>A monitor, a scanner, a library or a driven browser that somebody runs.</summary>
    Tool,
}
