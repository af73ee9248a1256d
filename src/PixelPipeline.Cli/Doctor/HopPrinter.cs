using System.Globalization;

namespace PixelPipeline.Cli.Doctor;

/// <summary>Prints a hop for people: a line, and where it is broken what mends it.</summary>
internal static class HopPrinter
{
    public static void Print(HopReport report)
    {
        var sign = report.State switch
        {
            HopState.Passed => '✓',
            HopState.Broken => '✗',
            _ => '·',
        };
        var time = report.Time is { } t ? string.Create(CultureInfo.InvariantCulture, $"{t.TotalMilliseconds:N0} ms") : "";
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{sign} {report.Hop,-13}{time,10}  {WithoutControls(report.Detail)}"));
        if (report.Remedy is { } remedy)
        {
            Console.WriteLine($"{"",26}→ {WithoutControls(remedy)}");
        }
    }

    /// <summary>Details hold what servers say: none may steer the terminal.</summary>
    private static string WithoutControls(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
}
