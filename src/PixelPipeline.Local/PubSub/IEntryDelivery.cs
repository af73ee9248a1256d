namespace PixelPipeline.Local.PubSub;

/// <summary>
/// What brings the access log's entries towards the function, each at least once, over any number of restarts: the
/// built-in <see cref="PushSubscription"/>, or <see cref="Emulator.EmulatorSink"/> through Google's Pub/Sub emulator.
/// </summary>
internal interface IEntryDelivery : IAsyncDisposable
{
    /// <summary>Ends when it was stopped; fails when it cannot go on.</summary>
    Task Completion { get; }

    /// <summary>Whether all that is in the access log was handed on.</summary>
    bool IsCaughtUp { get; }

    /// <summary>Hands nothing further on and saves the positions; what is left is for the next run.</summary>
    /// <param name="deadline">Cancelled when waiting for what is under way has to end.</param>
    Task StopAsync(CancellationToken deadline);
}
