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
    /// The rows of the period, and of the one before it, that the tables may hold more than once, so that no others need be
    /// looked at for repetitions; null where that is not known.
    /// </summary>
    public Repeats? Repeats { get; init; }

    /// <summary>
    /// The days to which events still come, where a <see cref="SummedQuestion"/> is to tell them from those that are over; null
    /// for sums of the whole period, and for other questions.
    /// </summary>
    public OpenDays? Open { get; init; }

    /// <summary>Whether these days alone are asked for.</summary>
    public bool OnlyOpen { get; init; }

    /// <summary>The same without what is known of repetitions: its questions are right at any time.</summary>
    public Asking Anytime => this with { Repeats = null };

    /// <summary>True where whoever runs the pipeline tells of it.</summary>
    public bool HasHost { get; init; }

    /// <summary>True where the period has not ended.</summary>
    public bool IsGoingOn => Now < Period.To;
}
