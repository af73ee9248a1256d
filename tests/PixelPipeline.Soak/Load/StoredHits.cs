using System.Text;
using Google.Cloud.BigQuery.V2;
using PixelPipeline.Soak.Oracle;

namespace PixelPipeline.Soak.Load;

/// <summary>The hits of a load run that are rows.</summary>
internal sealed class StoredHits(BigQueryClient client, int hits, bool hasAllEvents)
{
    private readonly byte[] _copies = new byte[hits];

    public int Missing { get; private set; }

    public long Rows { get; private set; }

    /// <summary>How many rows there are, without reading them.</summary>
    public async Task<long> CountAsync(CancellationToken cancellationToken)
    {
        var rows = 0UL;
        await foreach (var listed in TablesAsync().WithCancellation(cancellationToken))
        {
            var table = await client.GetTableAsync("pixels", listed.Reference.TableId, cancellationToken: cancellationToken);
            rows += table.Resource.NumRows ?? 0;
        }

        return (long)rows;
    }

    /// <summary>Reads every row.</summary>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        await foreach (var listed in TablesAsync().WithCancellation(cancellationToken))
        {
            await foreach (var row in client.ListRowsAsync("pixels", listed.Reference.TableId).WithCancellation(cancellationToken))
            {
                Rows++;
                var isHit = !listed.Reference.TableId.StartsWith("rejected", StringComparison.Ordinal);
                var index = isHit ? RunOracle.IndexIn(Encoding.UTF8.GetBytes((string?)row["order_id"] ?? "")) : -1;
                if (index >= 0 && index < hits)
                {
                    _copies[index] = 1;
                }
            }
        }

        Missing = _copies.Count(c => c == 0);
    }

    private IAsyncEnumerable<BigQueryTable> TablesAsync() => client.ListTablesAsync("pixels")
        .Where(t => t.Resource.Type == "TABLE" && (!hasAllEvents || !t.Reference.TableId.StartsWith("pixel_", StringComparison.Ordinal))); // not the views
}
