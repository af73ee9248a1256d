using System.Globalization;
using PixelPipeline.Cli.Output;

namespace PixelPipeline.Cli.Producing;

/// <summary>What became of produced events so far.</summary>
/// <param name="Sent">Events that the target has taken.</param>
/// <param name="Failed">Events that it has not, after all attempts.</param>
/// <param name="Retried">Further attempts.</param>
/// <param name="Malformed">Parts of the source that were no events.</param>
/// <param name="Elapsed">Since the start.</param>
/// <param name="P50">Half of the requests took no longer, milliseconds, retries included; null without any.</param>
/// <param name="P99">Of a hundred requests, 99 took no longer.</param>
/// <param name="Failures">Failed events by how they ended.</param>
internal sealed record ProduceReport(
    long Sent, long Failed, long Retried, long Malformed, TimeSpan Elapsed, double? P50, double? P99, IReadOnlyDictionary<string, ProduceFailure> Failures)
{
    private double Rate => Elapsed > TimeSpan.Zero ? Sent / Elapsed.TotalSeconds : 0;

    /// <summary>One line: <c>1,000 sent, 0 failed, 512/s, p50 4 ms, p99 20 ms</c>.</summary>
    public string ToLine() => string.Create(CultureInfo.InvariantCulture, $"{Sent:N0} sent, {Failed:N0} failed, {Rate:N0}/s, p50 {P50 ?? 0:N0} ms, p99 {P99 ?? 0:N0} ms");

    /// <summary>The line and, where there is something to tell, what failed, was tried again or was no event.</summary>
    public IEnumerable<string> ToLines()
    {
        yield return string.Create(CultureInfo.InvariantCulture, $"{ToLine()}, in {Elapsed.TotalSeconds:N1} s; {Retried:N0} tried again, {Malformed:N0} malformed");
        foreach (var (how, failure) in Failures)
        {
            var first = failure.First is { } place ? $" (the first: {place})" : "";
            yield return string.Create(CultureInfo.InvariantCulture, $"  {failure.Events:N0} failed: {TerminalText.WithoutControls(how)}{first}");
        }
    }
}

/// <summary>Events that failed alike.</summary>
/// <param name="Events">How many.</param>
/// <param name="First">Where the first of them stands in its source, such as <c>line 3</c>; null where that has no places.</param>
internal sealed record ProduceFailure(long Events, string? First);
