using PixelPipeline.Logs.Files;
using PixelPipeline.Tests.Logs;

namespace PixelPipeline.Tests.Summaries;

/// <summary>The sample file of each format; the results were worked out by hand from the files.</summary>
public sealed class SampleSummaryTests
{
    [TestCase("elb",
        new[] { "2026-11-20 /pixel.png alice click 1", "2026-11-20 /pixel.png bob open 1", "2026-11-21 /   1", "2026-11-21 /pixel.png alice  1" },
        new[] { "5: fields_missing", "7: no_timestamp", "8: fields_missing" }, 1)]
    [TestCase("alb",
        new[] { "2026-11-20 /pixel.png alice click 1", "2026-11-20 /pixel.png bob  1" }, new string[0], 1)]
    [TestCase("cloudfront",
        new[] { "2026-11-20 /favicon.ico   1", "2026-11-20 /pixel.png alice a b 1", "2026-11-20 /pixel.png bob a b 1" },
        new[] { "6: fields_missing" }, 0)]
    [TestCase("combined",
        new[] { "2026-11-20 /pixel.png alice click 1", "2026-11-20 /pixel.png carol  1", "2026-11-21 /   1", "2026-11-21 /pixel.png bob  1" },
        new[] { "7: no_timestamp", "8: fields_missing" }, 2)]
    [TestCase("logentry",
        new[] { "2026-11-20 /pixel.png alice click 1", "2026-11-20 /pixel.png bob  1" },
        new[] { "5: not_a_log_entry", "6: not_a_log_entry" }, 2)] // what Cloud CDN requested itself is no client's request
    public async Task Summarize_SampleFile_GivesTheHandCheckedCounts(string format, string[] rows, string[] bad, int noRequests)
    {
        var path = SampleLogs.PathOf(format);
        var result = await LogText.SummarizeAsync([LogFile.FromPath(path)], ["user_id", "type"]);
        Assert.That(result.Rows, Is.EqualTo(rows));
        Assert.That(result.Bad, Is.EqualTo(bad.Select(b => $"{path}:{b}")));
        Assert.That(result.Summary.NoRequests, Is.EqualTo(noRequests));
        Assert.That(result.Summary.Lines, Is.EqualTo(result.Summary.Hits + noRequests + bad.Length));
    }
}
