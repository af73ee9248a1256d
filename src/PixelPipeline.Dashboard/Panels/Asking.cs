using PixelPipeline.Dashboard.Questions;
using PixelPipeline.Dashboard.Views;

namespace PixelPipeline.Dashboard.Panels;

/// <summary>What panels are asked for: the tables, what the page is about, and when.</summary>
/// <param name="Tables">The tables.</param>
/// <param name="View">What the page is about.</param>
/// <param name="Period">Its period as of <paramref name="Now"/>.</param>
/// <param name="Now">The instant of the reading, UTC.</param>
internal sealed record Asking(EventTables Tables, View View, Period Period, DateTime Now)
{
    /// <summary>
    /// The ids of the period's events that the tables may hold more than once, so that all others need not be looked at for
    /// repetitions; null where that is not known. It may name too many, never too few.
    /// </summary>
    public IReadOnlyCollection<string>? Repeated { get; init; }

    /// <summary>The same without what is known of repetitions: its questions are right at any time.</summary>
    public Asking Anytime => this with { Repeated = null };

    /// <summary>True where the period has not ended.</summary>
    public bool IsGoingOn => Now < Period.To;
}
