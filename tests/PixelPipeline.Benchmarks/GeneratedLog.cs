using System.Globalization;
using System.Text;

namespace PixelPipeline.Benchmarks;

/// <summary>Access logs as a busy pixel leaves them, the same for the same number of lines. Removed at the end.</summary>
internal sealed class GeneratedLog : IDisposable
{
    private const string Agent = "Mozilla/5.0 (X11; Linux x86_64)";

    private static readonly string[] Types = ["click", "open", "view", "purchase"];
    private static readonly string[] Paths = ["/pixel.png", "/pixel.png", "/pixel.png", "/pixel.png", "/", "/index.html", "/favicon.ico"];

    /// <summary>The formats that are measured.</summary>
    public static IReadOnlyList<string> Formats { get; } = ["logentry", "elb", "alb", "cloudfront", "combined"];

    public GeneratedLog(string format, int lines)
    {
        Format = format;
        Path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"pixel-{format}-{Guid.NewGuid():N}.log");
        using var writer = new StreamWriter(Path, append: false, new UTF8Encoding(false), 1 << 20) { NewLine = "\n" };
        if (format == "cloudfront")
        {
            writer.WriteLine("#Version: 1.0");
            writer.WriteLine("#Fields: date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent) cs-uri-query");
        }

        var random = new Random(1);
        for (var i = 0; i < lines; i++)
        {
            writer.WriteLine(Line(format, i, lines, random));
        }
    }

    public string Format { get; }

    public string Path { get; }

    public void Dispose() => File.Delete(Path);

    private static string Line(string format, int i, int lines, Random random)
    {
        // Three days, whatever the number of lines.
        var time = new DateTime(2026, 11, 18, 0, 0, 0, DateTimeKind.Utc).AddTicks(TimeSpan.TicksPerDay * 3 / lines * i);
        var iso = time.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);
        var path = Paths[random.Next(Paths.Length)];
        var query = $"user_id=507f1f77bcf86cd7994390{random.Next(50):00}&order_id={random.Next(100_000)}&type={Types[random.Next(Types.Length)]}";
        var ip = $"203.0.113.{random.Next(256)}";
        return FormattableString.Invariant(format switch
        {
            "elb" => (FormattableString)$"{iso} pixel-elb {ip}:{random.Next(1024, 65536)} 10.0.0.1:80 0.000073 0.001048 0.000057 200 200 0 43 \"GET https://track.example.com:443{path}?{query} HTTP/1.1\" \"{Agent}\" ECDHE-RSA-AES128-GCM-SHA256 TLSv1.2",
            "alb" => $"h2 {iso} app/pixel/50dc6c495c0c9188 {ip}:{random.Next(1024, 65536)} 10.0.0.66:9000 0.000 0.002 0.000 200 200 57 43 \"GET https://track.example.com:443{path}?{query} HTTP/2.0\" \"{Agent}\" ECDHE-RSA-AES128-GCM-SHA256 TLSv1.2 arn:aws:elasticloadbalancing:us-east-2:123456789012:targetgroup/pixel/73e2d6bc24d8a067 \"Root=1-58337364-23a8c76965a2ef7629b185e3\" \"track.example.com\" \"session-reused\" 0 {iso} \"forward\" \"-\" \"-\" \"10.0.0.66:9000\" \"200\" \"-\" \"-\"",
            "cloudfront" => $"{time:yyyy-MM-dd}\t{time:HH:mm:ss}\tFRA2\t43\t{ip}\tGET\td111111abcdef8.cloudfront.net\t{path}\t200\thttps://shop.example.com/cart\t{Agent.Replace(" ", "%20", StringComparison.Ordinal)}\t{query}",
            "combined" => $"{ip} - - [{time:dd}/{time:MMM}/{time:yyyy}:{time:HH:mm:ss} +0000] \"GET {path}?{query} HTTP/1.1\" 200 43 \"https://shop.example.com/cart\" \"{Agent}\"",
            _ => $"{{\"insertId\":\"{i:x12}\",\"timestamp\":\"{iso}\",\"severity\":\"INFO\",\"resource\":{{\"type\":\"http_load_balancer\",\"labels\":{{\"url_map_name\":\"pixel\",\"project_id\":\"local\"}}}},\"httpRequest\":{{\"requestMethod\":\"GET\",\"requestUrl\":\"https://track.example.com{path}?{query}\",\"requestSize\":\"412\",\"status\":200,\"responseSize\":\"310\",\"userAgent\":\"{Agent}\",\"remoteIp\":\"{ip}\",\"referer\":\"https://shop.example.com/cart\",\"latency\":\"0.002s\"}},\"jsonPayload\":{{\"statusDetails\":\"response_sent_by_backend\"}}}}",
        });
    }
}
