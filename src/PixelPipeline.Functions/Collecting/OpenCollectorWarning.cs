using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace PixelPipeline.Functions.Collecting;

/// <summary>Warns at the start where everyone may post and nobody said that this is meant.</summary>
internal sealed class OpenCollectorWarning(CollectorKeys keys, CollectOptions options, ILogger<OpenCollectorWarning> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (keys.IsOpen && !options.Open)
        {
            logger.LogWarning("No key is configured (Collect__Keys): everyone may post events. Collect__Open=true says that this is meant");
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
