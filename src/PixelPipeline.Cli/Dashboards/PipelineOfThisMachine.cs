using System.Globalization;
using Google;
using PixelPipeline.Cli.Doctor;
using PixelPipeline.Cli.Rejected;
using PixelPipeline.Cli.Targets;
using PixelPipeline.Dashboard.Hosting;
using PixelPipeline.GoogleCloud.BigQuery;
using PixelPipeline.Local;
using PixelPipeline.Local.HitTrails;
using PixelPipeline.Local.PubSub;
using PixelPipeline.Privacy.Lists;
using PixelPipeline.Settings;
using PixelPipeline.Writing;

namespace PixelPipeline.Cli.Dashboards;

/// <summary>What <c>pixel up</c> lets its dashboard know and do: the same as the commands <c>doctor</c>, <c>dead-letters</c> and <c>rejected</c>.</summary>
internal sealed class PipelineOfThisMachine(string bigQueryHost, DataFolder data, PipelineSettings settings, int port, int functionPort) : IPipelineHost
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly HitTrail _trail = new(data);
    private readonly DeadLetterStore _deadLetters = new(data);

    public Task<PipelineState> LookAsync(CancellationToken cancellationToken) => ToldAsync(() => Task.FromResult(new PipelineState(
        _trail.CountWaiting(), _deadLetters.Count, DroppedEntries.IgnoredLately(data, DateTimeOffset.UtcNow), DroppedEntries.Lately)));

    public Task<IReadOnlyList<HopCheck>> ExamineAsync(CancellationToken cancellationToken) => ToldAsync<IReadOnlyList<HopCheck>>(async () =>
    {
        using var pipeline = await BuildAsync(cancellationToken);
        using var probe = new LocalProbe(data, functionPort);
        var pixel = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://localhost:{port}{pipeline.PixelPath}"));
        var checks = new List<HopCheck>();
        await foreach (var hop in new MarkedHitWay(pipeline, probe, pixel, _ => Task.FromResult(pipeline.Layout)).FollowAsync(Patience, Pause, cancellationToken))
        {
            checks.Add(new HopCheck(hop.Hop, hop.State switch { HopState.Passed => true, HopState.Broken => false, _ => null }, hop.Time, hop.Detail, hop.Remedy));
        }

        return checks;
    });

    public Task<ReplayResult> ReplayAsync(string? reason, CancellationToken cancellationToken) => ToldAsync(async () =>
    {
        using var pipeline = await BuildAsync(cancellationToken);
        await pipeline.EnsureTablesAsync(cancellationToken);
        var unresolved = new RejectedTable(pipeline.Client, pipeline.DatasetId, pipeline.Layout.RejectedTable.Id).UnresolvedAsync(reason, cancellationToken);
        var (written, left) = await new RejectionReplay(pipeline, TimeProvider.System).RunAsync(unresolved, cancellationToken);
        return new ReplayResult(written, left);
    });

    // As the tables are now, with the schema file of now, which may have been mended since the start; and whoever is to be
    // forgotten by now does not come back.
    private async Task<CommandPipeline> BuildAsync(CancellationToken cancellationToken)
    {
        var client = BigQueryOptions.Connect(bigQueryHost);
        try
        {
            var settled = await LayoutChoice.SettleAsync(client, VisitorSecretFile.Settle(data, settings), cancellationToken);
            var (schema, layout) = TableOptions.Read(settled);
            return new CommandPipeline(client, settled, schema, layout, await new ForgetListFile(data.ForgottenFile).ReadAsync(cancellationToken));
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    private static async Task<T> ToldAsync<T>(Func<Task<T>> act)
    {
        try
        {
            return await act();
        }
        catch (Exception e) when (e is CommandException or ForgetListException or TableSetupException or StartFailedException or RowNotCommittedException or GoogleApiException
            or HttpRequestException or IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new PipelineHostException(e.Message, e);
        }
    }
}
