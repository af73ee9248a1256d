namespace PixelPipeline.Dashboard.Views;

/// <summary>How long a bar of the chart over time is, on the clock and calendar of the viewer's time zone.</summary>
public enum Grain
{
    /// <summary>A whole hour.</summary>
    Hour,

    /// <summary>A day, from midnight.</summary>
    Day,

    /// <summary>A week, from Monday.</summary>
    Week,

    /// <summary>A month of the calendar.</summary>
    Month,
}
