using System.Runtime.CompilerServices;
using Google.Apis.Bigquery.v2.Data;
using PixelPipeline.Cli.Importing;
using PixelPipeline.Cli.Replaying;
using PixelPipeline.Cli.Targets;
using PixelPipeline.Events;
using PixelPipeline.GoogleCloud.BigQuery;
using PixelPipeline.Importing;
using PixelPipeline.Writing;

namespace PixelPipeline.Cli.Migrating;

/// <summary>
/// Writes the events that the table of all events has and the tables for each user and day lack into these: few, unless
/// an import has left them out. They are streamed as live ones are, since each goes to a table of its own and new tables
/// are made no faster than BigQuery's quota allows.
/// </summary>
/// <param name="pipeline">In the layout template.</param>
/// <param name="all">The table of all events.</param>
internal sealed class OwnTablesFill(CommandPipeline pipeline, TableReference all)
{
    private const int AtOnce = 1_000;

    private long _read;

    /// <summary>Rows read so far.</summary>
    public long Read => Volatile.Read(ref _read);

    /// <summary>Writes what is missing.</summary>
    /// <param name="isDry">Only counts.</param>
    /// <param name="cancellationToken">Breaks it off; to begin again writes nothing twice.</param>
    /// <returns>How many events were written, or are to be.</returns>
    public async Task<long> RunAsync(bool isDry, CancellationToken cancellationToken)
    {
        var known = await StoredEventIds.OfTablesAsync(pipeline.Client, await OwnTablesAsync(cancellationToken), cancellationToken);
        var step = CommittingStep.OfOwnTables(pipeline.Writer, TimeProvider.System);
        var written = 0L;
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(MissingAsync(known, cancellationToken), options, async (row, ct) =>
        {
            Interlocked.Increment(ref written);
            if (!isDry)
            {
                var outcome = new EntryOutcome.Written(row, pipeline.Layout.TableOf(row));
                await step.CommitAsync(new ImportedEntry(DateOnly.FromDateTime(row.EventTime), outcome, default), ct);
            }
        });
        return written;
    }

    private async Task<List<TableReference>> OwnTablesAsync(CancellationToken cancellationToken)
    {
        var tables = new List<TableReference>();
        await foreach (var table in pipeline.Inventory.ListAsync(cancellationToken))
        {
            if (!table.HoldsAllEvents)
            {
                tables.Add(table.Reference);
            }
        }

        return tables;
    }

    private async IAsyncEnumerable<EventRow> MissingAsync(HashSet<string> known, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var schema = (await pipeline.Client.GetTableAsync(all, cancellationToken: cancellationToken)).Schema;
        await foreach (var row in pipeline.Client.ListRowsAsync(all, schema).WithCancellation(cancellationToken))
        {
            Volatile.Write(ref _read, _read + 1);
            if (known.Add((string)row["event_id"]))
            {
                yield return RowValues.ToEventRow(row, pipeline.Schema);
            }
        }
    }
}
