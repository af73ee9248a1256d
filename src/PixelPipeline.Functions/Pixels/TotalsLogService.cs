using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PixelPipeline.Writing;

namespace PixelPipeline.Functions.Pixels;

/// <summary>
/// Logs the totals once a minute and at the end, from which can be checked that every entry has become something:
/// received = written + ignored + rejected + failed + waiting. What was rejected since the last line is named apart:
/// deploy/ counts the lines in which it is not 0.
/// </summary>
internal sealed class TotalsLogService : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly PipelineMeter _meter;
    private readonly TimeProvider _time;
    private readonly ILogger<TotalsLogService> _logger;
    private PipelineTotals _logged;

    public TotalsLogService(PipelineMeter meter, TimeProvider time, ILogger<TotalsLogService> logger)
    {
        _meter = meter;
        _time = time;
        _logger = logger;
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        Log();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                Log();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The function stops.
        }
    }

    private void Log()
    {
        var totals = _meter.Totals;
        if (totals == _logged)
        {
            return;
        }

        var newlyRejected = totals.Rejected - _logged.Rejected;
        _logged = totals;
        _logger.LogInformation(
            "Entries: {Received} received = {Written} written + {Ignored} ignored + {Rejected} rejected + {Failed} failed + {Waiting} waiting; {NewlyRejected} newly rejected",
            totals.Received, totals.Written, totals.Ignored, totals.Rejected, totals.Failed, totals.Waiting, newlyRejected);
    }
}
