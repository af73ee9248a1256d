using PixelPipeline.Dashboard.Questions;

namespace PixelPipeline.Dashboard.Panels;

/// <summary>One part of the page: a question, and how its answer is shaped. Panels keep nothing.</summary>
public abstract class Panel
{
    private protected Panel(string name, string title) => (Name, Title) = (name, title);

    /// <summary>All panels, in the page's order.</summary>
    public static IReadOnlyList<Panel> All { get; } =
    [
        new FiguresPanel(),
        new SeriesPanel(),
        new ListPanel("pages", "Top pages", "page"),
        new EntriesPanel(),
        new ListPanel("referrers", "Referrers", Dimension.ReferrerHost),
        new ListPanel("types", "Event types", "type"),
        new ListPanel("campaigns", "Campaigns", "utm_campaign"),
        new ListPanel("sources", "Campaign sources", "utm_source"),
        new ListPanel("mediums", "Campaign media", "utm_medium"),
        new ListPanel("browsers", "Browsers", "browser"),
        new ListPanel("systems", "Systems", "os"),
        new ListPanel("devices", "Devices", "device"),
        new ListPanel("countries", "Countries", "country"),
        new ListPanel("users", "Most active users", "user_id"),
        new MailPanel(),
        new ListPanel("list", "Any column", dimension: null),
        new MinutesPanel(),
        new NewestPanel(),
        new RejectedPanel(),
        new HealthPanel(),
    ];

    /// <summary>Its name in addresses, such as <c>pages</c> in <c>/panels/pages.csv</c>: lower case letters.</summary>
    public string Name { get; }

    /// <summary>Its title for people.</summary>
    public string Title { get; }

    /// <summary>Whether the page has it: what the schema has no column for, and what says nothing about the period, is left out.</summary>
    internal virtual bool IsFor(Asking asking) => true;

    /// <summary>Whether it has to be read again though no row has come.</summary>
    internal virtual bool IsStale(PanelContent? content, Reading reading) => false;

    /// <summary>The question to ask.</summary>
    internal abstract Question Ask(Asking asking);

    /// <summary>Makes an answer what the panel shows: every bar of the period, whether it has events or not.</summary>
    internal abstract PanelContent Shape(Answer answer, Asking asking);

    /// <summary>Asks and shapes.</summary>
    internal virtual async Task<PanelContent> ReadAsync(Reading reading, CancellationToken cancellationToken) =>
        Shape(await reading.Answers.AskAsync(Ask(reading.Asking), cancellationToken), reading.Asking);
}
