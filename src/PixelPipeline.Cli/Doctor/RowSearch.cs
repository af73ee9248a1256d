using Google.Cloud.BigQuery.V2;
using PixelPipeline.Cli.Targets;
using PixelPipeline.Tables;

namespace PixelPipeline.Cli.Doctor;

/// <summary>The last hop: the hit's row, or the record of its rejection.</summary>
internal sealed class RowSearch
{
    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromMinutes(10);

    private readonly CommandPipeline _pipeline;
    private readonly BigQueryTables _tables;
    private readonly IPipelineProbe _probe;
    private readonly TimeProvider _time;

    public RowSearch(CommandPipeline pipeline, BigQueryTables tables, IPipelineProbe probe, TimeProvider time)
    {
        _pipeline = pipeline;
        _tables = tables;
        _probe = probe;
        _time = time;
    }

    public Task<Finding> LookAsync(MarkedHit hit, CancellationToken cancellationToken) => _tables.AskAsync(
        async ct =>
        {
            var own = await FirstTableAsync(hit.TablesAt(_time.GetUtcNow()), hit, ct);
            var all = _tables.Layout.AllEvents is { } one ? await FirstTableAsync([one], hit, ct) : own;
            return own is { } place && all is { } truth
                ? new Finding.Passed($"in {_pipeline.DatasetId}.{string.Join(" and ", ((string[])[truth.Id, place.Id]).Distinct())}")
                : await FindRejectionAsync(hit, ct);
        },
        cancellationToken);

    private async Task<TableName?> FirstTableAsync(IEnumerable<TableName> tables, MarkedHit hit, CancellationToken cancellationToken)
    {
        foreach (var table in tables)
        {
            var sql = $"SELECT event_time FROM `{table.Id}` WHERE event_time >= @since AND `{hit.Column}` = @mark LIMIT 1";
            if (await FirstAsync(table.Id, sql, hit, cancellationToken) is not null)
            {
                return table;
            }
        }

        return null;
    }

    private async Task<Finding> FindRejectionAsync(MarkedHit hit, CancellationToken cancellationToken)
    {
        var table = _tables.Layout.RejectedTable.Id;
        var sql = $"SELECT reason, `column`, message FROM `{table}` WHERE rejected_time >= @since AND STRPOS(SAFE_CONVERT_BYTES_TO_STRING(entry), @mark) > 0 LIMIT 1";
        return await FirstAsync(table, sql, hit, cancellationToken) is { } rejection
            ? new Finding.Broken(
                $"the function has rejected it: {rejection["reason"]} {rejection["column"]} ({rejection["message"]}): it runs with another schema than this one, or the table's differs",
                _probe.Remedies.OtherColumns(_tables.Layout.BaseTable))
            : new Finding.NotYet(ct => _probe.ExplainMissingRowAsync(hit, ct));
    }

    /// <summary>The first row of a question about a table; null where it has none or is not there yet.</summary>
    private async Task<BigQueryRow?> FirstAsync(string tableId, string sql, MarkedHit hit, CancellationToken cancellationToken)
    {
        if (await _tables.FindAsync(tableId, cancellationToken) is null)
        {
            return null; // asking about it would fail; and what passed here can stand in SQL
        }

        BigQueryParameter[] parameters =
        [
            new("mark", BigQueryDbType.String, hit.Mark),
            new("since", BigQueryDbType.Timestamp, (hit.SentAt - ClocksDiffer).UtcDateTime),
        ];
        var options = new QueryOptions { DefaultDataset = _pipeline.Client.GetDatasetReference(_pipeline.DatasetId) };
        var results = await _pipeline.Client.ExecuteQueryAsync(sql, parameters, options, cancellationToken: cancellationToken);
        return results.FirstOrDefault();
    }
}
