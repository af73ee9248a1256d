using System.Text.Json.Nodes;

namespace PixelPipeline.LocalBigQuery.Tests.Sql.Reference;

/// <summary>The questions of <c>analyst-queries.jsonl</c>, which people ask of event tables, and their answers by a second way.</summary>
internal sealed class AnalystQueryTests : BigQueryTest
{
    // Raise it with each step forward; it never goes down.
    private const int LeastAnswered = 78;

    [Test]
    public async Task Engine_OnQuestionsOfAnalysts_AnswersMostAndRightly()
    {
        BigQuery.Time.Advance(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero) - BigQuery.Time.GetUtcNow());
        await AnalystEvents.CreateAsync(BigQuery);
        var lines = File.ReadLines(Path.Combine(TestContext.CurrentContext.TestDirectory, "reference", "analyst-queries.jsonl")).Select(l => JsonNode.Parse(l)!).ToList();
        List<string> refused = [], wrong = [];
        foreach (var line in lines.OrderBy(l => AnalystAnswers.All.GetValueOrDefault((string)l["name"]!)?.Then is not null)) // what changes rows comes last
        {
            var name = (string)line["name"]!;
            if (await AskAsync((string)line["sql"]!, AnalystAnswers.All.GetValueOrDefault(name)) is { } fault)
            {
                (fault.StartsWith("Not supported", StringComparison.Ordinal) ? refused : wrong).Add($"{name}: {fault}");
            }
        }

        TestContext.Out.WriteLine($"{lines.Count - refused.Count - wrong.Count} of {lines.Count}; refused: {string.Join(" / ", refused)}");
        Assert.That(wrong, Is.Empty);
        Assert.That(lines.Count - refused.Count, Is.GreaterThanOrEqualTo(LeastAnswered));
    }

    private async Task<string?> AskAsync(string sql, AnalystAnswer? wanted)
    {
        var answer = await AnswerAsync(sql);
        if (answer.Message is not null || wanted is null)
        {
            return answer.Message ?? "has an answer that nothing checks";
        }

        var rows = Rows(answer);
        if (!wanted.IsRight(rows) || (wanted.Affected is { } affected && (string?)answer.Body["numDmlAffectedRows"] != $"{affected}"))
        {
            return $"{string.Join("; ", rows)} ({answer.Body["numDmlAffectedRows"]}) is not {wanted.Wanted} ({wanted.Affected})";
        }

        return wanted.Then is not { } then ? null
            : Rows(await AnswerAsync(then.Sql)) is [var row] && row == then.Row ? null
            : $"then {then.Sql} is not {then.Row}";
    }

    private Task<Answer> AnswerAsync(string sql) => QueryAsync(sql, ("formatOptions", new JsonObject { ["useInt64Timestamp"] = true }));

    private static List<string> Rows(Answer answer) => [.. (answer.Body["rows"] as JsonArray ?? []).Select(row => string.Join('|', row!["f"]!.AsArray().Select(cell => Cell(cell!["v"]))))];

    private static string Cell(JsonNode? value) => value switch
    {
        null => "NULL",
        JsonArray array => $"[{string.Join(',', array.Select(v => Cell(v!["v"])))}]",
        JsonObject record => $"({string.Join(',', record["f"]!.AsArray().Select(f => Cell(f!["v"])))})",
        _ => value.ToString(),
    };
}
