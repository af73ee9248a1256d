using System.Diagnostics;
using PixelPipeline.Logs.Files;

namespace PixelPipeline.Cli.Logs;

/// <summary>How far the reading of logs is.</summary>
internal static class LogProgress
{
    /// <summary>How far work is that does not tell: the size of all files, and the time so far.</summary>
    public static Func<string> OfTime(IEnumerable<LogFile> files)
    {
        var start = Stopwatch.GetTimestamp();
        return () =>
        {
            var bytes = files.Aggregate((long?)0, (sum, file) => sum + file.Length);
            var size = bytes is { } known ? FormattableString.Invariant($" {known / 1e6:N0} MB") : "";
            return FormattableString.Invariant($@"Reading{size}, {Stopwatch.GetElapsedTime(start):hh\:mm\:ss} so far");
        };
    }
}
