using System.Globalization;
using System.Text;
using PixelPipeline.Logs;
using PixelPipeline.Logs.Formats;

namespace PixelPipeline.Tests.Logs;

/// <summary>One line, and what it tells: method, URL, user agent, referer and address, a time to the nanosecond.</summary>
public sealed class LogLineReaderTests
{
    private const string ElbHead = "2026-11-20T11:12:28.408747Z lb 203.0.113.7:1 10.0.0.1:80 0 0 0 200 200 0 43 ";
    private const string AlbHead = "h2 2026-11-20T11:12:28.408747Z app/x 203.0.113.7:1 10.0.0.1:80 0 0 0 200 200 0 43 ";
    private const string CombinedHead = "203.0.113.7 - - [20/Nov/2026:11:12:28 +0000] ";

    [TestCase("elb", ElbHead + "\"GET https://h:443/p?a=b HTTP/1.1\" \"agent one\" c p", "GET|https://h:443/p?a=b|agent one||203.0.113.7")]
    [TestCase("elb", ElbHead + "\"GET https://h/p HTTP/1.1\" \"a \"b\" c\" - -", "GET|https://h/p|a \"b\" c||203.0.113.7")] // quotes in an agent
    [TestCase("elb", ElbHead + "\"- - - \" \"-\" - -", "||||203.0.113.7")] // a connection without a request
    [TestCase("elb", ElbHead + "\"GET https://h/p HTTP/1.1\"", "GET|https://h/p|||203.0.113.7")] // of before agents were logged
    [TestCase("alb", AlbHead + "\"GET https://h:443/p HTTP/2.0\" \"agent\" c p arn \"Root=1\"", "GET|https://h:443/p|agent||203.0.113.7")]
    [TestCase("alb", AlbHead + "\"GET https://h/p HTTP/2.0\" \"a \\x22b\\x22\" c p arn \"Root=1\"", "GET|https://h/p|a \"b\"||203.0.113.7")]
    [TestCase("combined", CombinedHead + "\"GET /p?a=b HTTP/1.1\" 200 43 \"https://r/\" \"agent\"", "GET|/p?a=b|agent|https://r/|203.0.113.7")]
    [TestCase("combined", CombinedHead + "\"GET /p HTTP/1.1\" 200 43 \"-\" \"a \\\"b\\\" \\\\\"", "GET|/p|a \"b\" \\||203.0.113.7")] // escaped quotes and a backslash at the end
    [TestCase("combined", "203.0.113.7 - a [b [20/Nov/2026:11:12:28 +0000] \"GET /p HTTP/1.1\" 304 -", "GET|/p|||203.0.113.7")] // a bracket in the user's name
    [TestCase("combined", CombinedHead + "\"GET /p HTTP/1.1\" 304 -", "GET|/p|||203.0.113.7")] // the common format
    [TestCase("combined", CombinedHead + "\"GET /a b HTTP/1.1\" 200 1 \"-\" \"-\"", "GET|/a b|||203.0.113.7")] // a space that the client did not encode
    [TestCase("combined", CombinedHead + "\"\\x16\\x03\" 400 0 \"-\" \"-\"", "||||203.0.113.7")] // TLS spoken to a plain port
    [TestCase("combined", CombinedHead + "\"GET /p HTTP/1.1\" 200 43 \"-\" \"agent\" \"10.0.0.1\" 0.002", "GET|/p|agent||203.0.113.7")] // more fields behind
    public void Read_LineOfFormat_GivesItsFields(string format, string line, string expected)
    {
        var reason = new LogLineReader().Read(Encoding.UTF8.GetBytes(line), Find(format), out var read);
        Assert.That(reason, Is.Null);
        Assert.That(Describe(in read), Is.EqualTo(expected));
        Assert.That(read.Timestamp.ToMicroseconds(), Is.EqualTo(new DateTime(2026, 11, 20, 11, 12, 28, DateTimeKind.Utc)).Within(TimeSpan.FromSeconds(0.5)));
    }

    [TestCase("elb", "", BadLineReason.FieldsMissing)]
    [TestCase("elb", ElbHead, BadLineReason.FieldsMissing)]
    [TestCase("elb", ElbHead + "\"GET https://h/p HT", BadLineReason.FieldsMissing)] // cut off
    [TestCase("elb", ElbHead + "\"GET https://h/p HTTP/1.1\" \"agen", BadLineReason.FieldsMissing)]
    [TestCase("elb", "x" + ElbHead + "\"GET https://h/p HTTP/1.1\" \"a\" - -", BadLineReason.NoTimestamp)]
    [TestCase("alb", ElbHead + "\"GET https://h/p HTTP/1.1\" \"a\" - -", BadLineReason.FieldsMissing)] // of another format
    [TestCase("alb", AlbHead + "\"GET https://h/p HTTP/1.1\" \"a", BadLineReason.FieldsMissing)]
    [TestCase("combined", CombinedHead + "\"GET /p HTTP/1.1\" 200", BadLineReason.FieldsMissing)]
    [TestCase("combined", CombinedHead + "\"GET /p HTTP/1.1\" 200 43 \"https://r", BadLineReason.FieldsMissing)]
    [TestCase("combined", "203.0.113.7 - - [20/Foo/2026:11:12:28 +0000] \"GET /p HTTP/1.1\" 200 43", BadLineReason.NoTimestamp)]
    [TestCase("cloudfront", "2026-11-20\t11:12:28\tFRA2", BadLineReason.FieldsMissing)]
    [TestCase("logentry", "{\"timestamp\":", BadLineReason.NotALogEntry)]
    [TestCase(null, ElbHead, BadLineReason.UnknownFormat)]
    public void Read_LineThatCannotBeRead_SaysWhy(string? format, string line, BadLineReason expected) =>
        Assert.That(new LogLineReader().Read(Encoding.UTF8.GetBytes(line), Find(format), out _), Is.EqualTo(expected));

    [TestCase("20/Nov/2026:23:30:00 +0000", "2026-11-20T23:30:00Z")]
    [TestCase("20/Nov/2026:23:30:00 -0100", "2026-11-21T00:30:00Z")]
    [TestCase("21/Nov/2026:00:30:00 +0530", "2026-11-20T19:00:00Z")]
    [TestCase("29/Feb/2028:00:00:00 +0000", "2028-02-29T00:00:00Z")]
    [TestCase("31/Dec/1999:23:59:59 -1200", "2000-01-01T11:59:59Z")]
    public void Read_CombinedTime_IsUtc(string time, string expected)
    {
        var reader = new LogLineReader();
        for (var i = 0; i < 2; i++) // the second line takes the short way
        {
            reader.Read(Encoding.UTF8.GetBytes($"203.0.113.7 - - [{time}] \"GET /p HTTP/1.1\" 200 43"), Find("combined"), out var line);
            Assert.That(line.Timestamp.ToMicroseconds().ToString("yyyy-MM-ddTHH:mm:ssZ", null), Is.EqualTo(expected));
        }
    }

    [TestCase("Europe/Berlin", "20/Nov/2026:00:30:00.250", "2026-11-19T23:30:00.250")]
    [TestCase("Europe/Berlin", "20/Jul/2026:00:30:00.250", "2026-07-19T22:30:00.250")] // summer
    [TestCase("Europe/Berlin", "25/Oct/2026:02:30:00.000", "2026-10-25T01:30:00.000")] // comes twice that night: the second
    [TestCase("Europe/Berlin", "29/Mar/2026:02:30:00.000", "2026-03-29T01:30:00.000")] // does not come that night
    [TestCase("America/St_Johns", "31/Dec/2026:23:00:00.999", "2027-01-01T02:30:00.999")]
    [TestCase("UTC", "20/Nov/2026:00:30:00.250", "2026-11-20T00:30:00.250")]
    public void Read_TimeWithoutAZone_IsOfTheZoneThatIsTold(string zone, string time, string expected)
    {
        var reader = new LogLineReader { TimeZone = TimeZoneInfo.FindSystemTimeZoneById(zone) };
        var line = Encoding.UTF8.GetBytes($"203.0.113.7:1 [{time}] web app/one 0/0/0/1/1 200 138 - - ---- 1/1/0/0/0 0/0 \"GET / HTTP/1.1\"");
        Assert.That(reader.Read(line, Find("haproxy"), out var read), Is.Null);
        Assert.That(read.Timestamp.ToMicroseconds().ToString("yyyy-MM-ddTHH:mm:ss.fff", null), Is.EqualTo(expected));
    }

    [TestCase("01/Jan/0001:00:30:00.000")]
    [TestCase("31/Foo/2026:00:30:00.000")]
    public void Read_TimeThatNoZoneHas_IsNone(string time)
    {
        var reader = new LogLineReader { TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin") };
        var line = Encoding.UTF8.GetBytes($"203.0.113.7:1 [{time}] web app/one 0/0/0/1/1 200 138 - - ---- 1/1/0/0/0 0/0 \"GET / HTTP/1.1\"");
        Assert.That(reader.Read(line, Find("haproxy"), out _), Is.EqualTo(BadLineReason.NoTimestamp));
    }

    [Test]
    public void Read_TimestampsOfOneMinute_AreReadAsAlone()
    {
        string[] times = ["2026-11-20T11:12:28.408747Z", "2026-11-20T11:12:29Z", "2026-11-20T11:12:59.9Z", "2026-11-20T11:12:00.123456789Z", "2026-11-20T11:13:00.1Z", "2026-11-20T11:12:28.408747+01:00"];
        var reader = new TimestampReader();
        foreach (var time in times.Concat(times))
        {
            var text = Encoding.UTF8.GetBytes(time);
            Assert.That(EntryTimestamp.TryParse(text, out var expected) && reader.TryRead(text, out _), Is.True);
            reader.TryRead(text, out var read);
            Assert.That(read, Is.EqualTo(expected), time);
        }
    }

    [Test]
    public void Read_AnyTimestamp_IsReadAsTheGeneralParserDoes()
    {
        var random = new Random(Some.Seed());
        for (var i = 0; i < 20_000; i++)
        {
            var time = new DateTime(random.NextInt64(DateTime.MaxValue.Ticks), DateTimeKind.Utc);
            var text = Encoding.UTF8.GetBytes(time.ToString(i % 3 == 0 ? "yyyy-MM-ddTHH:mm:ssZ" : "yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture));
            text[random.Next(text.Length)] = random.Next(2) == 0 ? text[0] : (byte)random.Next('-', ':' + 1);
            var isOne = EntryTimestamp.TryParse(text, out var expected);
            Assert.That((new TimestampReader().TryRead(text, out var read), read), Is.EqualTo((isOne, expected)), Encoding.UTF8.GetString(text));
        }
    }

    [Test]
    public void Read_AnyCombinedTime_IsReadAsTheFrameworkDoes()
    {
        const string format = "dd/MMM/yyyy:HH:mm:ss zzz";
        var random = new Random(Some.Seed());
        for (var i = 0; i < 20_000; i++)
        {
            var local = DateTime.MinValue.AddDays(2).AddTicks(random.NextInt64((DateTime.MaxValue - DateTime.MinValue).Ticks - (4 * TimeSpan.TicksPerDay)));
            var time = new DateTimeOffset(local, TimeSpan.FromMinutes(random.Next(-13 * 60, 13 * 60))).ToString(format, CultureInfo.InvariantCulture);
            var text = Encoding.UTF8.GetBytes(time.Remove(time.Length - 3, 1));
            if (i % 2 == 0)
            {
                text[random.Next(text.Length - 5)] = (byte)random.Next('/', ':' + 1);
            }

            var isOne = DateTimeOffset.TryParseExact(Encoding.UTF8.GetString(text), format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var expected);
            Assert.That(
                (new TimestampReader().TryReadCombined(text, out var read), read),
                Is.EqualTo(isOne ? (true, EntryTimestamp.From(expected)) : (false, default)), Encoding.UTF8.GetString(text));
        }
    }

    [TestCase("2026-11-20T11:12:60Z")]
    [TestCase("2026-11-20T11:12:28.Z")]
    [TestCase("2026-11-20T11:12:28.1x")]
    [TestCase("2026-11-20T11:12:xxZ")]
    [TestCase("2026-11-20T11:12:28")]
    public void Read_TimestampThatIsNone_IsNoneOnTheShortWayToo(string time)
    {
        var reader = new TimestampReader();
        reader.TryRead("2026-11-20T11:12:28Z"u8, out _);
        Assert.That(reader.TryRead(Encoding.UTF8.GetBytes(time), out _), Is.False);
    }

    [Test]
    public void Read_ZeroBytesForATimestamp_AreNone()
    {
        byte[] zeros = [.. new byte[17], .. "12.5Z"u8];
        Assert.That(new TimestampReader().TryRead(zeros, out _), Is.False);
        byte[] combined = [.. new byte[18], .. "12"u8, .. new byte[6]];
        Assert.That(new TimestampReader().TryReadCombined(combined, out _), Is.False);
    }

    [Test]
    public void Read_AnyBytes_GivesALineOrAReason()
    {
        var reader = new LogLineReader();
        Law.Holds<byte[]>(2_000, bytes => LogFormats.All.All(f => reader.Read(bytes, f, out var line) is not null || line.Timestamp != default));
    }

    [Test]
    public void Read_MutatedLines_GiveALineOrAReason()
    {
        var random = new Random(Some.Seed());
        var lines = LogFormats.All.SelectMany(f => Encoding.UTF8.GetString(SampleLogs.Read(f.Label)).Split('\n').Select(l => (Format: f, Line: Encoding.UTF8.GetBytes(l)))).ToArray();
        var reader = new LogLineReader();
        var results = new HashSet<BadLineReason?>();
        for (var i = 0; i < 100_000; i++)
        {
            var (format, line) = lines[random.Next(lines.Length)];
            var mutated = Mutation.Of(line, lines[random.Next(lines.Length)].Line, random);
            results.Add(ReadOrTell(reader, mutated, format));
            results.Add(ReadOrTell(reader, mutated, LogFormats.All[random.Next(LogFormats.All.Count)]));
        }

        Assert.That(results, Is.SupersetOf(new BadLineReason?[] { null, BadLineReason.FieldsMissing, BadLineReason.NoTimestamp, BadLineReason.NotALogEntry }));
    }

    private static BadLineReason? ReadOrTell(LogLineReader reader, byte[] line, LogFormat format)
    {
        try
        {
            return reader.IsSkipped(line, format) ? null : reader.Read(line, format, out _);
        }
        catch (Exception e)
        {
            throw new AssertionException($"{e.GetType().Name} for the {format.Label} line (Base64) {Convert.ToBase64String(line)}", e);
        }
    }

    private static LogFormat? Find(string? label) => label is null ? null : LogFormats.Find(label);

    private static string Describe(in AccessLogLine line) => string.Join('|',
        Encoding.UTF8.GetString(line.Method), Encoding.UTF8.GetString(line.Url), Encoding.UTF8.GetString(line.UserAgent),
        Encoding.UTF8.GetString(line.Referer), Encoding.UTF8.GetString(line.RemoteIp));
}
