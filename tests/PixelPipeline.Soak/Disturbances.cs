using PixelPipeline.Soak.Checking;
using PixelPipeline.Soak.Faults;
using PixelPipeline.Soak.Oracle;
using PixelPipeline.Soak.Processes;

namespace PixelPipeline.Soak;

/// <summary>Kills, stops and restarts the function and BigQuery, each when so many events are acknowledged.</summary>
internal sealed class Disturbances(FaultRunOptions options, FunctionUnderTest function, BigQueryProcess bigQuery, ActionLog log, FaultCounters faults)
{
    private const int EventsPerDisturbance = 50_000;
    private const int FewestDisturbances = 5;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    /// <summary>Does all of it.</summary>
    /// <param name="waiting">Ends it while it waits for the next one; never between a stop and its start.</param>
    /// <param name="cancellationToken">Breaks everything off.</param>
    public async Task RunAsync(CancellationToken waiting, CancellationToken cancellationToken)
    {
        foreach (var (number, at) in Plan().Index())
        {
            while (log.Acknowledged < at)
            {
                await Task.Delay(Look, waiting);
            }

            await DisturbAsync(number, cancellationToken);
        }
    }

    private List<int> Plan()
    {
        var dice = new Dice(options.Seed, Decisions.Disturbance, -1);
        var count = options.IsCalm ? 0 : Math.Max(FewestDisturbances, options.Events / EventsPerDisturbance);
        var stretch = options.Events / Math.Max(1, count);
        var at = new List<int>();
        for (var i = 0; i < count; i++)
        {
            at.Add((int)Math.Min(((long)i * stretch) + dice.Next(Math.Max(1, stretch)), options.Events - 1));
        }

        return at;
    }

    private Task DisturbAsync(int number, CancellationToken cancellationToken) => (number % 5) switch
    {
        0 or 3 => RestartFunctionAsync(kill: true, cancellationToken),
        1 => RestartBigQueryAsync(kill: true, number, cancellationToken),
        2 => RestartFunctionAsync(kill: false, cancellationToken),
        _ => RestartBigQueryAsync(kill: false, number, cancellationToken),
    };

    private async Task RestartFunctionAsync(bool kill, CancellationToken cancellationToken)
    {
        faults.Count(kill ? "Function: killed (SIGKILL)" : "Function: stopped (SIGTERM)");
        await function.EndAsync(kill);
        await function.StartAsync(cancellationToken);
    }

    private async Task RestartBigQueryAsync(bool kill, int number, CancellationToken cancellationToken)
    {
        faults.Count(kill ? "BigQuery: killed (SIGKILL)" : "BigQuery: stopped (SIGTERM)");
        await bigQuery.StopAsync(kill);
        await Task.Delay(new Dice(options.Seed, Decisions.Disturbance, -2 - number).Next(3_000), cancellationToken);
        await bigQuery.StartAsync(cancellationToken);
    }
}
