using Google.Apis.Bigquery.v2.Data;
using Google.Cloud.BigQuery.V2;

namespace PixelPipeline.Cli.Rows;

/// <summary>Reads the newest rows of one table, and then what comes after them.</summary>
internal sealed class RowTail
{
    private readonly BigQueryClient _client;
    private readonly TableReference _table;
    private ulong? _next;

    public RowTail(BigQueryClient client, TableReference table)
    {
        _client = client;
        _table = table;
    }

    /// <summary>The rows since the last call; of the first call, the last <paramref name="most"/> rows.</summary>
    public async Task<List<StoredRow>> ReadAsync(int most, CancellationToken cancellationToken)
    {
        if (_next is not { } start)
        {
            var rows = (await _client.GetTableAsync(_table, cancellationToken: cancellationToken)).Resource.NumRows ?? 0;
            start = rows > (ulong)most ? rows - (ulong)most : 0;
        }

        var read = new List<StoredRow>();
        await foreach (var row in _client.ListRowsAsync(_table, schema: null, new ListRowsOptions { StartIndex = start }).WithCancellation(cancellationToken))
        {
            read.Add(new StoredRow(_table.TableId, row));
        }

        _next = start + (ulong)read.Count;
        return read;
    }
}
