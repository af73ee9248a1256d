using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PixelPipeline.Writing;

namespace PixelPipeline.Functions.Pixels;

/// <summary>
/// Logs, at most once a second, which entries became no event rows, by reason and column: the pixel itself answers 200
/// whatever it is asked. Off in the cloud, where the totals of each minute tell as much for less
/// (<c>appsettings.json</c>; <c>Logging__LogLevel__PixelPipeline.Functions.Pixels.DroppedEntriesLog=Information</c> turns it on).
/// </summary>
internal sealed class DroppedEntriesLog(PipelineMeter meter, TimeProvider time, ILogger<DroppedEntriesLog> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Dictionary<DroppedCase, long> _logged = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!logger.IsEnabled(LogLevel.Information))
        {
            return;
        }

        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                Log();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            Log();
        }
    }

    private void Log()
    {
        var now = meter.Dropped.ToDictionary();
        var since = now.Select(d => (Case: d.Key, Count: d.Value - _logged.GetValueOrDefault(d.Key))).Where(d => d.Count > 0).ToLookup(d => d.Case.IsRejected);
        foreach (var (dropped, count) in now)
        {
            _logged[dropped] = count;
        }

        var (ignored, rejected) = (since[false].Sum(d => d.Count), since[true].Sum(d => d.Count));
        if (ignored > 0 && rejected > 0)
        {
            logger.LogInformation("{Ignored} ignored ({IgnoredFor}), {Rejected} rejected ({RejectedFor})", ignored, Join(since[false]), rejected, Join(since[true]));
        }
        else if (ignored > 0)
        {
            logger.LogInformation("{Ignored} ignored ({IgnoredFor})", ignored, Join(since[false]));
        }
        else if (rejected > 0)
        {
            logger.LogInformation("{Rejected} rejected ({RejectedFor})", rejected, Join(since[true]));
        }
    }

    private static string Join(IEnumerable<(DroppedCase Case, long Count)> dropped) =>
        string.Join(", ", dropped.OrderByDescending(d => d.Count).Select(d => FormattableString.Invariant($"{d.Case} {d.Count}")));
}
