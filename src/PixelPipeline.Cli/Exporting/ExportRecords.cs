using Google.Cloud.BigQuery.V2;
using PixelPipeline.Cli.Output;
using PixelPipeline.GoogleCloud.BigQuery;

namespace PixelPipeline.Cli.Exporting;

/// <summary>Writes events of several tables with the same columns, whatever columns each table has.</summary>
/// <param name="writer">Where to.</param>
/// <param name="format">JSON lines or CSV.</param>
/// <param name="columns">The columns, in order.</param>
internal sealed class ExportRecords(TextWriter writer, OutputFormat format, IReadOnlyList<string> columns)
{
    private long _written;

    /// <summary>How many events are written so far.</summary>
    public long Written => Volatile.Read(ref _written);

    /// <summary>Writes them all.</summary>
    public async Task WriteAsync(IAsyncEnumerable<BigQueryRow> rows)
    {
        using var records = new RecordWriter(writer, format, columns);
        var schema = default(Google.Apis.Bigquery.v2.Data.TableSchema);
        int?[] places = [];
        await foreach (var row in rows)
        {
            if (row.Schema != schema)
            {
                schema = row.Schema;
                places = [.. columns.Select(c => PlaceOf(c, row))];
            }

            records.Write([.. places.Select(p => p is { } place ? RowValues.Of(row, place) : null)]);
            Volatile.Write(ref _written, _written + 1);
        }
    }

    private static int? PlaceOf(string column, BigQueryRow row)
    {
        for (var i = 0; i < row.Schema.Fields.Count; i++)
        {
            if (row.Schema.Fields[i].Name == column)
            {
                return i;
            }
        }

        return null; // a table from before the column
    }
}
