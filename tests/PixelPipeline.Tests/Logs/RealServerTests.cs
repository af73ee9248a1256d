using System.Text;
using System.Text.Json;
using PixelPipeline.Logs;
using PixelPipeline.Logs.Formats;

namespace PixelPipeline.Tests.Logs;

/// <summary>
/// The lines that real servers wrote for one set of requests (<c>eng/real-servers/record.py</c>), field by field beside what
/// was sent. What the servers themselves lose or bend stands in <c>differences.txt</c>; docs/importing.md names each kind.
/// </summary>
public sealed class RealServerTests
{
    private const string Folder = "samples/real-servers";

    private static IEnumerable<string> Servers =>
        Directory.GetFiles(Path.Combine(TestContext.CurrentContext.TestDirectory, Folder), "*.log").Select(p => Path.GetFileNameWithoutExtension(p)).Order(StringComparer.Ordinal);

    [TestCaseSource(nameof(Servers))]
    public void Read_LinesOfAServer_TellWhatWasSent(string server)
    {
        var expected = Encoding.UTF8.GetString(ShippedFile.Read($"{Folder}/differences.txt")).Split('\n').Where(l => l.StartsWith(server + " ", StringComparison.Ordinal));
        var differences = Compare(server);
        Assert.That(differences, Is.EqualTo(expected), string.Join('\n', differences));
    }

    private static List<string> Compare(string server)
    {
        var log = ShippedFile.Read($"{Folder}/{server}.log");
        var format = FormatDetection.Detect(log);
        Assert.That(format, Is.Not.Null);
        var (lines, bad) = ReadAll(log, format!);
        if (lines.TrueForAll(l => !l.Url.Contains("user_id=", StringComparison.Ordinal)))
        {
            return [$"{server} writes no query"];
        }

        var differences = bad.ConvertAll(b => $"{server} {b}");
        var hasAgents = lines.Exists(l => l.Agent.Length > 0);
        differences.AddRange(hasAgents ? [] : [$"{server} writes no agent, no referer"]);
        foreach (var sent in Sent())
        {
            differences.AddRange(Compare(sent, lines.Where(l => NameOf(l.Url) == sent["name"]).ToList(), hasAgents).Select(d => $"{server} {sent["name"]} {d}"));
        }

        return differences;
    }

    private static IEnumerable<string> Compare(Dictionary<string, string> sent, List<Line> lines, bool hasAgents)
    {
        if (lines.Count != 1)
        {
            return [$"{lines.Count} lines"];
        }

        var line = lines[0];
        return line.IsCut ? ["cut"] : new[] { ("method", line.Method), ("url", line.Url), ("agent", line.Agent), ("referer", line.Referer), ("address", line.Address) }
            .Where(f => f.Item2 != sent[f.Item1] && (hasAgents || f.Item1 is not ("agent" or "referer"))).Select(f => $"{f.Item1} is {(f.Item2.Length == 0 ? "empty" : f.Item2)}");
    }

    private static (List<Line> Lines, List<string> Bad) ReadAll(byte[] log, LogFormat format)
    {
        var reader = new LogLineReader();
        var lines = new List<Line>();
        var bad = new List<string>();
        var number = 0;
        foreach (var text in Encoding.Latin1.GetString(log).Split('\n'))
        {
            number++;
            var bytes = Encoding.Latin1.GetBytes(text);
            if (reader.IsSkipped(bytes, format))
            {
                continue;
            }

            if (reader.Read(bytes, format, out var line) is { } reason)
            {
                bad.Add($"line {number}: {reason.ToLabel()}");
            }
            else if (!line.Url.IsEmpty)
            {
                lines.Add(new Line(Text(line.Method), WithoutHost(Text(line.Url)), Text(line.UserAgent), Text(line.Referer), Text(line.RemoteIp), line.IsUrlCut));
            }
        }

        return (lines, bad);
    }

    // Each character is one byte: what was sent need not be UTF-8.
    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);

    private static string WithoutHost(string url) => url.StartsWith("http://localhost", StringComparison.Ordinal) ? url["http://localhost".Length..] : url;

    private static string NameOf(string url) => url.Split("user_id=")[Math.Min(1, url.Split("user_id=").Length - 1)].Split('&')[0];

    private static List<Dictionary<string, string>> Sent() => JsonSerializer.Deserialize<List<Dictionary<string, string>>>(ShippedFile.Read($"{Folder}/sent.json"))!;

    private sealed record Line(string Method, string Url, string Agent, string Referer, string Address, bool IsCut);
}
