using Google.Cloud.BigQuery.V2;
using PixelPipeline.Tables;

namespace PixelPipeline.Cli.Rows;

/// <summary>The event tables of a dataset, followed as they come and grow.</summary>
internal sealed class TableSet
{
    /// <summary>Of more tables, the newest are read: each one costs a request.</summary>
    public const int MaxTables = 200;

    private readonly BigQueryClient _client;
    private readonly string _datasetId;
    private readonly string? _only;
    private readonly Dictionary<string, RowTail> _tails = [];

    /// <summary>One table, or all event tables of a dataset, new ones included as they come.</summary>
    /// <param name="client">Speaks to BigQuery.</param>
    /// <param name="datasetId">Their dataset.</param>
    /// <param name="only">One table; null for all event tables.</param>
    public TableSet(BigQueryClient client, string datasetId, string? only)
    {
        _client = client;
        _datasetId = datasetId;
        _only = only;
    }

    /// <summary>The newest rows of all tables since the last call, oldest first.</summary>
    public async Task<List<StoredRow>> ReadAsync(int most, CancellationToken cancellationToken)
    {
        var rows = new List<StoredRow>();
        foreach (var table in await FindTablesAsync(cancellationToken))
        {
            if (!_tails.TryGetValue(table.Reference.TableId, out var tail))
            {
                _tails.Add(table.Reference.TableId, tail = new RowTail(_client, table.Reference));
            }

            rows.AddRange(await tail.ReadAsync(most, cancellationToken));
        }

        return [.. rows.OrderBy(r => r.Time).TakeLast(most)];
    }

    private async Task<List<BigQueryTable>> FindTablesAsync(CancellationToken cancellationToken)
    {
        if (_only is not null)
        {
            return [await _client.GetTableAsync(_datasetId, _only, cancellationToken: cancellationToken)];
        }

        var tables = new List<BigQueryTable>();
        await foreach (var table in _client.ListTablesAsync(_datasetId).WithCancellation(cancellationToken))
        {
            if (table.Resource.Type == "TABLE" && !table.Reference.TableId.StartsWith("rejected_", StringComparison.Ordinal))
            {
                tables.Add(table);
            }
        }

        // Where there is a table of all events, those that follow it hold nothing else.
        var followed = tables.Select(t => TableLayout.BaseOfAllEvents(t.Reference.TableId)).OfType<string>().ToList();
        tables.RemoveAll(t => followed.Exists(b => TableName.IsEventTable(t.Reference.TableId, b)));
        return [.. tables.OrderByDescending(t => t.Resource.CreationTime ?? 0).Take(MaxTables)];
    }
}
