namespace PixelPipeline.Dashboard.Views;

/// <summary>Whose events count, by their <c>agent_class</c> (docs/columns.md).</summary>
public enum Audience
{
    /// <summary>People, be it through a mail service's proxy, and events of before the column.</summary>
    People,

    /// <summary>All others: crawlers, tools, previews, prefetches, and what tells nothing.</summary>
    Machines,

    /// <summary>Everybody.</summary>
    All,
}
