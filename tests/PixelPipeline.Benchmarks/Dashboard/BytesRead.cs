using System.Text.RegularExpressions;
using Google.Cloud.BigQuery.V2;
using PixelPipeline.Dashboard.Questions;

namespace PixelPipeline.Benchmarks.Dashboard;

/// <summary>
/// What Google's BigQuery would read for a question, by its own rules (https://cloud.google.com/bigquery/pricing#data): of
/// each partition that the question is about, the columns that it names; 8 bytes for a time or number, 2 and the text's for a
/// text, nothing for NULL. A table that a question names twice is counted once.
/// </summary>
internal sealed partial class BytesRead(BigQueryClient client, EventTables tables)
{
    /// <summary>The bytes; null for a question about other tables.</summary>
    public async Task<long?> OfAsync(Question question, CancellationToken cancellationToken)
    {
        if (!question.Sql.Contains(tables.Events, StringComparison.Ordinal))
        {
            return null;
        }

        var named = Words().Matches(question.Sql).Select(m => m.Value).ToHashSet();
        var sizes = tables.Columns.Where(c => named.Contains(c.Name)).Select(c => c.Type == "STRING"
            ? $"SUM(2 + BYTE_LENGTH(`{c.Name}`))"
            : $"8 * COUNT(`{c.Name}`)");
        var bytes = 0L;
        foreach (var (from, to) in Spans(question))
        {
            var results = await client.ExecuteQueryAsync(
                $"SELECT {string.Join(" + ", sizes.Select(s => $"IFNULL({s}, 0)"))} AS bytes FROM {tables.Events} WHERE event_time >= @from AND event_time < @to",
                [new("from", BigQueryDbType.Timestamp, from.Date), new("to", BigQueryDbType.Timestamp, to.Date == to ? to : to.Date.AddDays(1))],
                cancellationToken: cancellationToken);
            bytes += (long)results.Single()["bytes"];
        }

        return bytes;
    }

    // The days that are asked for; open days alone where the question says so.
    private static IEnumerable<(DateTime From, DateTime To)> Spans(Question question)
    {
        if (!question.Sql.Contains("AND (event_time >= @open", StringComparison.Ordinal))
        {
            return [(Day("from", question), Day("to", question))];
        }

        var open = (Day("open", question), Day("to", question));
        return question.Parameters.Any(p => p.Name == "openbefore") ? [open, (Day("openbefore", question), Day("until", question))] : [open];
    }

    private static DateTime Day(string name, Question question) => (DateTime)question.Parameters.Single(p => p.Name == name).Value;

    [GeneratedRegex(@"(?<![@'\w])[a-z_]+(?!\w)")]
    private static partial Regex Words();
}
