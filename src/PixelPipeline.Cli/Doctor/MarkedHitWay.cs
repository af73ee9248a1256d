using System.Runtime.CompilerServices;
using PixelPipeline.Cli.Targets;
using PixelPipeline.Tables;

namespace PixelPipeline.Cli.Doctor;

/// <summary>The way of a marked hit: sends one, and follows it hop by hop to its row.</summary>
/// <param name="pipeline">Says what the hit is made of, and where its row goes.</param>
/// <param name="probe">Looks at what is here or in the cloud.</param>
/// <param name="pixel">The pixel's address.</param>
/// <param name="layoutOfTables">Asks the tables for their layout; throws <see cref="CommandException"/> where the options contradict it.</param>
internal sealed class MarkedHitWay(CommandPipeline pipeline, IPipelineProbe probe, Uri pixel, Func<CancellationToken, Task<TableLayout>> layoutOfTables)
{
    /// <summary>Reports on each hop as soon as it is known.</summary>
    /// <param name="patience">How long the hit is waited for.</param>
    /// <param name="pause">Between two looks at a hop.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CommandException">A hit at this address would be no event.</exception>
    public async IAsyncEnumerable<HopReport> FollowAsync(TimeSpan patience, TimeSpan pause, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var answer = new PixelAnswer(probe.Remedies);
        var hit = MarkedHit.Create(pixel, pipeline.Schema, pipeline.Processor, pipeline.Layout, TimeProvider.System);
        var tables = new BigQueryTables(pipeline, probe.Remedies, layoutOfTables);
        var hops = Hops(hit, tables, new RowSearch(pipeline, tables, probe, TimeProvider.System), answer);
        await foreach (var report in new Examination(patience, pause, TimeProvider.System).RunAsync(hops, cancellationToken))
        {
            yield return report;
        }
    }

    /// <summary>A line for each stage.</summary>
    private List<Hop> Hops(MarkedHit hit, BigQueryTables tables, RowSearch row, PixelAnswer answer) =>
    [
        new("pixel", ct => answer.SendAsync(hit, ct)),
        new("access log", ct => probe.FindEntryAsync(hit, ct)),
        new("subscription", ct => probe.FindMessageAsync(hit, ct)),
        new("function", probe.FindFunctionAsync),
        new("BigQuery", ct => tables.LookAsync(hit, ct)),
        new("row", ct => row.LookAsync(hit, ct)),
    ];
}
