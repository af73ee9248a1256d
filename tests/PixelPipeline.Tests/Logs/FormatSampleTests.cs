using System.Text;
using PixelPipeline.Logs;
using PixelPipeline.Logs.Formats;

namespace PixelPipeline.Tests.Logs;

/// <summary>The sample of each format that came after the first five: two hits of the pixel, and what is none.</summary>
public sealed class FormatSampleTests
{
    private const string Agent = "Mozilla/5.0 \"X\" (X11; Linux)";
    private const string Cart = "https://shop.example.com/cart";

    [TestCase("caddy", "408747", "type=click", Agent, Cart, "29.500000", "2001:db8::1", 0)]
    [TestCase("nginx-json", "000000", "type=click", Agent, Cart, "29.500000", "2001:db8::1", 0)]
    [TestCase("traefik", "408747", "type=click", Agent, Cart, "29.500000", "2001:db8::1", 0)]
    [TestCase("envoy", "408000", "type=click", Agent, "", "29.500000", "", 0)] // Istio's second line, with no address
    [TestCase("envoy-json", "408000", "type=click", Agent, "", "29.500000", "[2001:db8::1]:37046", 0)] // the port of one in brackets goes later
    [TestCase("haproxy", "408000", "type=\"click\"", "", "", "29.500000", "2001:db8::1", 1)]
    [TestCase("haproxy-clf", "000000", "type=\"click\"", "", "", "29.000000", "2001:db8::1", 1)]
    [TestCase("squid", "408000", "type=click", "", "", "29.500000", "2001:db8::1", 1)]
    [TestCase("w3c", "000000", "type=click", Agent, Cart, "29.000000", "2001:db8::1", 0)]
    [TestCase("cloudfront-json", "000000", "type=a%20b", Agent, Cart, "29.000000", "2001:db8::1", 0)]
    [TestCase("cloudfront-realtime", "408000", "type=a%20b", Agent, Cart, "29.500000", "2001:db8::1", 0)]
    [TestCase("cloudflare", "000000", "type=click", Agent, Cart, "29.500000", "2001:db8::1", 0)]
    [TestCase("fastly", "000000", "type=click", Agent, Cart, "29.000000", "2001:db8::1", 0)]
    [TestCase("pino", "408000", "type=click", Agent, Cart, "29.500000", "203.0.113.9", 2)]
    [TestCase("gcs", "408747", "type=click", Agent, Cart, "29.500000", "2001:db8::1", 0)]
    public void Read_Sample_GivesItsHits(string label, string micros, string type, string agent, string referer, string secondTime, string secondAddress, int noRequests)
    {
        var lines = ReadAll(label);
        var hits = lines.Where(l => l.Contains("/pixel.png", StringComparison.Ordinal)).ToList();
        Assert.That(hits, Is.EqualTo(new[]
        {
            $"28.{micros} GET /pixel.png?user_id=alice&{type}|{agent}|{referer}|203.0.113.7",
            $"{secondTime} GET /pixel.png?user_id=bob|||{secondAddress}",
        }));
        Assert.That(lines.Count(l => l.EndsWith("none", StringComparison.Ordinal)), Is.EqualTo(noRequests));
    }

    private static List<string> ReadAll(string label)
    {
        var (reader, lines) = (new LogLineReader(), new List<string>());
        foreach (var text in Encoding.UTF8.GetString(SampleLogs.Read(label)).Split('\n').Select(Encoding.UTF8.GetBytes))
        {
            if (!reader.IsSkipped(text, LogFormats.Find(label)))
            {
                Assert.That(reader.Read(text, LogFormats.Find(label), out var line), Is.Null);
                lines.Add(Describe(in line));
            }
        }

        return lines;
    }

    private static string Describe(in AccessLogLine line)
    {
        var url = Encoding.UTF8.GetString(line.Url).Replace("http://track.example.com", "", StringComparison.Ordinal);
        return url.Length == 0 ? "none" : line.Timestamp.ToMicroseconds().ToString("ss.ffffff ", null) + Encoding.UTF8.GetString(line.Method) + $" {url}|"
            + string.Join('|', Encoding.UTF8.GetString(line.UserAgent), Encoding.UTF8.GetString(line.Referer), Encoding.UTF8.GetString(line.RemoteIp));
    }
}
