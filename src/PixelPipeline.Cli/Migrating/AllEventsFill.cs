using System.Globalization;
using Google.Apis.Bigquery.v2.Data;
using PixelPipeline.Cli.Output;
using PixelPipeline.Cli.Replaying;
using PixelPipeline.Cli.Targets;
using PixelPipeline.GoogleCloud.BigQuery.Loading;
using PixelPipeline.Tables;

namespace PixelPipeline.Cli.Migrating;

/// <summary>
/// Brings the events that other tables have and the table of all events lacks over to it by load jobs. It may be run
/// again at any time, and copies each event once.
/// </summary>
/// <param name="pipeline">In a layout with a table of all events.</param>
internal sealed class AllEventsFill(CommandPipeline pipeline)
{
    private readonly TableName _all = pipeline.Layout.AllEvents ?? throw new ArgumentException("The layout has no table of all events.", nameof(pipeline));
    private HashSet<string>? _known;

    /// <summary>Copies what is there and not yet copied.</summary>
    /// <param name="tables">Where from.</param>
    /// <param name="isDry">Only counts: nothing is made or written.</param>
    /// <param name="cancellationToken">Breaks it off.</param>
    /// <exception cref="CommandException">BigQuery does not take them.</exception>
    public async Task<MigratedRows> RunAsync(IReadOnlyList<TableReference> tables, bool isDry, CancellationToken cancellationToken)
    {
        var all = pipeline.Client.GetTableReference(pipeline.DatasetId, _all.Id);
        _known ??= await StoredEventIds.OfTablesAsync(pipeline.Client, [all], cancellationToken);
        var copy = new EventCopy(pipeline.Client, pipeline.NewLoader(_all));
        var running = copy.RunAsync(tables, _known, isDry, cancellationToken);
        await WorkProgress.ShowAsync(running, () => string.Create(CultureInfo.InvariantCulture, $"{copy.Read:N0} rows of {tables.Count:N0} tables read"));
        return new MigratedRows(copy.Read, await running, copy.Bytes);
    }
}
