using Microsoft.Extensions.Logging;

namespace PixelPipeline.Local.PubSub.Emulator;

/// <summary>Publishes to an emulator that may be away for a while, or be started anew and have lost everything.</summary>
internal sealed class EmulatorPublisher(Uri emulator, PushSubscriptionOptions options, TimeProvider time, ILogger log) : IDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1); // a request on loopback costs next to nothing

    private readonly PubSubEmulatorClient _client = new(emulator);

    /// <summary>Makes topics and subscription.</summary>
    /// <exception cref="PubSubEmulatorException">The emulator is not there, or refuses.</exception>
    public Task EnsureResourcesAsync(CancellationToken cancellationToken) =>
        new EmulatorResources(_client, options).EnsureAsync(cancellationToken);

    /// <summary>Publishes a batch, however often that has to be tried; then the emulator has taken all of it.</summary>
    /// <exception cref="PubSubEmulatorException">The emulator refuses for good.</exception>
    /// <exception cref="OperationCanceledException">It may have taken the batch or not.</exception>
    public async Task PublishAsync(PublishBatch batch, CancellationToken cancellationToken)
    {
        var pause = FirstPause;
        for (var failures = 0; !await TryPublishAsync(batch, failures, cancellationToken); failures++)
        {
            await Task.Delay(pause, time, cancellationToken);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task<bool> TryPublishAsync(PublishBatch batch, int failures, CancellationToken cancellationToken)
    {
        try
        {
            if (failures > 0)
            {
                await EnsureResourcesAsync(cancellationToken);
            }

            using var content = batch.ToContent();
            await _client.PublishAsync(options.TopicName, content, cancellationToken);
        }
        catch (PubSubEmulatorException e) when (e.IsTransient)
        {
            if (failures == 0)
            {
                log.LogWarning("The Pub/Sub emulator takes no messages: {Message} It is tried until it does", e.Message);
            }

            return false;
        }

        if (failures > 0)
        {
            log.LogInformation("The Pub/Sub emulator takes messages again");
        }

        return true;
    }
}
