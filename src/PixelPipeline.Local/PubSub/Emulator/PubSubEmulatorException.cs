using System.Net;

namespace PixelPipeline.Local.PubSub.Emulator;

/// <summary>A Pub/Sub emulator that is not there, or does not do what it is asked.</summary>
public sealed class PubSubEmulatorException : Exception
{
    internal PubSubEmulatorException(string message, HttpStatusCode? status = null, Exception? cause = null)
        : base(message, cause) => Status = status;

    /// <summary>What it answered; null where it gave no whole answer.</summary>
    public HttpStatusCode? Status { get; }

    /// <summary>
    /// Whether the same request may succeed later: it is away, starts, or was started anew and has lost its topics,
    /// which it keeps in memory.
    /// </summary>
    public bool IsTransient => Status is null or HttpStatusCode.NotFound or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError;
}
