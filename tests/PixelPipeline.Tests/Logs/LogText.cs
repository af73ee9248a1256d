using System.Globalization;
using PixelPipeline.Logs;
using PixelPipeline.Logs.Files;
using PixelPipeline.Logs.Formats;
using PixelPipeline.Summaries;

namespace PixelPipeline.Tests.Logs;

/// <summary>Access logs in memory, and the summary of some.</summary>
internal static class LogText
{
    public static LogFile ToFile(byte[] bytes, string name = "test.log") => new(name, bytes.Length, () => new MemoryStream(bytes));

    /// <summary>A file that cannot be read on behind these bytes.</summary>
    public static LogFile ToBrokenFile(byte[] bytes, string name = "broken.log") => new(name, bytes.Length + 1_000, () => new BreakingStream(bytes));

    /// <summary>A line of a classic ELB log.</summary>
    public static string ElbLine(string url, string time = "2026-11-20T11:12:28.408747Z") =>
        $"{time} lb 203.0.113.7:1 10.0.0.1:80 0 0 0 200 200 0 43 \"GET https://h:443{url} HTTP/1.1\" \"agent\" - -\n";

    /// <summary>A summary as lines of <c>date path[ keys] hits</c>, with the bad lines behind.</summary>
    public static async Task<(Summary Summary, string[] Rows, string[] Bad)> SummarizeAsync(
        IReadOnlyList<LogFile> files, string[]? keys = null, string? format = null)
    {
        var bad = new List<string>();
        var summarizer = new Summarizer(keys ?? [], format is null ? null : LogFormats.Find(format), b => bad.Add($"{b.File}:{b.Line}: {b.Reason.ToLabel()}"), (f, e) => bad.Add($"{f.Name}: {e.GetType().Name}"));
        var summary = await summarizer.SummarizeAsync(files, CancellationToken.None);
        return (summary, [.. summary.Rows.Select(ToText)], [.. bad]);
    }

    private sealed class BreakingStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer) is var read and > 0 ? read : throw new IOException("Broken.");
    }

    private static string ToText(SummaryRow row) =>
        string.Create(CultureInfo.InvariantCulture, $"{row.Date:yyyy-MM-dd} {string.Join(' ', row.Keys.Prepend(row.Path))} {row.Hits}");
}
