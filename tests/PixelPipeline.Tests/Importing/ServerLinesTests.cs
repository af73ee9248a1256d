using System.Text;
using PixelPipeline.Events;
using PixelPipeline.Importing;
using PixelPipeline.Logs;
using PixelPipeline.Tables;
using PixelPipeline.Tests.Logs;
using PixelPipeline.Writing;

namespace PixelPipeline.Tests.Importing;

/// <summary>What became of lines that real servers wrote and that were once read wrongly: found out, imported, and seen as rows.</summary>
public sealed class ServerLinesTests
{
    private const string Head = "203.0.113.7 - - [20/Nov/2026:11:12:28 +0000] ";
    private const string Request = "\"GET /pixel.png?user_id=u1 HTTP/1.1\" 200 43 ";
    private const string Elb = "2026-11-20T11:12:28.408747Z lb ADDRESS 10.0.0.1:80 0 0 0 200 200 0 43 \"GET https://h/pixel.png?user_id=u1 HTTP/1.1\" \"agent\" - -";

    [TestCase("""{"timestamp":"2026-11-20T11:12:28Z","level":"info","message":"GET /pixel.png?user_id=u1"}""", "bad unknown_format")] // JSON with a timestamp is no LogEntry by that alone
    [TestCase("""{"timestamp":"2026-11-20T11:12:28Z","client":"203.0.113.7","request":"GET /pixel.png?user_id=u1 HTTP/1.1"}""", "u1||203.0.113.7|")]
    [TestCase("""{"timestamp":"2026-11-20T11:12:28Z","insertId":"1","textPayload":"x"}""", "ignored not_a_request")]
    public Task Import_JsonWithATimestamp_IsALogEntryOnlyWithItsFields(string line, string expected) => Check(line, expected);

    [TestCase("\"GET /pixel.png?user_id=u1&order_id=507f19\" 414 585 \"-\" \"-\"", "ignored cut_url")] // nginx, Apache
    [TestCase("\"GET /pixel.png?user_id=u1&order_id=507f19\" 400 150 \"-\" \"-\"", "ignored cut_url")]
    [TestCase("\"GET /pixel.png?user_id=u1\" 200 43 \"-\" \"-\"", "u1||203.0.113.7|")] // HTTP/0.9
    [TestCase("\"GET /pixel.png?user_id=u1000 203.0.113.9 - - [20/Nov/2026:11:12:29 +0000] \"HEAD / HTTP/1.1\" 200 43 \"-\" \"-\" TCP_MISS:X", "ignored cut_url")] // Squid's next line in the same
    public Task Import_UrlThatTheServerCut_IsIgnored(string line, string expected) => Check(Head + line, expected);

    [TestCase("\"GET /pixel.png?user_id=u1#top HTTP/1.1\" 400 226 \"-\" \"-\"", "ignored not_a_request")] // Apache
    [TestCase("\"GET /pixel.png?user_id=u1#user_id=u2 HTTP/1.1\" 200 43 \"-\" \"-\"", "ignored not_a_request")]
    [TestCase("\"GET /pixel.png?user_id=#22u1#22 HTTP/1.1\" 200 43 \"-\" \"-\"", "\"u1\"||203.0.113.7|")] // HAProxy, with a combined log-format
    [TestCase("\"GET /pixel.png?user_id=#23u1 HTTP/1.1\" 200 43 \"-\" \"-\"", "ignored not_a_request")] // HAProxy's number sign
    public Task Import_NumberSign_IsNoRequestsUnlessHaproxyWroteIt(string line, string expected) => Check(Head + line, expected);

    [TestCase("203.0.113.7:1 [20/Nov/2026:11:12:28.408] web app/one 0/0/0/1/1 200 138 - - ---- 1/1/0/0/0 0/0 \"GET /pixel.png?user_id=#22a#23#09 HTTP/1.1\"", "ignored not_a_request")]
    [TestCase("203.0.113.7:1 [20/Nov/2026:11:12:28.408] web app/one 0/0/0/1/1 200 138 - - ---- 1/1/0/0/0 0/0 \"GET /pixel.png?user_id=#22a#C3#A9 HTTP/1.1\"", "\"aé||203.0.113.7|")]
    public Task Import_HaproxysEscapes_AreUndone(string line, string expected) => Check(line, expected);

    [TestCase("\"https://r/?q=\"a\"\" \"say \"hi\" now\"", "u1|say \"hi\" now|203.0.113.7|https://r/?q=\"a\"")] // nginx escape=none
    [TestCase("\"-\" \"a\" b\" c\"", "u1|a\" b\" c|203.0.113.7|")]
    [TestCase("\"-\" \"a\" b\" c\" TCP_MISS:X", "u1|a\" b\" c|203.0.113.7|")] // Squid
    [TestCase("\"-\" \"say \"hi\"\" \"10.0.0.1\" 0.002", "u1|say \"hi\"|203.0.113.7|")] // more fields behind
    [TestCase("\"-\" \"Foo\\\"", "u1|Foo\\|203.0.113.7|")] // h2o, gunicorn, Squid, HAProxy: a backslash is no escape
    [TestCase("\"-\" \"Foo\\\" \"10.0.0.1\"", "u1|Foo\\|203.0.113.7|")]
    [TestCase("\"-\" \"say \\\"hi\\\" now\"", "u1|say \"hi\" now|203.0.113.7|")] // Apache and most others
    [TestCase("\"-\" \"a\\tb\\nc\"", "u1|a\tb\nc|203.0.113.7|")] // Apache, lighttpd, Varnish
    [TestCase("\"-\" \"a\\u0098b\"", "u1|a\u0098b|203.0.113.7|")] // morgan
    [TestCase("\"-\" \"C:\\dir\\x41\"", "u1|C:\\dir\\x41|203.0.113.7|")] // \d is no escape: nothing is
    public Task Import_QuotesAndBackslashes_AreReadAsTheServerWroteThem(string texts, string expected) => Check(Head + Request + texts, expected);

    [TestCase("203.0.113.7:1024", "203.0.113.7")]
    [TestCase("2001:db8::64ec:53016", "2001:db8::64ec")]
    [TestCase("[2001:db8::64ec]:53016", "2001:db8::64ec")]
    public Task Import_ElbAddress_HasNoPort(string address, string expected) => Check(Elb.Replace("ADDRESS", address, StringComparison.Ordinal), $"u1|agent|{expected}|");

    [TestCase("track.example.com:80 203.0.113.7 - - ", "u1||203.0.113.7|")] // vhost_combined
    [TestCase("<190>Nov 20 11:12:28 web1 nginx: 203.0.113.7 - - ", "u1||203.0.113.7|")] // syslog
    [TestCase("<190>Nov 20 11:12:28 10.1.2.3 nginx: 203.0.113.7 - - ", "u1||203.0.113.7|")] // with the server's address
    [TestCase("Nov 20 11:12:28 web1 nginx[7]: 2001:db8::1 - - ", "u1||2001:db8::1|")]
    [TestCase("2026-11-20T11:12:28.408747+00:00 web1 nginx[7]: 203.0.113.7 - - ", "u1||203.0.113.7|")]
    [TestCase("web-1  | 203.0.113.7 - - ", "u1||203.0.113.7|")] // docker compose
    [TestCase("\"203.0.113.7\" - - ", "u1||203.0.113.7|")] // Twisted
    [TestCase("203.0.113.9, 10.0.0.1 - - ", "u1||203.0.113.9|")] // X-Forwarded-For
    [TestCase("::ffff:203.0.113.7 - - ", "u1||203.0.113.7|")]
    [TestCase("- - - ", "u1|||")] // NULL
    [TestCase("client.example.com - frank ", "u1||client.example.com|")] // HostnameLookups On
    [TestCase("203.0.113.7 - a 6.6.6.6 - - ", "u1||203.0.113.7|")] // a visitor's name
    [TestCase("vhost:80 203.0.113.7 - a 6.6.6.6 - - ", "u1||203.0.113.7|")]
    [TestCase("vhost:80 somebody - - ", "bad unknown_format")]
    public Task Import_BeforeTheAddress_MayStandWhatServersWrite(string head, string expected) => Check($"{head}[20/Nov/2026:11:12:28 +0000] {Request}\"-\" \"-\"", expected);

    [Test]
    public async Task Import_LineWithNoClientsAddress_IsRefusedByName()
    {
        var outcomes = await ImportAsync(Encoding.UTF8.GetBytes($"{Head}{Request}\"-\"\nvhost:80 somebody - - [20/Nov/2026:11:12:28 +0000] {Request}\"-\"\n"));
        Assert.That(outcomes, Is.EqualTo(new[] { "u1||203.0.113.7|", "bad no_client_address" }));
    }

    [TestCase(1_023, "u1||203.0.113.7|https://r/")] // HAProxy's lines end there
    [TestCase(400, "bad unknown_format")] // a line that is not written whole yet
    public Task Import_LineCutInTheUserAgent_IsARowWithoutOneWhereHaproxyCuts(int length, string expected) =>
        Check((Head + Request + "\"https://r/\" \"" + new string('x', 1_100))[..length], expected);

    [TestCase("\"PRI * HTTP/2.0\" 100 0 \"-\" \"-\"", "ignored other_method")] // lighttpd, gunicorn
    [TestCase("\"PRI http://localhost* HTTP/1.1\" 505 3341 \"-\" \"-\"", "ignored other_method")] // Squid
    [TestCase("\"OPTIONS * HTTP/1.1\" 400 157 \"-\" \"-\"", "ignored other_method")]
    [TestCase("\"CONNECT example.com:443 HTTP/1.1\" 400 157 \"-\" \"-\"", "ignored other_method")]
    [TestCase("\"- error:transaction-end-before-headers NONE/0.0\" 0 0 \"-\" \"-\"", "ignored not_a_request")]
    [TestCase("\"GET error:invalid-request HTTP/1.1\" 400 3376 \"-\" \"-\"", "ignored not_a_request")]
    public Task Import_WhatIsNoUrlAtAll_IsIgnoredAndKeptNowhere(string line, string expected) => Check(Head + line, expected);

    [TestCase("s-ip cs-method cs-uri-stem cs-uri-query c-ip cs(User-Agent)", "10.0.0.1 GET /pixel.png user_id=u1 203.0.113.7 a+b", "u1|a b|203.0.113.7|")] // IIS
    [TestCase("c-ip cs-method cs-uri-stem cs-uri-query cs(User-Agent)", "203.0.113.7 GET /pixel.png ?user_id=u1 a+b", "u1|a b|203.0.113.7|")] // ASP.NET Core; the values tell that it is not CloudFront's
    [TestCase("c-ip cs-method cs-uri-stem cs-uri-query cs(User-Agent)", "203.0.113.7\tGET\t/pixel.png\tuser_id=u1\ta%20b", "u1|a b|203.0.113.7|")] // CloudFront with chosen columns
    public Task Import_FieldsHeader_IsCloudFrontsOnlyWhereTheLinesAre(string names, string values, string expected)
    {
        var separator = values.Contains('\t', StringComparison.Ordinal) ? '\t' : ' ';
        return Check($"#Version: 1.0\n#Fields: date time {names}\n2026-11-20{separator}11:12:28{separator}{values}", expected);
    }

    private static async Task Check(string log, string expected) => Assert.That(await ImportAsync(Encoding.UTF8.GetBytes(log + "\n")), Is.EqualTo(new[] { expected }));

    /// <summary>One text for each line: <c>user|agent|address|referer</c> of a row, or what else became of it.</summary>
    private static async Task<string[]> ImportAsync(byte[] log)
    {
        var schema = EventSchema.Parse(
            """[{"name":"event_id","type":"STRING"},{"name":"event_time","type":"TIMESTAMP"},{"name":"user_id","type":"STRING","mode":"REQUIRED"},{"name":"user_agent","type":"STRING"},{"name":"remote_ip","type":"STRING"},{"name":"referer","type":"STRING"}]"""u8,
            "schema");
        var processor = new PixelProcessor(schema, new TableLayout.Template("pixel", SuffixPattern.Parse(SuffixPattern.Default, schema)), "/pixel.png");
        var outcomes = new List<string>();
        var bad = new List<string>();
        using var importer = new Importer(processor, [LogText.ToFile(log)], null, default, new EntryByEntry(Step), b => bad.Add($"bad {b.Reason.ToLabel()}"), (_, e) => throw e);
        await importer.RunAsync(CancellationToken.None);
        return [.. outcomes, .. bad];

        ValueTask<EntryOutcome> Step(ImportedEntry entry, CancellationToken cancellationToken)
        {
            outcomes.Add(entry.Outcome switch
            {
                EntryOutcome.Written { Row: var row } => $"{row["user_id"]}|{row["user_agent"]}|{row["remote_ip"]}|{row["referer"]}",
                EntryOutcome.Ignored ignored => $"ignored {ignored.Reason.ToLabel()}",
                EntryOutcome.Rejected rejected => $"rejected {rejected.Reason.ToLabel()}",
                var other => throw new InvalidOperationException($"{other}"),
            });
            return new(entry.Outcome);
        }
    }
}
