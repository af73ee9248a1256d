using System.Globalization;
using PixelPipeline.Cli.Output;
using PixelPipeline.Cli.Targets;
using PixelPipeline.Cli.Replaying;
using PixelPipeline.GoogleCloud.BigQuery;
using PixelPipeline.GoogleCloud.BigQuery.Loading;
using PixelPipeline.Tables;

namespace PixelPipeline.Cli.Migrating;

/// <summary>
/// Brings the events that the tables for each user and day have and the table of all events lacks over to it, which is
/// made where it is missing, and writes down that the layout is both.
/// </summary>
/// <param name="pipeline">In the layout both.</param>
internal sealed class AllEventsFill(CommandPipeline pipeline)
{
    private readonly TableName _all = pipeline.Layout.AllEvents ?? throw new ArgumentException("The layout has no table of all events.", nameof(pipeline));

    /// <summary>Copies. What comes while it reads is copied in a second round.</summary>
    /// <param name="isDry">Only counts: nothing is made or written.</param>
    /// <param name="cancellationToken">Breaks it off; to begin again copies nothing twice.</param>
    /// <returns>How many rows were read in the first round, and how many events copied in all.</returns>
    /// <exception cref="CommandException">BigQuery does not take them.</exception>
    public async Task<(long Read, long Copied)> RunAsync(bool isDry, CancellationToken cancellationToken)
    {
        if (!isDry)
        {
            await pipeline.EnsureAllEventsAsync(cancellationToken);
        }

        var known = await StoredEventIds.OfTableAsync(pipeline.Client, pipeline.Client.GetTableReference(pipeline.DatasetId, _all.Id), cancellationToken);
        var (read, copied) = await CopyAsync(known, isDry, cancellationToken);
        if (!isDry)
        {
            await pipeline.RecordLayoutAsync(cancellationToken);
            await new ViewSetup(pipeline.Client, pipeline.DatasetId, pipeline.Layout).TryEnsureAsync(cancellationToken);
            copied += (await CopyAsync(known, isDry, cancellationToken)).Copied;
        }

        return (read, copied);
    }

    private async Task<(long Read, long Copied)> CopyAsync(HashSet<string> known, bool isDry, CancellationToken cancellationToken)
    {
        var tables = new List<EventTable>();
        await foreach (var table in pipeline.Inventory.ListAsync(cancellationToken))
        {
            if (!table.HoldsAllEvents)
            {
                tables.Add(table);
            }
        }

        var copy = new EventCopy(pipeline.Client, pipeline.NewLoader(_all));
        var running = copy.RunAsync(tables, known, isDry, cancellationToken);
        await WorkProgress.ShowAsync(running, () => string.Create(CultureInfo.InvariantCulture, $"{copy.Read:N0} rows of {tables.Count:N0} tables read"));
        var copied = await running;
        return (copy.Read, copied);
    }
}
