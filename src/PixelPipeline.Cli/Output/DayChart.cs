using System.Globalization;
using Spectre.Console;

namespace PixelPipeline.Cli.Output;

/// <summary>Counts of days as bars in the terminal.</summary>
internal static class DayChart
{
    /// <summary>Prints a bar for each day.</summary>
    /// <param name="days">In the order of the bars.</param>
    public static void Print(IReadOnlyList<(DateOnly Date, long Count)> days)
    {
        if (days.Count == 0)
        {
            Console.Error.WriteLine("No hits.");
            return;
        }

        var chart = new BarChart().UseValueFormatter(v => v.ToString("N0", CultureInfo.InvariantCulture));
        foreach (var (date, count) in days)
        {
            chart.AddItem(date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), count, Color.Blue);
        }

        Terminal.Output().Write(chart);
    }
}
