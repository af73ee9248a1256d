using PixelPipeline.Local.PubSub;

namespace PixelPipeline.Local.Storage;

/// <summary>Pushes the event of one object at a time; some run side by side.</summary>
internal sealed class ObjectPush(BucketFolder folder, FinalizedEvent events, PushEndpoint endpoint, int maxInFlight) : IDisposable
{
    private readonly SemaphoreSlim _slots = new(maxInFlight);

    /// <summary>Pushes once it is its turn; null where the object is no longer what it was.</summary>
    /// <param name="landed">The object.</param>
    /// <param name="stopping">Begins no further push.</param>
    /// <param name="abort">Breaks off a push under way.</param>
    /// <exception cref="OperationCanceledException">One of the tokens said so.</exception>
    public async Task<PushResult?> PushAsync(BucketObject landed, CancellationToken stopping, CancellationToken abort)
    {
        await _slots.WaitAsync(stopping);
        try
        {
            if (folder.Find(landed.Name) != landed)
            {
                return null;
            }

            using var request = events.Create(landed);
            return await endpoint.PushAsync(request, abort);
        }
        finally
        {
            _slots.Release();
        }
    }

    public void Dispose() => _slots.Dispose();
}
