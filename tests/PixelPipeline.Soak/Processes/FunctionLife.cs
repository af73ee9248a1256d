using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using PixelPipeline.Soak.Checking;

namespace PixelPipeline.Soak.Processes;

/// <summary>One life of the function's process: what it said of itself, beside what the fault layer saw of it.</summary>
internal sealed partial class FunctionLife(int number, Violations violations)
{
    private long _acknowledged;
    private long[] _last = new long[6];
    private bool _isStopped;

    /// <summary>How many of its totals lines were checked.</summary>
    public int TotalsLines { get; private set; }

    /// <summary>It answered a delivery by success.</summary>
    public void CountAcknowledged() => Interlocked.Increment(ref _acknowledged);

    /// <summary>Takes a line of its log; checks the one with the totals.</summary>
    public void Take(string line)
    {
        var match = Totals().Match(MessageOf(line));
        if (!match.Success)
        {
            return;
        }

        var totals = match.Groups.Values.Skip(1).Select(g => long.Parse(g.Value, CultureInfo.InvariantCulture)).ToArray();
        TotalsLines++;
        if (totals[0] != totals[1..].Sum() || totals.Any(t => t < 0) || totals[..5].Zip(_last).Any(t => t.First < t.Second))
        {
            violations.Add($"The totals of life {number} do not add up: {match.Value}");
        }

        _last = totals;
    }

    /// <summary>It ended by SIGTERM, so its last line has everything that it acknowledged.</summary>
    public void Stopped() => _isStopped = true;

    /// <summary>Compares the last totals to what was seen; to be called when no more line comes.</summary>
    public void CheckEnd()
    {
        var acknowledged = Interlocked.Read(ref _acknowledged);
        if (_isStopped && _last[1] + _last[2] + _last[3] < acknowledged)
        {
            violations.Add($"Life {number} acknowledged {acknowledged} deliveries, and its last totals have {string.Join(", ", _last)}.");
        }
    }

    // In the cloud's form each line is JSON, in which a plus is escaped.
    private static string MessageOf(string line)
    {
        if (!line.StartsWith('{') || !line.Contains("Entries: ", StringComparison.Ordinal))
        {
            return line;
        }

        using var json = JsonDocument.Parse(line);
        return json.RootElement.GetProperty("message").GetString() ?? "";
    }

    [GeneratedRegex("Entries: ([0-9]+) received = ([0-9]+) written \\+ ([0-9]+) ignored \\+ ([0-9]+) rejected \\+ ([0-9]+) failed \\+ (-?[0-9]+) waiting")]
    private static partial Regex Totals();
}
