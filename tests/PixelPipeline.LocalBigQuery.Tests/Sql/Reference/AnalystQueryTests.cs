using System.Text.Json.Nodes;
using PixelPipeline.LocalBigQuery.Sql;

namespace PixelPipeline.LocalBigQuery.Tests.Sql.Reference;

/// <summary>The questions of <c>analyst-queries.jsonl</c>, which people ask of event tables.</summary>
internal sealed class AnalystQueryTests
{
    // Raise it with each step forward; it never goes down.
    private const int LeastAnswered = 72;

    private const string Schema = "event_id STRING REQUIRED, event_time TIMESTAMP REQUIRED, user_id STRING REQUIRED, type STRING, order_id STRING, user_agent STRING, referer STRING";
    private const long Day = 1_795_132_800_000_000; // 2026-11-20

    [Test]
    public void Engine_OnQuestionsOfAnalysts_AnswersMost()
    {
        using var fixture = Create();
        var lines = File.ReadLines(Path.Combine(TestContext.CurrentContext.TestDirectory, "reference", "analyst-queries.jsonl")).Select(l => JsonNode.Parse(l)!).ToList();
        var answered = 0;
        foreach (var line in lines)
        {
            var (isAnswered, text) = Ask(fixture, (string)line["sql"]!);
            answered += isAnswered ? 1 : 0;
            TestContext.Out.WriteLine($"{(isAnswered ? "answers" : "REFUSES")}  {(string)line["name"]!}: {text[..Math.Min(160, text.Length)]}");
        }

        TestContext.Out.WriteLine($"{answered} of {lines.Count}");
        Assert.That(answered, Is.GreaterThanOrEqualTo(LeastAnswered));
    }

    private static (bool Answered, string Text) Ask(SqlFixture fixture, string sql)
    {
        try
        {
            return (true, fixture.Query(sql));
        }
        catch (GoogleSqlException e)
        {
            return (false, e.Message);
        }
    }

    private static SqlFixture Create()
    {
        var fixture = new SqlFixture();
        var types = (string[])["open", "click", "buy"];
        string[] rows = [.. Enumerable.Range(0, 60).Select(i =>
            $"[\"e{i}\",{Day + (i * 7_000_000_000L)},\"u{i % 7}\",\"{types[i % 3]}\",{(i % 3 == 2 ? $"\"o{i}\"" : "null")},\"agent\",\"https://shop.example/{(i % 2 == 0 ? "cart" : "home")}?q=a{i % 5}\"]")];
        fixture.Table("ev", Schema, rows);
        fixture.Table("pixel_c0_20261120", Schema, rows[..10]);
        fixture.Table("pixel_c1_20261121", Schema, rows[10..15]);
        return fixture;
    }
}
