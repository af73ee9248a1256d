using System.Globalization;
using PixelPipeline.Cli.Output;

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
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{sign} {report.Hop,-13}{time,10}  {TerminalText.WithoutControls(report.Detail)}"));
        if (report.Remedy is { } remedy)
        {
            Console.WriteLine($"{"",26}→ {TerminalText.WithoutControls(remedy)}");
        }
    }
}
